// A turn's number is a button: the transcript beside the list goes there.
function jump(component, row, words) {
  if (row.turn === null) return null;
  const button = make("button", "cm-evidence-turn", words.replace("{turn}", row.turn));
  button.type = "button";
  button.addEventListener("click", () => component.setTriggerValue("turn", row.turn));
  return button;
}

function line(component, root, row, words) {
  const told = add(make("td"), make("div", "", row.text), make("div", "cm-quiet", row.why));
  if (row.id !== null) {
    const about = { row: row.id };
    const judged = verdictOn(root, component.data.heard, about, row.judged);
    add(told, add(make("div", "cm-evidence-judge"), ...judgement(component, root, judged, words, about, row.text)));
  }
  const cells = make("tr");
  cells.dataset.place = `row ${row.id ?? row.text}`;
  if (row.span) {
    const pillar = make("th", "", row.pillar);
    pillar.scope = "rowgroup";
    pillar.rowSpan = row.span;
    add(cells, pillar);
  }
  const points = add(make("td", "end"), make("span", `cm-evidence-points ${row.tone}`, row.points));
  return add(cells, told, points, add(make("td", "end"), jump(component, row, words.turn)));
}

export default function (component) {
  const { title, total, sections, words } = component.data;
  const known = component.parentElement.querySelector(":scope > .cm");
  const place = known ? placeOf(known) : undefined;
  const root = rootOf(component, "cm-evidence");
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", title);
  const heading = add(make("div", "cm-evidence-total"), make("span", "cm-evidence-title", title));
  for (const text of total) add(heading, make("span", "cm-quiet cm-tabular", text));
  add(root, heading);
  for (const section of sections) {
    const table = make("table", "cm-tabular");
    add(table, make("caption", "cm-quiet", section.title));
    const body = make("tbody");
    for (const row of section.rows) add(body, line(component, root, row, words));
    add(root, add(table, body));
  }
  walk(root, [...root.querySelectorAll("tr")]);
  refocus(root, place);
}
