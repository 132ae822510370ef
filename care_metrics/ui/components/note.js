// A text that is sent on while it is typed: after a pause, and when the box is left.
const PAUSE_MS = 1500;

export default function (component) {
  const { form, label, text, placeholder, most } = component.data;
  const { parentElement } = component;
  const known = parentElement.querySelector(":scope > .cm");
  // A run that comes back while somebody types must not take the box, the caret or the text away.
  if (known && known.dataset.form === form) {
    known.current = component;
    return;
  }
  const root = rootOf(component, "cm-note");
  root.dataset.form = form;
  root.current = component;
  const area = make("textarea");
  area.value = text;
  area.rows = 3;
  area.maxLength = most ?? 10000;
  area.placeholder = placeholder;
  let sent = text;
  let timer;
  const send = () => {
    clearTimeout(timer);
    if (area.value === sent) return;
    sent = area.value;
    root.current.setStateValue("text", sent);
  };
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE_MS);
  });
  area.addEventListener("blur", send);
  // Streamlit's own shortcuts must stay quiet while somebody types here.
  area.addEventListener("keydown", (event) => event.stopPropagation());
  add(root, add(make("label", "", label), area));
}
