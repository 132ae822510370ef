function spark(data) {
  const box = make("div", "cm-spark");
  const svg = shape("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", role: "img", "aria-label": data.alt });
  for (const band of data.bands) add(svg, shape("path", { class: "band", d: band }));
  for (const line of data.lines) add(svg, shape("path", { class: "line", d: line }));
  add(box, svg);
  if (data.last) {
    const dot = make("span", "cm-dot");
    dot.style.left = `${data.last[0]}%`;
    dot.style.top = `${data.last[1]}%`;
    add(box, dot);
  }
  return box;
}

// The definition, and the numbers behind the small chart as a table; the browser's own popover closes it on Escape.
function about(card, words) {
  const panel = make("div", "cm cm-panel");
  panel.popover = "auto";
  for (const text of card.about) add(panel, make("p", "", text));
  if (card.weeks && card.weeks.length) {
    const table = make("table", "cm-tabular");
    const head = make("tr");
    for (const text of words.weekColumns) add(head, make("th", "", text));
    add(table, add(make("thead"), head));
    const body = make("tbody");
    for (const row of card.weeks) {
      const line = make("tr");
      for (const text of row) add(line, make("td", "", text));
      add(body, line);
    }
    add(panel, add(table, body));
  }
  const button = make("button", "cm-about", "?");
  button.type = "button";
  button.setAttribute("aria-label", card.aboutLabel);
  button.popoverTargetElement = panel;
  panel.addEventListener("toggle", (event) => {
    if (event.newState !== "open") return;
    const anchor = button.getBoundingClientRect();
    const left = Math.min(anchor.left, window.innerWidth - panel.offsetWidth - 12);
    const below = anchor.bottom + 6;
    const above = Math.max(8, anchor.top - panel.offsetHeight - 6);
    panel.style.left = `${Math.max(12, left)}px`;
    panel.style.top = `${below + panel.offsetHeight > window.innerHeight ? above : below}px`;
  });
  return [button, panel];
}

// The parts of a card, empty ones too: the cards of a row share the lines of one grid.
function draw(card, words, large) {
  const head = make("div", "cm-card-head");
  const label = make("h3", "cm-card-label");
  // The question mark stays with the last word of the label.
  const end = card.label.lastIndexOf(" ") + 1;
  const tail = make("span", "cm-card-tail", card.label.slice(end));
  label.append(card.label.slice(0, end), tail);
  add(head, label);
  if (card.about.length) {
    const [button, panel] = about(card, words);
    add(tail, button);
    add(head, panel);
  }
  const value = make("div", "cm-card-value cm-tabular", card.value);
  if (card.scale) add(value, make("span", "cm-card-scale", card.scale));
  const change = make("div", "cm-card-change");
  if (card.change) add(change, make("span", `cm-badge cm-tabular ${card.tone}`, card.change));
  if (card.verdict) add(change, make("span", "cm-quiet", card.verdict));
  const notes = make("div", "cm-card-notes cm-quiet cm-tabular");
  for (const note of card.notes) add(notes, make("div", "", note));
  for (const target of card.targets || []) add(notes, make("div", `cm-target ${target.tone}`, target.text));
  if (card.flag) add(notes, make("span", "cm-flag", card.flag));
  const foot = make("div", "cm-card-foot cm-tabular");
  if (card.link) add(foot, drill(card.link));
  for (const text of card.foot) add(foot, make("span", "cm-quiet", text));
  const picture = card.spark ? spark(card.spark) : make("div");
  return add(make("article", `cm-card ${card.family}`), head, value, change, large ? picture : null, notes, foot);
}

export default function (component) {
  const { cards, size, words } = component.data;
  const root = rootOf(component, `cm-cards ${size}`);
  for (const card of cards) add(root, draw(card, words, size === "large"));
}
