function label(entry, side) {
  const line = make("li", `cm-rank ${entry.tone}`);
  const name = add(make("span", "cm-rank-name"), entry.link ? drill(entry.link) : make("span", "", entry.name));
  if (entry.mark) add(name, make("span", "cm-rank-mark", entry.mark));
  const value = make("span", "cm-rank-value cm-tabular", entry.value);
  const rank = make("span", "cm-rank-no cm-tabular", entry.rank);
  return add(line, ...(side === "left" ? [value, name, rank] : [rank, name, value]));
}

function column(data, side) {
  const box = make("div", `cm-rank-side ${side}`);
  add(box, make("div", "cm-rank-title", data[side].title));
  const list = make("ol");
  for (const entry of data[side].rows) add(list, label(entry, side));
  return add(box, list);
}

// The lines lie on one stretched sheet; dots and capsules are boxes over it, so that they stay round.
function middle(data) {
  const box = make("div", "cm-rank-middle");
  add(box, make("div", "cm-rank-title"));
  const sheet = make("div", "cm-rank-sheet");
  sheet.style.height = `calc(${data.left.rows.length} * var(--cm-rank-row))`;
  const svg = shape("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" });
  for (const line of data.lines) add(svg, shape("line", { class: line.tone, x1: 0, y1: line.from, x2: 100, y2: line.to }));
  add(sheet, svg);
  for (const capsule of data.capsules) {
    const shared = make("span", `cm-rank-capsule ${capsule.side}`);
    shared.style.top = `calc(${capsule.top}% + 0.45rem)`;
    shared.style.height = `calc(${capsule.height}% - 0.9rem)`;
    add(sheet, shared);
  }
  for (const line of data.lines) {
    for (const [side, at] of [["left", line.from], ["right", line.to]]) {
      const dot = make("span", `cm-rank-dot ${side} ${line.tone}`);
      dot.style.top = `${at}%`;
      add(sheet, dot);
    }
  }
  return add(box, sheet);
}

export default function (component) {
  const { data } = component;
  const root = rootOf(component, "cm-ranking");
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", data.alt);
  const parts = [column(data, "left")];
  if (data.right) parts.push(middle(data), column(data, "right"));
  add(root, ...parts);
}
