// Verdicts on turns and evidence: given by click or key, kept here until a run has heard of them, none lost however fast.

const KEYS = { r: "right", w: "wrong" };

const sameThing = (one, about) => one.turn === about.turn && one.row === about.row;

// What was said last of it here, else what the data say. heard: the number of the last verdict that the data hold.
function verdictOn(root, heard, about, known) {
  root.given = (root.given || []).filter((one) => one.number > heard);
  const mine = root.given.findLast((one) => sameThing(one, about));
  return mine ? mine.verdict : known;
}

// The whole list is sent each time: a run that was overtaken by the next one has missed nothing.
function give(component, root, about, verdict, more) {
  const given = root.given || [];
  const number = Math.max(Date.now(), 1 + (given.at(-1)?.number || 0), 1 + component.data.heard);
  root.given = [...given, { ...about, verdict, number, ...more }];
  component.setStateValue("judged", root.given);
}

// Two toggles for "the model is right here" and "it is wrong"; about: what the verdict is on.
function judgement(component, root, given, words, about, label) {
  const buttons = ["right", "wrong"].map((verdict) => {
    const button = make("button", "cm-judge", words[verdict]);
    button.type = "button";
    button.dataset.place = `${verdict} ${about.turn ?? about.row}`;
    button.setAttribute("aria-pressed", String(given === verdict));
    button.setAttribute("aria-label", `${words[verdict]}: ${label}`);
    button.setAttribute("aria-keyshortcuts", verdict[0]);
    button.title = words[`${verdict}Key`];
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      const pressed = button.getAttribute("aria-pressed") === "true";
      // Seen at once; the run that follows says the same.
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button && !pressed));
      give(component, root, about, pressed ? "" : verdict);
    });
    return button;
  });
  return buttons;
}

// One stop for the Tab key in a list of items, and from it to the controls of that item only; the arrows walk through the
// items, R and W judge the one that has the focus.
function walk(list, items, current) {
  const controls = (item) => [item, ...item.querySelectorAll("button, select")];
  const stop = (here) => {
    for (const item of items) for (const one of controls(item)) one.tabIndex = item === here ? 0 : -1;
  };
  stop(current || items[0]);
  list.addEventListener("focusin", (event) => stop(items.find((item) => item.contains(event.target))));
  list.addEventListener("keydown", (event) => {
    const here = items.findIndex((item) => item.contains(document.activeElement));
    const goal = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
    if (here < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const verdict = KEYS[event.key.toLowerCase()];
    const button = verdict && items[here].querySelector(`.cm-judge[data-place^="${verdict} "]`);
    if (verdict) event.stopPropagation();
    if (button) button.click();
    if (goal === undefined || !items[goal]) return;
    event.preventDefault();
    items[goal].focus();
  });
}

// The place that has the focus, so that drawing anew does not take it away.
const placeOf = (root) => (root.contains(document.activeElement) ? document.activeElement.dataset.place : undefined);

function refocus(root, place) {
  if (place) root.querySelector(`[data-place="${CSS.escape(place)}"]`)?.focus({ preventScroll: true });
}
