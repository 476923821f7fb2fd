// The kernel behind a page: whether it answers, how to get one that does, and the connection to it.

export const KERNEL = "python3"; // the name under which Jupyter knows Python
const HICCUP = 4000; // ms without a connection that nobody need know of

export const kernelOf = (panel) => panel.sessionContext.session?.kernel;
export const isDead = (panel) => (kernelOf(panel)?.status ?? "dead") === "dead";

const pause = (time) => new Promise((done) => setTimeout(done, time, null));

/** Whether the page already shows widgets that its kernel still holds. */
export async function isAlive(panel) {
  const shown = panel.content.widgets
    .filter((cell) => cell.model.type === "code")
    .flatMap((cell) => cell.model.outputs.toJSON())
    .map((output) => output.data?.["application/vnd.jupyter.widget-view+json"]?.model_id)
    .filter(Boolean);
  if (!shown.length) return false;
  const reply = await kernelOf(panel).requestCommInfo({ target_name: "jupyter.widget" });
  return shown.every((id) => id in (reply.content.comms ?? {}));
}

/** Whether the kernel answers before `patience` (in ms) is over; what is asked of a starting one can be lost. */
async function answers(panel, patience) {
  const end = Date.now() + patience;
  while (Date.now() < end && !isDead(panel)) {
    const kernel = kernelOf(panel);
    if (["idle", "busy"].includes(kernel.status)) {
      const info = kernel.requestKernelInfo().catch(() => null); // it can die while it is asked
      if (await Promise.race([info, pause(3000)])) return true;
    }
    await pause(100);
  }
  return false;
}

/**
 * Have a kernel that answers, or throw. The server restarts a killed kernel by itself, but not one that
 * dies again and again: that one is dead for good, and the page needs another.
 */
export async function wake(panel) {
  if (await answers(panel, 15000)) return;
  if (isDead(panel)) {
    panel.sessionContext.session?.dispose(); // the server has dropped it together with its kernel
    await panel.sessionContext.changeKernel({ name: KERNEL });
  } else await panel.sessionContext.restartKernel();
  if (!(await answers(panel, 60000))) throw new Error("Python does not answer");
}

/** Say in the bar that Python has stopped, whichever way it went. */
export function watchKernel(panel, bar) {
  // JupyterLab would lay a dialog over the page when a kernel dies; the bar says it instead.
  Object.defineProperty(panel, "_autorestarting", { get: () => true, set: () => {} });
  const stopped = () => {
    if (!panel.isDisposed && !bar.shows("starting")) bar.show("stopped", ["revive"]);
  };
  panel.sessionContext.statusChanged.connect((_, status) => {
    if (["dead", "autorestarting", "restarting"].includes(status)) stopped(); // the last by a menu
  });
  // A server that was started again knows nothing of the page: JupyterLab then drops the session without a word.
  panel.sessionContext.sessionChanged.connect((_, { newValue }) => {
    if (!newValue) stopped();
  });
}

/**
 * Say once when the connection stays away, and connect again for as long as it takes: JupyterLab gives up
 * after some minutes. What is written meanwhile goes to disk then.
 */
export function watchConnection(panel, bar) {
  let met = false; // a page that opens is connecting for the first time
  let before = null; // the line that stood there when the connection was lost
  let told = false;
  panel.sessionContext.connectionStatusChanged.connect(async (_, status) => {
    if (status === "connected") {
      if (bar.shows("offline")) before ? bar.show(...before) : bar.clear();
      [met, told] = [true, false];
      return;
    }
    if (!met) return;
    await pause(HICCUP);
    const kernel = kernelOf(panel);
    if (isDead(panel) || kernel.connectionStatus === "connected") return;
    if (!told && !bar.shows("starting")) {
      [before, told] = [bar.line, true];
      bar.show("offline");
    }
    if (kernel.connectionStatus === "disconnected") await kernel.reconnect().catch(console.warn);
  });
}
