// Makes a published chapter run when it is opened, and says so when it does not.
//
// A prebuilt JupyterLab extension is a module-federation container: an object with `init` and
// `get` under its package's name. This file is one, written by hand, so that nothing is bundled.
// It takes JupyterLab's and Notebook 7's own modules from the scope they share.
(() => {
  const here = document.currentScript.src;
  const words = fetch(new URL("words.json", here)).then((reply) => reply.json());
  const KERNEL = "python3"; // the name under which Jupyter knows Python
  const HICCUP = 4000; // ms without a connection that nobody need know of
  let shared;
  let plugins;

  globalThis._JUPYTERLAB ??= {};
  globalThis._JUPYTERLAB.kdebate = {
    init: (scope) => { shared = scope; },
    get: async () => {
      plugins ??= await build();
      return () => ({ __esModule: true, default: plugins });
    },
  };

  const use = async (name) => (await Object.values(shared[name])[0].get())();

  async function build() {
    const modules = ["@jupyterlab/application", "@jupyterlab/coreutils", "@jupyterlab/notebook", "@lumino/widgets"].map(use);
    const [{ IConnectionLost }, { PageConfig }, { INotebookTracker, NotebookActions }, { Widget }] = await Promise.all(modules);
    const say = (await words).page;
    // What the server extension published; null where the server was not started by our launcher.
    const published = JSON.parse(PageConfig.getOption("kdebate") || "null");

    const codeCells = (panel) => panel.content.widgets.filter((cell) => cell.model.type === "code");
    const kernelOf = (panel) => panel.sessionContext.session?.kernel;

    /** Why this page must stay still, as a key of words.json; "" when it may run. */
    function reason(panel) {
      if (!published) return "server";
      const sources = published.chapters[panel.context.path];
      if (!sources) return "unknown";
      if (kernelOf(panel)?.name !== KERNEL) return "kernel";
      const cells = codeCells(panel);
      const same = cells.length === sources.length
        && cells.every((cell, i) => cell.model.sharedModel.getSource() === sources[i]);
      return same ? "" : "changed";
    }

    /** Whether the page already shows widgets that its kernel still holds. */
    async function isAlive(panel) {
      const shown = codeCells(panel).flatMap((cell) => cell.model.outputs.toJSON())
        .map((output) => output.data?.["application/vnd.jupyter.widget-view+json"]?.model_id)
        .filter(Boolean);
      if (!shown.length) return false;
      const reply = await kernelOf(panel).requestCommInfo({ target_name: "jupyter.widget" });
      return shown.every((id) => id in (reply.content.comms ?? {}));
    }

    const pause = (time) => new Promise((done) => setTimeout(done, time, null));
    const isDead = (panel) => (kernelOf(panel)?.status ?? "dead") === "dead";

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
    async function wake(panel) {
      if (await answers(panel, 15000)) return;
      if (isDead(panel)) {
        panel.sessionContext.session?.dispose(); // the server has dropped it together with its kernel
        await panel.sessionContext.changeKernel({ name: KERNEL });
      } else await panel.sessionContext.restartKernel();
      if (!await answers(panel, 60000)) throw new Error("Python does not answer");
    }

    async function revive(panel, bar) {
      bar.show("starting");
      try {
        await wake(panel);
        await run(panel, bar);
      } catch (error) {
        console.warn(error);
        bar.show("unreachable", "revive");
      }
    }

    /**
     * Say once when the connection stays away, and connect again for as long as it takes: JupyterLab gives up
     * after some minutes. What is written meanwhile goes to disk then.
     */
    function watchConnection(panel, bar) {
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

    async function run(panel, bar) {
      if (isDead(panel)) return bar.show("stopped", "revive"); // rather than emptying the page
      bar.clear();
      NotebookActions.clearAllOutputs(panel.content); // widgets of an earlier kernel show only errors
      // Not runAll: it would move the page to its end.
      const done = await NotebookActions.runCells(panel.content, [...panel.content.widgets], panel.sessionContext);
      // A kernel that died on the way has its own line already.
      if (!done && !bar.shows("stopped")) bar.show("failed", "run");
      if (panel.context.contentsModel?.writable) await panel.context.save();
    }

    /** One line above the page: what is going on, and one button that acts on it. */
    function makeBar(panel) {
      const button = (name, act) => {
        const node = document.createElement("button");
        node.type = "button";
        node.textContent = say[name];
        node.addEventListener("click", act);
        return node;
      };
      const body = document.createElement("div");
      const text = document.createElement("span");
      text.setAttribute("role", "status");
      const buttons = {
        run: button("run", () => run(panel, bar)),
        revive: button("revive", () => revive(panel, bar)),
      };
      const close = button("close", () => bar.clear());
      body.append(text, buttons.run, buttons.revive, close);
      const widget = new Widget();
      widget.addClass("kdebate-bar");
      widget.node.setAttribute("role", "region");
      widget.node.setAttribute("aria-label", say.bar);
      widget.node.append(body);
      widget.node.style.minHeight = "44px";
      widget.hide();
      panel.contentHeader.addWidget(widget);
      /** Without a least height the notebook lies over the bar. */
      const fit = () => {
        widget.node.style.minHeight = `${Math.min(Math.max(body.offsetHeight, 44), 132)}px`;
        panel.contentHeader.fit();
      };
      const bar = {
        line: null, // what `show` was asked for last, null when nothing shows
        /** Say a sentence of words.json, with one button or none. */
        show(key, action = "") {
          bar.line = [key, action];
          for (const [name, node] of Object.entries(buttons)) {
            if (name !== action && node === document.activeElement) close.focus(); // not lost with its button
            node.hidden = name !== action;
          }
          widget.node.dataset.kdebateBar = key;
          widget.show();
          text.textContent = say[key]; // after showing: a live region must be there to be heard
          requestAnimationFrame(fit); // when it has its width and so its lines are known
        },
        shows: (key) => bar.line?.[0] === key,
        clear() {
          if (widget.node.contains(document.activeElement)) panel.activate();
          widget.hide();
          bar.line = null;
          delete widget.node.dataset.kdebateBar;
        },
      };
      return bar;
    }

    async function watch(panel) {
      await Promise.all([panel.context.ready, panel.revealed]);
      const ofOurs = published || panel.model.getMetadata("kdebate");
      if (!ofOurs) return;
      const bar = makeBar(panel);
      // JupyterLab would lay a dialog over the page when a kernel dies; the bar says it instead.
      Object.defineProperty(panel, "_autorestarting", { get: () => true, set: () => {} });
      const stopped = () => {
        if (!panel.isDisposed && !bar.shows("starting")) bar.show("stopped", "revive");
      };
      panel.sessionContext.statusChanged.connect((_, status) => {
        if (["dead", "autorestarting"].includes(status)) stopped();
      });
      // A server that was started again knows nothing of the page: JupyterLab then drops the session without a word.
      panel.sessionContext.sessionChanged.connect((_, { newValue }) => {
        if (!newValue) stopped();
      });
      watchConnection(panel, bar);
      // Code is hidden only where it is the published code; what differs is there to be read.
      if (!reason(panel)) quiet(panel, true);
      panel.addClass("kdebate-waking"); // until it is known whether its widgets still live
      await panel.sessionContext.ready;
      const alive = !reason(panel) && await isAlive(panel);
      panel.removeClass("kdebate-waking");
      const why = reason(panel); // asked last: nothing can change between this line and the run
      quiet(panel, !why);
      if (why) bar.show(why, "run");
      else if (!alive) await run(panel, bar);
    }

    let changed = () => {}; // tells JupyterLab that the label of "Show code" is another one

    function quiet(panel, hidden) {
      panel.toggleClass("kdebate-quiet", hidden);
      // Chapters also fold their code, for hosts where this file is missing: open the folds.
      if (!hidden) codeCells(panel).forEach((cell) => { cell.inputHidden = false; });
      changed();
    }

    function addCommands(commands, tracker) {
      changed = () => commands.notifyCommandChanged("kdebate:code");
      const onPage = (act) => () => { if (tracker.currentWidget) act(tracker.currentWidget); };
      const isQuiet = () => !!tracker.currentWidget?.hasClass("kdebate-quiet");
      commands.addCommand("kdebate:code", {
        label: () => (isQuiet() ? say.show_code : say.hide_code),
        isVisible: () => !!published,
        execute: onPage((panel) => quiet(panel, !isQuiet())),
      });
      commands.addCommand("kdebate:present", {
        label: () => (document.fullscreenElement ? say.present_end : say.present),
        isVisible: () => !!published,
        execute: onPage((panel) => (document.fullscreenElement ? document.exitFullscreen() : panel.node.requestFullscreen())),
      });
      document.addEventListener("fullscreenchange", () => commands.notifyCommandChanged("kdebate:present"));
      tracker.currentChanged.connect(() => changed());
    }

    /** No side bars: a chapter is one page. The menu View brings them back. */
    async function calm(app) {
      await app.restored;
      for (const side of ["left", "right"]) {
        if (app.shell.isSideTabBarVisible?.(side)) app.shell.toggleSideTabBarVisibility(side);
      }
    }

    const alive = {
      id: "kdebate:alive",
      autoStart: true,
      requires: [INotebookTracker],
      activate(app, tracker) {
        const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("page.css", here) });
        document.head.append(style);
        addCommands(app.commands, tracker);
        if (published) calm(app);
        tracker.forEach(watch);
        tracker.widgetAdded.connect((_, panel) => watch(panel));
      },
    };
    // Without this JupyterLab lays a dialog over the page, again and again, and it takes the keys of whoever types.
    const calmly = { id: "kdebate:connection", provides: IConnectionLost, activate: () => async () => {} };
    return published ? [alive, calmly] : [alive];
  }
})();
