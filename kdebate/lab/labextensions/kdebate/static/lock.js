// A locked page is read and answered, not edited: no key, no click, no menu adds, removes, moves or changes a cell.
// Jupyter's own flags on the cells keep texts from being edited; what they let through is held here.

const LOCKED = "kdebate-locked";
// Every command that would change the cells, or take a question or an explorer out of sight; the menus show them grey.
const EDITS = new RegExp(
  `^notebook:(${[
    "cut|paste|delete|duplicate|split|merge|insert|change-cell|move-cell|enter-edit|replace|undo|redo",
    "run-cell-and-insert|clear|restart-clear|hide|toggle-cell-outputs|toggle-output|enable-output",
  ].join("|")})`,
);
const CELLS = ["insertCell", "insertCells", "addCell", "deleteCell", "deleteCellRange", "moveCell", "moveCells"];
// Double clicks open a text's source; what is dropped or pasted on a text becomes part of it.
const CLICKS = ["dblclick", "drop", "paste", "lm-dragenter", "lm-dragover", "lm-drop"];

export const isLocked = (panel) => !!panel?.hasClass(LOCKED);

export const lock = (panel, on) => panel.toggleClass(LOCKED, on);

const isSave = ({ ctrlKey, metaKey, altKey, key }) => (ctrlKey || metaKey) && !altKey && key.toLowerCase() === "s";

/** JupyterLab's own search box needs its keys, above all Escape. */
const isSearch = ({ target }) => Boolean(target.closest?.(".jp-DocumentSearch-overlay"));

/** Keep JupyterLab's shortcuts off locked pages: the browser and our own fields get every key, Jupyter only "save". */
export function holdKeys(app) {
  const take = app.evtKeydown.bind(app);
  app.evtKeydown = (event) => {
    if (!event.target.closest?.(`.${LOCKED}`) || isSave(event) || isSearch(event)) take(event);
  };
}

/** Show the commands that change cells as not available while `locked()`. */
export function holdCommands(commands, locked) {
  const isEnabled = commands.isEnabled.bind(commands);
  commands.isEnabled = (id, given) => !(EDITS.test(id) && locked()) && isEnabled(id, given);
}

/** Keep the mouse from opening a text's source and from dropping anything on it; our own fields get everything. */
export function holdMouse(panel) {
  const hold = (event) => {
    const ours = event.target.closest?.(".jp-OutputArea") && !event.type.startsWith("lm-");
    if (isLocked(panel) && !ours) event.stopPropagation();
  };
  for (const kind of CLICKS) panel.content.node.addEventListener(kind, hold, true);
}

/** Whatever way is left: a locked page's list of cells changes only when it is read anew, and `loaded` is told so. */
export function holdCells(panel, loaded) {
  const cells = panel.model.sharedModel;
  let loading = false;
  for (const name of CELLS.filter((name) => cells[name])) {
    const act = cells[name].bind(cells);
    cells[name] = (...given) => (isLocked(panel) && !loading ? undefined : act(...given));
  }
  const load = cells.fromJSON.bind(cells);
  cells.fromJSON = (...given) => {
    loading = true;
    try {
      return load(...given);
    } finally {
      loading = false;
      loaded();
    }
  };
}
