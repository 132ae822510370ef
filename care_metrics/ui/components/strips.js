function place(className, from, width) {
  const box = make("span", className);
  box.style.left = `${from}%`;
  if (width !== undefined) box.style.width = `${width}%`;
  return box;
}

function track(picture, axis) {
  const box = make("div", "cm-strip");
  for (const tick of axis.ticks) add(box, place(tick.zero ? "cm-strip-grid zero" : "cm-strip-grid", tick.at));
  for (const bar of picture.bars || []) add(box, place(`cm-strip-bar ${bar.kind}`, bar.from, bar.width));
  if (picture.net !== undefined) add(box, place("cm-strip-net", picture.net));
  if (picture.target !== undefined) add(box, place("cm-strip-target", picture.target));
  if (picture.whisker) add(box, place("cm-strip-whisker", picture.whisker.from, picture.whisker.width));
  if (picture.dot !== undefined) add(box, place(`cm-strip-dot ${picture.tone || ""}`, picture.dot));
  box.setAttribute("aria-hidden", "true");
  return box;
}

function heading(column) {
  // A heading without words is no heading to a screen reader.
  const cell = make(column.text ? "th" : "td", column.align || "", column.text);
  if (column.text) cell.scope = "col";
  if (column.axis) cell.classList.add("cm-strip-wide");
  if (column.width) Object.assign(cell.style, { width: column.width, minWidth: "7rem" });
  return cell;
}

function keys(legend) {
  const line = make("div", "cm-strip-legend cm-quiet");
  for (const { kind, text } of legend) {
    add(line, add(make("span", "cm-strip-key"), make("i", `cm-strip-swatch ${kind}`), make("span", "", text)));
  }
  return line;
}

function cellOf(cell, column) {
  const box = make("td", column.align || "");
  if (cell.picture) add(box, track(cell.picture, column.axis));
  // Under a picture, or in the place of one, number and note begin where the picture does.
  const told = column.axis ? add(box, make("div", "cm-strip-below")).lastChild : box;
  if (cell.link) add(told, drill(cell.link));
  else if (cell.text) add(told, make("span", cell.tone ? `badge ${cell.tone}` : "", cell.text));
  if (cell.note) add(told, make("div", "cm-quiet", cell.note));
  return box;
}

function scale(columns) {
  const line = make("tr", "cm-strip-scale");
  for (const column of columns) {
    const cell = make("td");
    if (column.axis) {
      const box = make("div", "cm-strip-ticks cm-quiet");
      for (const tick of column.axis.ticks) add(box, place("", tick.at)).lastChild.textContent = tick.text;
      add(cell, box, make("div", "cm-strip-unit cm-quiet", column.axis.unit));
    }
    add(line, cell);
  }
  return add(make("tfoot"), line);
}

export default function (component) {
  const { alt, columns, rows, legend } = component.data;
  const root = rootOf(component, "cm-strips");
  const table = make("table", "cm-tabular");
  table.setAttribute("aria-label", alt);
  const head = make("tr");
  for (const column of columns) add(head, heading(column));
  add(table, add(make("thead"), head));
  const body = make("tbody");
  for (const row of rows) {
    const line = make("tr");
    row.forEach((cell, position) => add(line, cellOf(cell, columns[position])));
    add(body, line);
  }
  add(table, body);
  if (columns.some((column) => column.axis)) add(table, scale(columns));
  add(root, legend ? keys(legend) : null, table);
}
