// Makes a published chapter run when it is opened, and says so when it does not.
//
// A prebuilt JupyterLab extension is a module-federation container: an object with `init` and
// `get` under its package's name. This file is one, written by hand, so that nothing is bundled.
// It takes JupyterLab's and Notebook 7's own modules from the scope they share; the rest of the
// extension lies beside it, as plain modules.
(() => {
  const here = document.currentScript.src;
  const modules = ["plugins", "page", "bar", "python", "compare", "lock", "memory", "rail", "sources"];
  const beside = ["words.json", ...modules.map((name) => `${name}.js`)];
  // Asked for at once, and past what a browser may hold of an older version.
  const fresh = beside.map((name) => fetch(new URL(name, here), { cache: "no-cache" }));
  let shared;
  let plugins;

  const use = async (name) => (await Object.values(shared[name])[0].get())();

  async function build() {
    const names = ["@jupyterlab/application", "@jupyterlab/coreutils", "@jupyterlab/notebook", "@lumino/widgets"];
    const modules = Object.assign({}, ...(await Promise.all(names.map(use))));
    const [words] = await Promise.all(fresh);
    const say = (await words.json()).page;
    const { makePlugins } = await import(new URL("plugins.js", here));
    return makePlugins(modules, say, new URL("page.css", here));
  }

  globalThis._JUPYTERLAB ??= {};
  globalThis._JUPYTERLAB.kdebate = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      plugins ??= await build();
      return () => ({ __esModule: true, default: plugins });
    },
  };
})();
