// As much of a page as a chart needs to be drawn in Node: elements with attributes and children, and no layout.

class Element {
  constructor(document, namespace, name) {
    Object.assign(this, { ownerDocument: document, namespaceURI: namespace, localName: name, parentNode: null });
    this.attributes = {};
    this.children = [];
    this.text = "";
    this.style = { setProperty: () => {} };
    this.dataset = {};
    const has = (name) => this.look.split(" ").includes(name);
    this.classList = {
      toggle: () => {},
      contains: has,
      add: (one) => this.setAttribute("class", `${this.look} ${one}`),
    };
  }
  get look() {
    return this.attributes.class ?? "";
  }
  getAttribute = (name) => this.attributes[name] ?? null;
  hasAttribute = (name) => name in this.attributes;
  setAttribute = (name, value) => (this.attributes[name] = String(value));
  removeAttribute = (name) => delete this.attributes[name];
  insertBefore = (node, next) => {
    const at = next ? this.children.indexOf(next) : this.children.length;
    this.children.splice(at, 0, node);
    node.parentNode = this;
    return node;
  };
  appendChild = (node) => this.insertBefore(node, null);
  append = (...nodes) =>
    nodes.forEach((node) => (typeof node === "string" ? (this.text += node) : this.appendChild(node)));
  replaceChildren = (...nodes) => {
    this.children = [];
    this.append(...nodes);
  };
  replaceWith = (node) => {
    this.parentNode.children[this.parentNode.children.indexOf(this)] = node;
    node.parentNode = this.parentNode;
  };
  get firstChild() {
    return this.children[0];
  }
  get textContent() {
    return this.text + this.children.map((child) => child.textContent).join("");
  }
  set textContent(text) {
    this.text = text;
  }
  remove = () => this.parentNode.children.splice(this.parentNode.children.indexOf(this), 1);
  before = (node) => this.parentNode.insertBefore(node, this);
  addEventListener() {}
  /** Seven pixels a letter. */
  getComputedTextLength = () => 7 * this.textContent.length;
  getBBox = () => ({ x: -this.getComputedTextLength() / 2, y: -10, width: this.getComputedTextLength(), height: 14 });
  /** All elements below that wear one of the classes: ".kd-a, .kd-b". */
  querySelectorAll = (selector) => {
    const wanted = selector.split(", ").map((name) => name.slice(1));
    const wears = (node) => node.look.split(" ").some((name) => wanted.includes(name));
    return this.children.flatMap((child) => [...(wears(child) ? [child] : []), ...child.querySelectorAll(selector)]);
  };
}

const HTML = "http://www.w3.org/1999/xhtml";
const document = {
  createElement: (name) => new Element(document, HTML, name),
  createElementNS: (namespace, name) => new Element(document, namespace, name),
};
document.documentElement = document.createElement("html");

/** Make it the page of this process, with the sizes that a style sheet would give. Import charts after this. */
export function install(sizes) {
  globalThis.document = document;
  globalThis.window = { document, devicePixelRatio: 1 };
  globalThis.getComputedStyle = () => ({ getPropertyValue: (name) => sizes[name] ?? "" });
}

/** An empty place for a chart. */
export function place(width) {
  return Object.assign(document.createElement("div"), { clientWidth: width });
}
