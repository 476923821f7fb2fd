// What anywidget runs for every explorer: fetch the shared modules once per page, link them, hand over.
// anywidget gives each widget its own copy of this text, so it stays small; everything else travels in the carrier.

const page = (globalThis.__kdebate ??= {});

/** Turn gzip bytes into text with the browser's own decompressor. */
async function ungzip(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

const IMPORT = /(\bfrom\s*|\bimport\s*)"\.\/([\w.-]+\.js)"/g;

/** Give each module a blob address, its imports first, so that `import "./x.js"` finds its sibling. */
function link(sources) {
  const urls = {};
  const visit = (name) => {
    if (urls[name]) return urls[name];
    if (!(name in sources)) throw new Error(`no module named ${name}`);
    const text = sources[name].replace(IMPORT, (_, head, file) => `${head}"${visit(file)}"`);
    return (urls[name] = URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
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
  page.plotlyBytes ??= () => carrier.get("plotly");
  return page.linked[key];
}

async function render({ model, el, signal }) {
  try {
    const other = (name) => model.widget_manager.get_model(model.get(name).replace("IPY_MODEL_", ""));
    const carrier = await other("_carrier");
    const link = model.get("_journal") ? await other("_journal") : null; // the way to the journal file
    const url = (await modules(carrier))(model.get("_module"));
    const widget = await import(url);
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
