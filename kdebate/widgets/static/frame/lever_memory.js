// What a learner set is remembered in this tab: over a Python that starts again, a cell that runs again and a page that
// is loaded again. In the tab's own storage, not the browser's: it ends with the tab, so that whoever sits down next at
// this computer starts afresh. Where the storage is off or full, nothing is remembered and nothing is said.

const PREFIX = "kdebate-levers:";
const EVENT = "kdebate:forget";

/** Do something with the tab's storage; null where that is off, full or holds what is not ours. */
function attempt(work) {
  try {
    return work();
  } catch (error) {
    console.info("not remembered in this tab", error);
    return null;
  }
}

/** The page that a widget stands on. In JupyterLab several notebooks, and several people's servers, share one address. */
function pageOf(model) {
  const notebook = model.widget_manager?.context?.path;
  if (!notebook) return [location.pathname];
  const config = document.getElementById("jupyter-config-data");
  return [config ? JSON.parse(config.textContent).baseUrl : "", notebook];
}

/** Which widget on which page this is, and how it began: what an author changed, or another widget, is another one. */
function keyOf(model, what) {
  const names = ["_module", "_place", "_began", "predict", "shown"];
  return PREFIX + JSON.stringify([what, ...pageOf(model), ...names.map((name) => model.get(name))]);
}

/**
 * One thing that a widget remembers.
 * @param {import("../types.d.ts").Model} model  the widget's
 * @param {string} what  its name, where a widget remembers several
 */
export function tabMemory(model, what) {
  const key = attempt(() => keyOf(model, what));
  return {
    /** What was kept, as JSON gives it: to be checked like anything that comes from outside; null where there is nothing. */
    read: () => attempt(() => JSON.parse(sessionStorage.getItem(key))),
    write: (kept) => attempt(() => sessionStorage.setItem(key, JSON.stringify(kept))),
  };
}

/** Forget all, here and in what is shown. */
export function forgetAll() {
  attempt(() =>
    Object.keys(sessionStorage)
      .filter((key) => key.startsWith(PREFIX))
      .forEach((key) => sessionStorage.removeItem(key)),
  );
  document.dispatchEvent(new CustomEvent(EVENT));
}

/** Call `tell` when all is forgotten. */
export function watchForgetting(tell, signal) {
  document.addEventListener(EVENT, tell, { signal });
}
