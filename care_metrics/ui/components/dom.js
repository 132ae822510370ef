// Shared by every component: elements are made one by one and filled by textContent, so data can never become markup.

const SVG = "http://www.w3.org/2000/svg";

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined && text !== null && text !== "") element.textContent = String(text);
  return element;
}

function add(parent, ...children) {
  for (const child of children) if (child) parent.appendChild(child);
  return parent;
}

function shape(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// One root a mount: a second call with new data replaces what the first one drew.
function rootOf(component, className) {
  const { parentElement } = component;
  let root = parentElement.querySelector(":scope > .cm");
  if (!root) {
    root = document.createElement("div");
    parentElement.appendChild(root);
  }
  root.className = `cm ${className}`;
  root.replaceChildren();
  return root;
}

// A link to a page of ours that keeps the filters of the address bar. A plain click stays in the session: the history
// entry is made here and announced as the browser announces Back, upon which Streamlit opens the page from the URL.
function drill(link) {
  const anchor = make("a", "", link.text);
  const query = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(link.params)) {
    query.delete(name);
    for (const one of [value].flat()) query.append(name, one);
  }
  anchor.href = `${link.page}?${query}`;
  anchor.title = link.title;
  anchor.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    window.history.pushState({}, "", anchor.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
  return anchor;
}
