export default function (component) {
  const root = rootOf(component, "cm-prose");
  for (const paragraph of component.data.paragraphs) {
    const line = make(paragraph.kind === "heading" ? "h2" : "p", paragraph.kind);
    paragraph.sentences.forEach((sentence, position) => {
      if (position) line.append(" ");
      add(line, sentence.link ? drill(sentence.link) : make(sentence.strong ? "strong" : "span", "", sentence.text));
    });
    add(root, line);
  }
}
