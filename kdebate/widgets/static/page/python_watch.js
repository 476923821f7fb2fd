// Notice when Python has stopped. anywidget says nothing: values silently stop arriving, so the page looks for itself.

const GONE = new Set(["dead", "terminating", "restarting", "autorestarting"]);

/** Whether the Python that made this widget still answers. A busy kernel is alive; a restarted one is another Python. */
function stopped(carrier, kernel) {
  return carrier.comm_live === false || GONE.has(kernel?.status) || kernel?.connectionStatus === "disconnected";
}

/**
 * Call `tell(true)` when Python stops and `tell(false)` if it turns out to be there after all.
 * @param {import("../types.d.ts").Model | undefined} carrier  the notebook's own widget model; absent on a static page, where there is no Python to lose
 */
export function watchPython(carrier, tell) {
  const kernel = carrier?.widget_manager?.kernel;
  if (!carrier) return () => {};
  const look = () => tell(stopped(carrier, kernel));
  carrier.on("comm_live_update", look);
  for (const signal of [kernel?.statusChanged, kernel?.connectionStatusChanged]) signal?.connect(look);
  look();
  return () => {
    carrier.off("comm_live_update", look);
    for (const signal of [kernel?.statusChanged, kernel?.connectionStatusChanged]) signal?.disconnect(look);
  };
}
