// One line above the page: what is going on, and the buttons that act on it.

function makeButton(label, act) {
  const node = document.createElement("button");
  node.type = "button";
  node.textContent = label;
  node.addEventListener("click", act);
  return node;
}

/** A sentence of words.json with its braces filled in. */
export const fill = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

function makeWidget(panel, Widget, label, body) {
  const widget = new Widget();
  widget.addClass("kdebate-bar");
  widget.node.setAttribute("role", "region");
  widget.node.setAttribute("aria-label", label);
  widget.node.append(body);
  widget.node.style.minHeight = "44px";
  widget.hide();
  panel.contentHeader.addWidget(widget);
  return widget;
}

/** The bar of one page; `acts` are its buttons' actions by their key in words.json. */
export function makeBar(panel, { say, Widget }, acts) {
  const text = document.createElement("span");
  text.setAttribute("role", "status");
  const buttons = Object.entries(acts).map(([name, act]) => [name, makeButton(say[name], act)]);
  const close = makeButton(say.close, () => bar.clear());
  const body = document.createElement("div");
  body.append(text, ...buttons.map(([, node]) => node), close);
  const widget = makeWidget(panel, Widget, say.bar, body);
  /** Without a least height the notebook lies over the bar. */
  const fit = () => {
    widget.node.style.minHeight = `${Math.min(Math.max(body.offsetHeight, 44), 132)}px`;
    panel.contentHeader.fit();
  };
  const bar = {
    line: null, // what `show` was asked for last, null when nothing shows
    /** Say a sentence of words.json, or several, with some buttons or none. */
    show(keys, actions = [], facts = {}) {
      bar.line = [keys, actions, facts];
      for (const [name, node] of buttons) {
        if (!actions.includes(name) && node === document.activeElement) close.focus(); // not lost with its button
        node.hidden = !actions.includes(name);
      }
      widget.node.dataset.kdebateBar = [keys].flat()[0];
      widget.show();
      // After showing: a live region must be there to be heard.
      text.textContent = [keys].flat().map((key) => fill(say[key], facts)).join(" ");
      requestAnimationFrame(fit); // when it has its width and so its lines are known
    },
    shows: (key) => !!bar.line && [bar.line[0]].flat()[0] === key,
    clear() {
      if (widget.node.contains(document.activeElement)) panel.activate();
      widget.hide();
      bar.line = null;
      delete widget.node.dataset.kdebateBar;
    },
  };
  return bar;
}
