// What JupyterLab registers: the pages, the commands of the toolbar, a calm first screen.

import { holdCommands, holdKeys, isLocked } from "./lock.js";
import { quiet, runEverything, watch } from "./page.js";

const RUN_ALL = "notebook:run-all-cells";

/** Whether this page may load modules from memory, as every widget does. */
async function mayLoadBlobs() {
  const address = URL.createObjectURL(new Blob(["export {}"], { type: "text/javascript" }));
  try {
    await import(address);
    return true;
  } catch {
    return false;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Where everything that a page needs of the house stands. */
function makeHouse(modules, say, app) {
  return {
    say,
    // What the server extension published; null where the server was not started by our launcher.
    published: publishedBy(modules),
    contents: app.serviceManager.contents,
    NotebookActions: modules.NotebookActions,
    Widget: modules.Widget,
    blobs: mayLoadBlobs(),
    pages: new Map(), // by panel, the promise of its page, null where it is none of ours
    changed: () => app.commands.notifyCommandChanged("kdebate:code"),
  };
}

const publishedBy = ({ PageConfig }) => JSON.parse(PageConfig.getOption("kdebate") || "null");

function addCommands(house, commands, tracker) {
  const { say, published } = house;
  const onPage = (act) => () => {
    if (tracker.currentWidget) act(tracker.currentWidget);
  };
  const isQuiet = () => !!tracker.currentWidget?.hasClass("kdebate-quiet");
  commands.addCommand("kdebate:code", {
    label: () => (isQuiet() ? say.show_code : say.hide_code),
    isVisible: () => !!published,
    execute: onPage((panel) => quiet(house, panel, !isQuiet())),
  });
  commands.addCommand("kdebate:present", {
    label: () => (document.fullscreenElement ? say.present_end : say.present),
    isVisible: () => !!published,
    execute: onPage((panel) =>
      document.fullscreenElement ? document.exitFullscreen() : panel.node.requestFullscreen(),
    ),
  });
  document.addEventListener("fullscreenchange", () => commands.notifyCommandChanged("kdebate:present"));
  tracker.currentChanged.connect(house.changed);
}

/** JupyterLab's own command, and so the button, does nothing until Python is there, and ends at the page's end. */
function takeRunAll(house, commands, tracker) {
  const execute = commands.execute.bind(commands);
  commands.execute = async (id, given) => {
    const page = id === RUN_ALL && (await house.pages.get(tracker.currentWidget));
    return page ? runEverything(page) : execute(id, given);
  };
}

/** No side bars: a chapter is one page. The menu View brings them back. */
async function calm(app) {
  await app.restored;
  for (const side of ["left", "right"]) {
    if (app.shell.isSideTabBarVisible?.(side)) app.shell.toggleSideTabBarVisibility(side);
  }
}

function activate(house, app, tracker, style) {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
  addCommands(house, app.commands, tracker);
  takeRunAll(house, app.commands, tracker);
  if (house.published) {
    holdKeys(app);
    holdCommands(app.commands, () => isLocked(tracker.currentWidget));
    calm(app);
  }
  const open = (panel) => {
    house.pages.set(panel, watch(house, panel));
    panel.disposed.connect(() => house.pages.delete(panel));
  };
  tracker.forEach(open);
  tracker.widgetAdded.connect((_, panel) => open(panel));
}

/** The plugins of this extension. */
export function makePlugins(modules, say, style) {
  const alive = {
    id: "kdebate:alive",
    autoStart: true,
    requires: [modules.INotebookTracker],
    activate: (app, tracker) => activate(makeHouse(modules, say, app), app, tracker, style),
  };
  // Without this JupyterLab lays a dialog over the page, again and again, and it takes the keys of whoever types.
  const calmly = { id: "kdebate:connection", provides: modules.IConnectionLost, activate: () => async () => {} };
  return publishedBy(modules) ? [alive, calmly] : [alive];
}
