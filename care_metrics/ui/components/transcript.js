// The spans of a turn's text to be marked, as [begin, end) positions, drawn without touching the text itself.
function marked(text, spans) {
  const line = make("p", "cm-turn-text");
  let done = 0;
  for (const [begin, end] of [...(spans || [])].sort((a, b) => a[0] - b[0])) {
    if (begin < done || end <= begin) continue;
    line.append(text.slice(done, begin));
    add(line, make("mark", "", text.slice(begin, end)));
    done = end;
  }
  line.append(text.slice(done));
  return line;
}

// A chip opens the line that says why; it stays open until it is pressed again.
function evidence(item, row) {
  const chip = make("button", `cm-chip ${item.tone || ""}`, item.text);
  const why = make("p", "cm-chip-why", item.why);
  chip.type = "button";
  why.hidden = true;
  chip.setAttribute("aria-expanded", "false");
  chip.addEventListener("click", (event) => {
    event.stopPropagation();
    why.hidden = !why.hidden;
    chip.setAttribute("aria-expanded", String(!why.hidden));
  });
  add(row, chip);
  return why;
}

// What the sentiment should be, offered once it was judged wrong.
function correction(component, root, turn, words) {
  const box = make("select", "cm-correct");
  box.dataset.place = `should ${turn.no}`;
  box.setAttribute("aria-label", `${words.should}: ${turn.scoreLabel}`);
  add(box, make("option", "", `${words.should} …`));
  for (const { value, text } of words.scale) {
    const option = add(box, make("option", "", text)).lastChild;
    option.value = value;
    option.selected = value === turn.corrected;
  }
  box.addEventListener("click", (event) => event.stopPropagation());
  box.addEventListener("keydown", (event) => event.stopPropagation());
  box.addEventListener("change", () => {
    const valence = box.selectedIndex ? Number(box.value) : null;
    give(component, root, { turn: turn.no }, "wrong", { valence });
  });
  return box;
}

function items(component, root, turn, words) {
  const row = make("div", "cm-turn-items");
  const whys = [];
  if (words.judging && turn.score) {
    const about = { turn: turn.no };
    const judged = verdictOn(root, component.data.heard, about, turn.judged);
    add(row, ...judgement(component, root, judged, words, about, turn.scoreLabel));
    if (turn.judged === "wrong" && judged === "wrong") add(row, correction(component, root, turn, words));
  }
  for (const item of turn.items || []) whys.push(evidence(item, row));
  add(row, ...whys);
  return row.childElementCount ? row : null;
}

function drawTurn(component, root, turn, words) {
  const line = make("li", `cm-turn ${turn.speaker} ${turn.tone || ""} ${turn.chosen ? "chosen" : ""}`);
  line.dataset.turn = turn.no;
  line.dataset.place = `turn ${turn.no}`;
  const who = make("div", "cm-turn-who", turn.who);
  if (turn.time) add(who, make("span", "cm-turn-time cm-tabular", turn.time));
  const score = turn.score ? make("span", "cm-turn-score cm-tabular", turn.score) : make("span");
  if (turn.scoreLabel) score.setAttribute("aria-label", turn.scoreLabel);
  add(line, who, marked(turn.text || "", turn.marks), score, items(component, root, turn, words));
  line.addEventListener("click", () => {
    if (!window.getSelection().toString()) component.setTriggerValue("turn", turn.no);
  });
  return line;
}

// After a save the next call begins at its heading, however far down the form was, and its turns have the keyboard.
// The margin above the turns holds that heading, and the word that it is saved.
function comeForward(root, turn) {
  const panel = root.closest("[data-testid=stVerticalBlock]");
  if (panel) {
    panel.style.scrollMarginTop = "13rem";
    panel.scrollIntoView({ block: "start" });
  }
  turn?.focus({ preventScroll: true });
}

// Said once the next call is on the screen: only then the list beside it is read anew.
function painted(component) {
  requestAnimationFrame(() => setTimeout(() => component.setTriggerValue("painted", true)));
}

export default function (component) {
  const { turns, words, focus } = component.data;
  const known = component.parentElement.querySelector(":scope > .cm");
  const place = known ? placeOf(known) : undefined;
  const root = rootOf(component, "cm-transcript");
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", words.title);
  const list = make("ol");
  for (const turn of turns) add(list, drawTurn(component, root, turn, words));
  const chosen = list.querySelector(".chosen");
  walk(list, [...list.children], chosen);
  list.addEventListener("keydown", (event) => {
    const turn = event.key === "Enter" && document.activeElement.dataset.turn;
    if (turn) component.setTriggerValue("turn", Number(turn));
  });
  add(root, list);
  if (chosen) root.scrollTop = Math.max(0, chosen.offsetTop - root.clientHeight / 3);
  if (focus && !known) comeForward(root, chosen || list.firstElementChild);
  if (focus) painted(component);
  refocus(root, place);
}
