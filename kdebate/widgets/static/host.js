// A page without Jupyter: the few lines that stand in for the notebook, so that the same modules run anywhere.

const page = (globalThis.__kdebate ??= {});

/** A model that only remembers: what an anywidget module needs of Jupyter, without Python behind it. */
export function memoryModel(state) {
  const values = { ...state };
  const listeners = {};
  const tell = (name) => (listeners[name] ?? []).forEach((listener) => listener());
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

/** Show one widget in `el`. `state` is the widget's synced traits as JSON; addresses are relative to this file. */
export async function mount(el, state) {
  page.plotlyBytes ??= async () => {
    const answer = await fetch(new URL("plotly-basic.min.js.gz", import.meta.url));
    if (!answer.ok) throw new Error(`plotly-basic.min.js.gz: ${answer.status}`);
    return answer.arrayBuffer();
  };
  const widget = await import(new URL(state._module, import.meta.url));
  return widget.default.render({ model: memoryModel(state), el });
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
