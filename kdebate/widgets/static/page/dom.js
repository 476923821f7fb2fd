// Building page elements: a few helpers, no framework.

/** Whether an element is one that text is typed into. */
const takesText = (tag, { type = "text" }) =>
  tag === "textarea" || (tag === "input" && ["text", "number"].includes(type));

/** JupyterLab takes Enter, undo and redo from a field whose keys leave it. Escape may: it closes what stands around the field. */
const keepKey = (event) => event.key !== "Escape" && event.stopPropagation();

/**
 * Make an element. Properties starting with "on" are listeners; the rest are attributes (false and null are left out).
 * Every control says that Jupyter's single-key shortcuts must leave its keys alone: otherwise "x" deletes the cell.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  const takesKeys = ["input", "select", "button", "textarea"].includes(tag) || "tabindex" in props;
  if (takesKeys) node.dataset.lmSuppressShortcuts = "true";
  if (tag === "button") node.setAttribute("type", "button"); // a form's own is said with it
  if (takesText(tag, props)) node.addEventListener("keydown", keepKey);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value == null) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

/** Write text only where it differs: an untouched node is not painted again. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const ICONS = {
  undo: "M3.5 6h6.2a3.4 3.4 0 0 1 0 6.8H6M3.5 6l3-3M3.5 6l3 3",
  redo: "M12.5 6H6.3a3.4 3.4 0 0 0 0 6.8H10M12.5 6l-3-3M12.5 6l-3 3",
  replay: "M4.5 2.8v10.4l8-5.2z",
  reset: "M13 8.2a5 5 0 1 1-1.5-3.7M13 2.2v3h-3",
  table: "M2 3h12v10.5H2zM2 6.5h12M2 10h12M6 6.5v7",
  share: "M7 5H5a3 3 0 0 0 0 6h2M9 5h2a3 3 0 0 1 0 6H9M5.5 8h5",
  present: "M2 2.5h12v8H2zM8 10.5v3M5 13.5h6",
  leave: "M4 4l8 8M12 4l-8 8",
  tick: "M3 8.5l3.2 3.2L13 4.5",
  spark: "M8 1.5v4M8 10.5v4M1.5 8h4M10.5 8h4M3.4 3.4l2.4 2.4M10.2 10.2l2.4 2.4M12.6 3.4l-2.4 2.4M5.8 10.2l-2.4 2.4",
  cross: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  turn: "M3 5.5h7.5a2.5 2.5 0 0 1 0 7H5M3 5.5l3-3M3 5.5l3 3",
  lock: "M4 7.5h8v6H4zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2",
  info: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 7.3v4M8 4.7v.8",
  envelope: "M2 3.5h12v9H2zM2 4l6 5 6-5",
  opened: "M2 6.5l6-4.5 6 4.5v7.5H2zM2 6.5l6 4.5 6-4.5",
  warning: "M8 2l6.5 11.5h-13zM8 6.5v3.5M8 11.3v.8",
};

/** Make a part of a drawing (SVG). */
export function shape(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** A 16-pixel line icon; decoration only, its word stands beside it. */
export function icon(name) {
  return shape(
    "svg",
    { viewBox: "0 0 16 16", "aria-hidden": "true", class: "kd-icon" },
    shape("path", { d: ICONS[name] }),
  );
}

/** The sign of a side: filled square for a (Washington), hollow diamond for b (Pyongyang). */
export function sideMark(side) {
  return el("span", { class: `kd-mark kd-mark-${side}`, "aria-hidden": "true" });
}

/** Let a button open and close a box, and say which it did; `done` is called after either. */
export function opens(button, box, done = () => {}) {
  box.hidden = true;
  const say = () => button.setAttribute("aria-expanded", String(!box.hidden));
  button.setAttribute("aria-controls", box.id);
  button.addEventListener("click", () => {
    box.hidden = !box.hidden;
    say();
    done();
  });
  say();
  return button;
}

/**
 * Show a list in parts, with a button for the next one; what was shown stays.
 * @param {HTMLElement} list
 * @param {number} step  how many come at once
 * @param {(left: number) => string} says  the button's words
 * @returns {{button: HTMLButtonElement, fill: (makers: (() => HTMLElement)[]) => void}}
 */
export function inParts(list, step, says) {
  let waiting = [];
  const button = /** @type {HTMLButtonElement} */ (el("button", { class: "kd-button", "data-action": "more" }));
  const next = () => {
    const nodes = waiting.slice(0, step).map((make) => make());
    waiting = waiting.slice(step);
    list.append(...nodes);
    button.hidden = waiting.length === 0;
    if (waiting.length) write(button, says(Math.min(step, waiting.length)));
    return nodes[0];
  };
  button.addEventListener("click", () => {
    const first = next();
    first.tabIndex = -1; // the reader goes on with what came, and the button may be gone
    first.focus();
  });
  return {
    button,
    fill(makers) {
      waiting = makers;
      list.replaceChildren();
      next();
    },
  };
}

/** A data table: the first column names the row. */
export function tableNode({ caption, head, rows }) {
  const header = el("tr", {}, ...head.map((text) => el("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...rest]) =>
    el("tr", {}, el("th", { scope: "row" }, first), ...rest.map((text) => el("td", {}, text))),
  );
  return el(
    "table",
    { class: "kd-table" },
    el("caption", {}, caption),
    el("thead", {}, header),
    el("tbody", {}, ...body),
  );
}
