// plotly.js, loaded once per page however many charts there are.

const page = (globalThis.__kdebate ??= {});

async function load() {
  const bytes = await page.plotlyBytes();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const text = await new Response(stream).text();
  // The bundle is written for CommonJS or a global; as a module it gets its own `module` and no AMD loader.
  const wrapped = `const module = { exports: {} }, exports = module.exports, define = undefined;\n${text}\nexport default module.exports;`;
  const url = URL.createObjectURL(new Blob([wrapped], { type: "text/javascript" }));
  try {
    return (await import(url)).default;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The Plotly object. A failed load is forgotten, so that the next call tries again. */
export function plotly() {
  page.plotly ??= load().catch((error) => {
    page.plotly = undefined;
    throw error;
  });
  return page.plotly;
}
