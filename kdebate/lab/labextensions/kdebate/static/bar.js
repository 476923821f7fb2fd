// One line above the page: what is going on, and the buttons that act on it.

const LOWEST = 44; // px; without a least height the notebook lies over the bar
const HIGHEST = 132;

/** A sentence of words.json with its braces filled in. */
export const fill = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

function makeButton(label, act) {
  const node = document.createElement("button");
  node.type = "button";
  node.textContent = label;
  node.addEventListener("click", act);
  return node;
}

function makeWidget(panel, Widget, label, body) {
  const widget = new Widget();
  widget.addClass("kdebate-bar");
  widget.node.setAttribute("role", "region");
  widget.node.setAttribute("aria-label", label);
  widget.node.append(body);
  widget.node.style.minHeight = `${LOWEST}px`;
  widget.hide();
  panel.contentHeader.addWidget(widget);
  return widget;
}

/** The bar of one page; `acts` are its buttons' actions by their key in words.json. */
export class Bar {
  line = null; // what `show` was asked for last, null when nothing shows
  #panel;
  #say;
  #text;
  #buttons;
  #close;
  #body;
  #widget;

  constructor(panel, { say, Widget }, acts) {
    [this.#panel, this.#say] = [panel, say];
    this.#text = document.createElement("span");
    this.#text.setAttribute("role", "status");
    this.#buttons = Object.entries(acts).map(([name, act]) => [name, makeButton(say[name], act)]);
    this.#close = makeButton(say.close, () => this.clear());
    this.#body = document.createElement("div");
    this.#body.append(this.#text, ...this.#buttons.map(([, node]) => node), this.#close);
    this.#widget = makeWidget(panel, Widget, say.bar, this.#body);
  }

  /** Say a sentence of words.json, or several, with some buttons or none. */
  show(keys, actions = [], facts = {}) {
    this.line = [keys, actions, facts];
    for (const [name, node] of this.#buttons) {
      const gone = !actions.includes(name);
      if (gone && node === document.activeElement) this.#close.focus(); // not lost with its button
      node.hidden = gone;
    }
    this.#widget.node.dataset.kdebateBar = [keys].flat()[0];
    this.#widget.show();
    // After showing: a live region must be there to be heard.
    this.#text.textContent = [keys]
      .flat()
      .map((key) => fill(this.#say[key], facts))
      .join(" ");
    requestAnimationFrame(() => this.#fit()); // when it has its width and so its lines are known
  }

  shows(key) {
    return !!this.line && [this.line[0]].flat()[0] === key;
  }

  clear() {
    if (this.#widget.node.contains(document.activeElement)) this.#panel.activate();
    this.#widget.hide();
    this.line = null;
    delete this.#widget.node.dataset.kdebateBar;
  }

  #fit() {
    const height = Math.min(Math.max(this.#body.offsetHeight, LOWEST), HIGHEST);
    this.#widget.node.style.minHeight = `${height}px`;
    this.#panel.contentHeader.fit();
  }
}
