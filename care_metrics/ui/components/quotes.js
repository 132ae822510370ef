export default function (component) {
  const root = rootOf(component, "cm-quotes");
  for (const { text, why, tone, link } of component.data.quotes) {
    const card = make("figure", `cm-quote ${tone}`);
    add(card, make("blockquote", "", `“${text}”`));
    add(card, add(make("figcaption", "cm-quiet"), make("div", "", why), add(make("div"), drill(link))));
    add(root, card);
  }
}
