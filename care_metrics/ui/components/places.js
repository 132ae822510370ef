export default function (component) {
  const { caption, columns, rows } = component.data;
  const root = rootOf(component, "cm-places");
  const table = make("table", "cm-tabular");
  table.setAttribute("aria-label", caption);
  const head = make("tr");
  for (const column of columns) add(head, make("th", column.align, column.text));
  add(table, add(make("thead"), head));
  const body = make("tbody");
  for (const row of rows) {
    const line = make("tr");
    row.forEach((cell, position) => {
      const box = make("td", columns[position].align);
      if (cell.link) add(box, drill(cell.link));
      else if (cell.tone) add(box, make("span", `badge ${cell.tone}`, cell.text));
      else box.textContent = cell.text;
      if (cell.note) add(box, make("div", "note", cell.note));
      add(line, box);
    });
    add(body, line);
  }
  add(root, add(table, body));
}
