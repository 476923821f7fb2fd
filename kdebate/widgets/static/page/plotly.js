// plotly.js, loaded once per page however many figures there are.

const page = (globalThis.__kdebate ??= {});

/** From the carrier where there is one, else from beside these modules. */
async function bytes(carrier) {
  if (carrier) return carrier.get("plotly");
  const answer = await fetch(new URL("../plotly-basic.min.js.gz", import.meta.url));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer.arrayBuffer();
}

async function load(carrier) {
  const stream = new Blob([await bytes(carrier)]).stream().pipeThrough(new DecompressionStream("gzip"));
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
export function plotly(carrier) {
  page.plotly ??= load(carrier).catch((error) => {
    page.plotly = undefined;
    throw error;
  });
  return page.plotly;
}
