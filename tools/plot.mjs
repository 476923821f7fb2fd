// Bundles the parts of Observable Plot that the charts draw with, and the licences of all that went in: `make plot`.
// What is committed is compared with what this makes from the pinned packages (tests/widgets/test_plot_bundle.py).

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CHARTS = `${ROOT}kdebate/widgets/static/charts/`;
const PARTS = "plot, dot, line, link, rect, ruleX, ruleY, text";

/** Name, version and licence of every package that the bundle holds, by name. */
async function packages(inputs) {
  const folders = new Set(inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean));
  const read = (name, file) => readFile(`${ROOT}node_modules/${name}/${file}`, "utf8");
  return Promise.all(
    [...folders].sort().map(async (name) => {
      const { version } = JSON.parse(await read(name, "package.json"));
      return { name, version, licence: (await read(name, "LICENSE")).trim() };
    }),
  );
}

/** The bundle and its licences, as texts by file name. */
export async function bundle() {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export { ${PARTS} } from "@observablehq/plot";`, resolveDir: ROOT },
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    metafile: true,
    write: false,
  });
  // What the minifier left out entirely is not in the bundle.
  const [{ inputs }] = Object.values(metafile.outputs);
  const held = await packages(Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0));
  const list = held.map(({ name, version }) => `${name} ${version}`).join(", ");
  return {
    "plot.min.js": `/*! ${list}. Licences: plot.LICENSE. */\n${outputFiles[0].text}`,
    "plot.LICENSE": held.map(({ name, version, licence }) => `${name} ${version}\n\n${licence}\n`).join("\n\n"),
    "plot.min.d.ts": `export { ${PARTS} } from "@observablehq/plot";\n`,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, text] of Object.entries(await bundle())) await writeFile(CHARTS + name, text);
