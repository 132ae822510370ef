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
function correction(component, turn, words) {
  const box = make("select", "cm-correct");
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
    component.setTriggerValue("judged", { turn: turn.no, verdict: "wrong", valence });
  });
  return box;
}

function items(component, turn, words) {
  const row = make("div", "cm-turn-items");
  const whys = [];
  if (words.judging && turn.score) {
    add(row, ...judgement(component, turn.judged, words, { turn: turn.no, label: turn.scoreLabel }));
    if (turn.judged === "wrong") add(row, correction(component, turn, words));
  }
  for (const item of turn.items || []) whys.push(evidence(item, row));
  add(row, ...whys);
  return row.childElementCount ? row : null;
}

function drawTurn(component, turn, words) {
  const line = make("li", `cm-turn ${turn.speaker} ${turn.tone || ""} ${turn.chosen ? "chosen" : ""}`);
  line.dataset.turn = turn.no;
  line.tabIndex = turn.chosen ? 0 : -1;
  const who = make("div", "cm-turn-who", turn.who);
  if (turn.time) add(who, make("span", "cm-turn-time cm-tabular", turn.time));
  const score = turn.score ? make("span", "cm-turn-score cm-tabular", turn.score) : make("span");
  if (turn.scoreLabel) score.setAttribute("aria-label", turn.scoreLabel);
  add(line, who, marked(turn.text || "", turn.marks), score, items(component, turn, words));
  line.addEventListener("click", () => {
    if (!window.getSelection().toString()) component.setTriggerValue("turn", turn.no);
  });
  return line;
}

// One stop for the Tab key; the arrows walk through the turns, Enter chooses one.
function walk(component, list) {
  list.addEventListener("keydown", (event) => {
    const turns = [...list.children];
    const here = turns.indexOf(document.activeElement);
    const goal = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: turns.length - 1 }[event.key];
    if (here < 0) return;
    if (event.key === "Enter") component.setTriggerValue("turn", Number(turns[here].dataset.turn));
    if (goal === undefined || !turns[goal]) return;
    event.preventDefault();
    turns[here].tabIndex = -1;
    turns[goal].tabIndex = 0;
    turns[goal].focus();
  });
}

export default function (component) {
  const { turns, words } = component.data;
  const root = rootOf(component, "cm-transcript");
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", words.title);
  const list = make("ol");
  for (const turn of turns) add(list, drawTurn(component, turn, words));
  if (list.firstElementChild && !turns.some((turn) => turn.chosen)) list.firstElementChild.tabIndex = 0;
  walk(component, list);
  add(root, list);
  const chosen = list.querySelector(".chosen");
  if (chosen) root.scrollTop = Math.max(0, chosen.offsetTop - root.clientHeight / 3);
}
