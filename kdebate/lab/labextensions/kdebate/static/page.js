// One open notebook: whether it is the published chapter, and what follows from that.

import { Bar, fill } from "./bar.js";
import { differences } from "./compare.js";
import { holdCells, holdMouse, lock } from "./lock.js";
import { note, recall } from "./memory.js";
import { isAlive, isDead, KERNEL, kernelOf, wake, watchConnection, watchKernel } from "./python.js";
import { addRail } from "./rail.js";
import { showSources } from "./sources.js";

const LOOK = 250; // ms between two looks at what is being drawn
const LONGEST = 20000; // ms that a slow computer may need to draw what has run

// The buttons beside a reason to stay still, where it is not just "run".
const OFFERS = { changed: ["put_back", "run"], kernel: ["put_back", "run"], blocked: [], unread: [] };

const codeCells = (panel) => panel.content.widgets.filter((cell) => cell.model.type === "code");

/** The cells as the page holds them now. */
const cellsOf = (panel) =>
  panel.content.widgets.map(({ model }) => ({
    id: model.id,
    cell_type: model.type,
    source: model.sharedModel.getSource(),
    attachments: model.sharedModel.getAttachments?.(),
  }));

/** The published chapter of this path, null where it cannot be read. */
async function readOriginal({ contents, published }, path) {
  const address = published?.chapters[path];
  if (!address) return null;
  return contents
    .get(address, { type: "notebook", content: true })
    .then((file) => file.content)
    .catch((error) => void console.warn(error) ?? null);
}

/** Whether this page must stay still: why, as a key of words.json, "" when it may run, and what differs. */
function judge(page, kernel) {
  const { published } = page.house;
  const why = (key, counts = {}, cells = []) => ({ key, counts, cells });
  if (!published) return why("server");
  if (!published.chapters[page.panel.context.path]) return why("unknown");
  if (!page.original) return why("unread");
  const { counts, cells } = differences(cellsOf(page.panel), page.original.cells);
  const other = kernel === page.original.metadata.kernelspec.name ? {} : { kernel: 1 };
  if (cells.length || Object.keys(counts).length) return why("changed", { ...counts, ...other }, cells);
  if (other.kernel) return why("kernel");
  return page.blobs ? why("") : why("blocked");
}

/** What differs, in words. */
function inWords({ house }, counts) {
  const { differences: words } = house.say;
  return Object.entries(counts)
    .map(([kind, count]) => fill(words[kind][count === 1 ? 0 : 1], { count }))
    .join(", ");
}

/** Show a page that differs as it is, marks on what is not published. */
function mark({ panel }, cells) {
  const ids = cells.map((cell) => cell.id);
  panel.content.widgets.forEach((cell) => cell.toggleClass("kdebate-differs", ids.includes(cell.model.id)));
}

/** Say why a page stays still. */
function explain(page, { key, counts, cells }) {
  mark(page, cells);
  page.bar.show(key, OFFERS[key] ?? ["run"], { what: inWords(page, counts) });
}

/** What a page that runs has to tell: once what was put in its place, each time that others see it too. */
function tell(page) {
  const { kept, shared } = page.house.published;
  const path = page.panel.context.path;
  const told = `kdebate/told/${path}/${kept[path]}`;
  const lines = [];
  if (page.restored) lines.push("restored");
  else if (kept[path] && !recall(told)) lines.push("updated");
  const name = page.restored ?? kept[path];
  [page.restored] = [null, note(told)];
  if (shared) lines.push("shared");
  if (lines.length && !page.bar.line) page.bar.show(lines, [], { name });
}

/** Hide code and marks, or show them. Where our launcher is missing, the chapter's own folds stay as they are. */
export function quiet(house, panel, hidden) {
  panel.toggleClass("kdebate-quiet", hidden);
  if (!hidden && house.published) {
    codeCells(panel).forEach((cell) => {
      cell.inputHidden = false;
    });
    house.NotebookActions.expandAllHeadings?.(panel.content);
  }
  house.changed();
}

/** JupyterLab moves to the selected cell after a run: let that be one that the reader sees. */
function selectInView({ content }) {
  const { top, bottom } = content.outerNode.getBoundingClientRect();
  const places = content.widgets.map((cell) => cell.node.getBoundingClientRect());
  const begins = places.findIndex((place) => place.top >= top && place.top < bottom);
  content.activeCellIndex = begins >= 0 ? begins : places.findIndex((place) => place.bottom > top);
}

const outputHeight = ({ node }) => node.querySelector(".jp-Cell-outputWrapper")?.offsetHeight ?? 0;

/** Keep every cell as high as it is until its new outputs are drawn, so that the page does not jump. */
function holdHeights(panel) {
  const held = panel.content.widgets.map((cell) => [cell, cell.node.offsetHeight, outputHeight(cell)]);
  held.forEach(([cell, height]) => {
    cell.node.style.minHeight = `${height}px`;
  });
  const free = ([cell]) => {
    cell.node.style.minHeight = "";
  };
  const drawn = ([cell, , height]) => cell.isDisposed || outputHeight(cell) >= height;
  return async () => {
    let left = held;
    for (const end = Date.now() + LONGEST; left.length && Date.now() < end; ) {
      await new Promise((done) => setTimeout(done, LOOK));
      left.filter(drawn).forEach(free);
      left = left.filter((one) => !drawn(one));
    }
    left.forEach(free);
  };
}

async function run({ house, panel, bar }) {
  if (isDead(panel)) return bar.show("stopped", ["revive"]); // rather than emptying the page
  bar.clear();
  selectInView(panel);
  const release = holdHeights(panel);
  house.NotebookActions.clearAllOutputs(panel.content); // widgets of an earlier kernel show only errors
  // Not runAll: it would move the page to its end.
  const running = house.NotebookActions.runCells(panel.content, [...panel.content.widgets], panel.sessionContext);
  const done = await running.finally(() => {
    release();
  });
  // A kernel that died on the way has its own line already.
  if (!done && !bar.shows("stopped")) bar.show("failed", ["run"]);
  if (panel.context.contentsModel?.writable) await panel.context.save();
}

async function revive(page) {
  page.bar.show("starting");
  try {
    await wake(page.panel);
    await run(page);
  } catch (error) {
    console.warn(error);
    page.bar.show("unreachable", ["revive"]);
  }
}

/** The button: also before Python is there, and not twice when the page is just running by itself. */
export async function runEverything(page) {
  const { panel, bar } = page;
  if (!page.settled) bar.show("starting");
  const { runs } = page;
  await page.settling;
  if (page.runs !== runs) return;
  if (isDead(panel) || kernelOf(panel).connectionStatus !== "connected") await revive(page);
  else await run(page);
}

/** Decide what this page is, and make it so. */
async function settle(page) {
  const { house, panel, bar } = page;
  page.settled = false;
  // Code is hidden only where it is the published code; what differs is there to be read.
  const early = judge(page, panel.model.defaultKernelName);
  lock(panel, !early.key);
  if (!early.key) quiet(house, panel, true);
  panel.addClass("kdebate-waking"); // until it is known whether its widgets still live
  await panel.sessionContext.ready;
  const alive = !early.key && (await isAlive(panel));
  panel.removeClass("kdebate-waking");
  const now = judge(page, kernelOf(panel)?.name); // asked last: nothing can change between this line and the run
  lock(panel, !now.key);
  quiet(house, panel, !now.key);
  page.settled = true;
  if (now.key) return explain(page, now);
  mark(page, []);
  if (alive) {
    if (bar.shows("starting")) bar.clear();
  } else {
    page.runs += 1;
    await run(page);
  }
  tell(page);
}

/** Keep the page as it is under a name of its own, free to be edited; returns that name. */
async function keep({ house, panel }) {
  const path = panel.context.path;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const stem = path.slice(folder.length).replace(/\.ipynb$/, "");
  const there = (await house.contents.get(folder)).content.map((file) => file.name);
  let name = `${stem}-kept.ipynb`;
  for (let number = 2; there.includes(name); number += 1) name = `${stem}-kept-${number}.ipynb`;
  const content = panel.model.toJSON();
  content.cells.forEach(({ metadata }) => {
    delete metadata.editable;
    delete metadata.deletable;
  });
  await house.contents.save(folder + name, { type: "notebook", format: "json", content });
  return name;
}

/** The button: the published chapter in place, the changed one beside it. Answers are in the journal, not here. */
async function putBack(page) {
  const { house, panel, bar } = page;
  bar.show("starting");
  page.busy = true;
  try {
    const name = await keep(page);
    await house.contents.save(panel.context.path, { type: "notebook", format: "json", content: page.original });
    await panel.context.revert();
    if (kernelOf(panel)?.name !== KERNEL) await panel.sessionContext.changeKernel({ name: KERNEL });
    page.restored = name;
    bar.clear();
    await (page.settling = settle(page));
  } catch (error) {
    console.warn(error);
    bar.show("not_restored", ["put_back", "run"]);
  } finally {
    page.busy = false;
  }
}

/** Saved under another name it is a page of the reader's own, free to be edited. */
function becomeOwn(page) {
  page.panel.content.widgets.forEach(({ model }) =>
    ["editable", "deletable"].forEach((flag) => model.deleteMetadata(flag)),
  );
  page.settling = settle(page);
}

function makePage(house, panel) {
  const page = { house, panel, runs: 0, settled: false, busy: false, restored: null };
  page.bar = new Bar(panel, house, {
    put_back: () => putBack(page),
    run: () => runEverything(page),
    revive: () => revive(page),
  });
  return page;
}

/** Look after one notebook from its opening on; null where it is none of ours. */
export async function watch(house, panel) {
  const original = readOriginal(house, panel.context.path);
  await Promise.all([panel.context.ready, panel.revealed]);
  if (!house.published && !panel.model.getMetadata("kdebate")) return null;
  const page = makePage(house, panel);
  watchKernel(panel, page.bar);
  watchConnection(panel, page.bar);
  holdMouse(panel);
  holdCells(panel, () => {
    if (!page.busy) page.settling = settle(page);
  });
  panel.context.pathChanged.connect(() => becomeOwn(page));
  addRail(panel, house.say);
  showSources(panel, house.say);
  [page.original, page.blobs] = await Promise.all([original, house.blobs]);
  page.settling = settle(page);
  page.settling.catch(console.error);
  return page;
}
