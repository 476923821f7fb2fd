// LocalCopy: a lecturer's own copy of the article. The page asks for the text and Python answers; so it is never part of
// an output or of the widget's state, which notebooks, exports and built pages store.

import { el } from "../page/dom.js";

function linkLine(words, said) {
  return el("p", {}, `${said} `, el("a", { href: words.url }, words.title), ".");
}

function render({ model, el: place }) {
  const words = model.get("_words");
  if (!model.get("_there")) {
    place.replaceChildren(linkLine(words, words.none));
    return () => {};
  }
  const text = el("div", {}, el("p", {}, words.waiting));
  const heard = ({ paragraphs }) =>
    text.replaceChildren(
      ...(paragraphs.length ? paragraphs.map((one) => el("p", {}, one)) : [linkLine(words, words.gone)]),
    );
  model.on("msg:custom", heard);
  place.replaceChildren(
    el(
      "details",
      { "data-kdebate-article": "" },
      el("summary", { "data-lm-suppress-shortcuts": "true" }, words.summary),
      text,
    ),
  );
  model.send({ ask: "text" });
  return () => model.off("msg:custom", heard);
}

export default { render };
