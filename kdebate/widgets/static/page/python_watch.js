// Talking to Python, and noticing when it has stopped. anywidget says nothing then: values silently stop arriving.
// The line that a learner reads is in frame/card.js; what JupyterLab's page does is in lab/labextensions/kdebate/static/python.js.

const GONE = new Set(["dead", "terminating", "restarting", "autorestarting"]);

/** Whether the Python that made this widget still answers. A busy kernel is alive; a restarted one is another Python. */
function stopped(carrier, kernel) {
  return carrier.comm_live === false || GONE.has(kernel?.status) || kernel?.connectionStatus === "disconnected";
}

/**
 * Call `tell(true)` when Python stops and `tell(false)` if it turns out to be there after all.
 * @param {import("../types.d.ts").Model | undefined} carrier  the notebook's own widget model; absent on a static page, where there is no Python to lose
 * @param {(gone: boolean) => void} tell
 * @param {AbortSignal} signal
 */
export function watchPython(carrier, tell, signal) {
  if (!carrier) return;
  const kernel = carrier.widget_manager?.kernel;
  const heard = [kernel?.statusChanged, kernel?.connectionStatusChanged].filter(Boolean);
  const look = () => tell(stopped(carrier, kernel));
  hear(carrier, ["comm_live_update"], look, signal);
  for (const one of heard) one.connect(look);
  signal.addEventListener("abort", () => heard.forEach((one) => one.disconnect(look)));
  look();
}

/** Listen to events of a model until the signal. */
export function hear(model, names, listener, signal) {
  for (const name of names) model.on(name, listener);
  signal.addEventListener("abort", () => names.forEach((name) => model.off(name, listener)));
}

/** Set traits and send them; a Python that is gone is no fault of the page. */
export function tellPython(model, values) {
  for (const [name, value] of Object.entries(values)) model.set(name, value);
  try {
    model.save_changes();
  } catch (error) {
    console.warn("Python does not hear", error);
  }
}
