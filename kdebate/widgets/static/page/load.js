// The one loader: what anywidget runs for every widget, and what a page without Jupyter runs for all of its own.
// anywidget gives each widget its own copy of this text, so it stays small; everything else travels in the carrier.

const page = (globalThis.__kdebate ??= {});

// ---- in Jupyter: the carrier brings the modules as text ---------------------------------------------------------

/** Turn gzip bytes into text with the browser's own decompressor. */
async function ungzip(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

// Not the `import("./x.js")` of a type in a comment: the modules of types may name each other in a circle.
const IMPORT = /(\bfrom\s*|\bimport\s*|\bawait import\()"(\.\.?\/[\w./-]+\.js)"/g;

/** "frame/explorer.js" and "../page/dom.js" give "page/dom.js". */
const resolve = (from, path) => new URL(path, `module:/${from}`).pathname.slice(1);

/** Give each module a blob address, its imports first, so that `import "../page/dom.js"` finds it. */
function link(sources) {
  const urls = {};
  const visit = (name) => {
    if (urls[name]) return urls[name];
    if (!(name in sources)) throw new Error(`no module named ${name}`);
    const text = sources[name].replace(IMPORT, (_, head, path) => `${head}"${visit(resolve(name, path))}"`);
    urls[name] = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    return urls[name];
  };
  return visit;
}

/** Add the style sheet, once. */
function style(css) {
  if (page.style?.textContent === css) return;
  page.style ??= document.head.appendChild(document.createElement("style"));
  page.style.textContent = css;
}

/** The modules of one carrier: linked once per page, shared by all its widgets. */
async function modules(carrier) {
  const key = carrier.get("digest");
  page.linked ??= {};
  page.linked[key] ??= ungzip(carrier.get("modules")).then((text) => {
    const { css, js } = JSON.parse(text);
    style(css);
    return link(js);
  });
  return page.linked[key];
}

async function render({ model, el, signal }) {
  try {
    const other = (name) => model.widget_manager.get_model(model.get(name).replace("IPY_MODEL_", ""));
    const carrier = await other("_carrier");
    const link = model.get("_journal") ? await other("_journal") : null; // the way to the journal file
    const url = (await modules(carrier))(model.get("_module"));
    const widget = await import(url);
    if (signal.aborted) return; // the view went while its module came
    return widget.default.render({ model, el, signal, carrier, link });
  } catch (error) {
    console.error(error);
    const line = document.createElement("p");
    line.setAttribute("role", "alert");
    line.textContent = model.get("_start_failed").replace("{reason}", error.message);
    el.replaceChildren(line);
  }
}

export default { render };

// ---- on a page without Jupyter: the modules lie beside this file ------------------------------------------------

/** Where a file of the tree lies, seen from this one. */
const address = (name) => new URL(`../${name}`, import.meta.url).href;

/** A model that only remembers: what an anywidget module needs of Jupyter, without Python behind it. */
export function memoryModel(state) {
  const values = { ...state };
  const listeners = {};
  const tell = (name) => {
    for (const listener of listeners[name] ?? []) listener();
  };
  return {
    get: (name) => values[name],
    set: (name, value) => {
      const changed = values[name] !== value;
      values[name] = value;
      if (changed) tell(`change:${name}`);
    },
    save_changes: () => {},
    send: () => {},
    on: (name, listener) => (listeners[name] ??= []).push(listener),
    off: (name, listener) => {
      listeners[name] = (listeners[name] ?? []).filter((known) => known !== listener);
    },
  };
}

/** Show one widget in `el`; `state` is the widget's synced traits as JSON. */
export async function mount(el, state) {
  const widget = await import(address(state._module));
  return widget.default.render({ model: memoryModel(state), el, signal: new AbortController().signal });
}

// Each <script type="application/json" data-kdebate-widget> on the page becomes a live widget in its place.
// Its number on the page tells it from its like, where the page was not made from the cells of a notebook.
for (const [i, script] of [...document.querySelectorAll("script[data-kdebate-widget]")].entries()) {
  const el = document.createElement("div");
  const state = JSON.parse(script.textContent);
  script.after(el);
  mount(el, { ...state, _place: state._place || String(i) }).catch((error) => {
    console.error(error);
    el.textContent = state._start_failed.replace("{reason}", error.message);
  });
}
