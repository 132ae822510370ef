// The definition of a measure in the browser's own popover, which closes on Escape.
function definition(metric) {
  const panel = make("div", "cm cm-lens-panel");
  panel.popover = "auto";
  for (const text of metric.about) add(panel, make("p", "", text));
  const button = make("button", "cm-lens-about", "?");
  button.type = "button";
  button.setAttribute("aria-label", metric.aboutLabel);
  button.popoverTargetElement = panel;
  panel.addEventListener("toggle", (event) => {
    if (event.newState !== "open") return;
    const anchor = button.getBoundingClientRect();
    const below = anchor.bottom + 6;
    const above = Math.max(8, anchor.top - panel.offsetHeight - 6);
    panel.style.left = `${Math.max(12, Math.min(anchor.left, window.innerWidth - panel.offsetWidth - 12))}px`;
    panel.style.top = `${below + panel.offsetHeight > window.innerHeight ? above : below}px`;
  });
  return [button, panel];
}

function nameCell(metric) {
  const cell = make("th", "cm-lens-name");
  cell.scope = "row";
  const label = make("div", "cm-lens-label");
  // The question mark stays with the last word of the label.
  const end = metric.label.lastIndexOf(" ") + 1;
  const tail = make("span", "cm-lens-tail", metric.label.slice(end));
  label.append(metric.label.slice(0, end), tail);
  if (metric.about.length) add(tail, ...definition(metric));
  const under = make("div", "cm-quiet cm-tabular");
  if (metric.link) add(under, make("div", "", "")).lastChild.appendChild(drill(metric.link));
  for (const text of metric.foot) add(under, make("div", "", text));
  return add(cell, label, under);
}

function valueCell(metric) {
  const value = make("div", "cm-lens-value cm-tabular", metric.value);
  if (metric.scale) add(value, make("span", "cm-lens-scale", metric.scale));
  const cell = add(make("td", "cm-lens-number"), value);
  for (const note of metric.notes) add(cell, make("div", "cm-quiet cm-tabular", note));
  if (metric.flag) add(cell, make("div", "cm-lens-flag", metric.flag));
  return cell;
}

function changeCell(metric) {
  const cell = make("td", "cm-lens-change");
  if (metric.change) add(cell, make("span", `cm-lens-badge cm-tabular ${metric.tone}`, metric.change));
  if (metric.verdict) add(cell, make("div", "cm-quiet", metric.verdict));
  return cell;
}

function cellsOf(metric, side, span) {
  if (!metric) return [Object.assign(make("td", `${side} first`), { colSpan: 3, rowSpan: span })];
  return [nameCell(metric), valueCell(metric), changeCell(metric)].map((cell, position) => {
    cell.rowSpan = span;
    cell.classList.add(side);
    if (!position) cell.classList.add("first");
    return cell;
  });
}

export default function (component) {
  const { pairs, service, care, caption } = component.data;
  const root = rootOf(component, "cm-lenses");
  const table = make("table");
  table.setAttribute("aria-label", caption);
  const widths = make("colgroup");
  for (const part of ["name", "value", "change", "name", "value", "change"]) add(widths, make("col", `cm-lens-col-${part}`));
  add(table, widths);
  const head = make("tr");
  for (const [side, text] of [["service", service], ["care", care]]) {
    const cell = make("th", side, text);
    cell.colSpan = 3;
    cell.scope = "colgroup";
    add(head, cell);
  }
  add(table, add(make("thead"), head));
  for (const pair of pairs) {
    const body = make("tbody");
    const rows = pair.service.length ? pair.service : [null];
    rows.forEach((metric, position) => {
      const line = add(make("tr"), ...cellsOf(metric, "service", 1));
      if (!position) add(line, ...cellsOf(pair.care, "care", rows.length));
      add(body, line);
    });
    add(table, body);
  }
  add(root, table);
}
