// What the charts share: sizes that the style sheet sets, marks by Observable Plot that each wear a class of their own,
// hatching, and words that stay inside. The looks stand in the style sheets, so a theme needs no new drawing.

import { shape } from "../page/dom.js";
import { plot, text } from "./plot.min.js";

/** The place of a chart, in pixels: its width, the scale of its type, and whether it is a phone's. */
export function measure(root) {
  const scale = Number.parseFloat(getComputedStyle(root).getPropertyValue("--kd-scale")) || 1;
  return { width: root.clientWidth, scale, narrow: root.clientWidth < 420 * scale };
}

/** A mark of Plot's, none without data; `look` is the class of its elements, or tells it of each datum. */
export function put(mark, data, look, options) {
  const render = (index, scales, values, dimensions, context, next) => {
    const group = next(index, scales, values, dimensions, context);
    [...group.children].forEach((node, i) =>
      node.setAttribute("class", typeof look === "string" ? look : look(data[index[i]])),
    );
    return group;
  };
  return data.length ? mark(data, { ...options, render }) : null;
}

/** Words of a drawing, each `{ x, y, said, look }`; the class in `look` also says at which end they are anchored. */
export const say = (words, options) =>
  put(text, words, ({ look }) => look, { x: "x", y: "y", text: "said", ...options });

/** Slanted lines: a sign beside the colour. The id must differ between charts of one page; `ground` lies under the lines. */
export function hatch(id, colour, gap, line, ground = "none") {
  const bar = (width, fill) => shape("rect", { width, height: gap, style: `fill:${fill}` });
  const pattern = { id, width: gap, height: gap, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  return shape("pattern", pattern, bar(gap, ground), bar(line, colour));
}

/** The size of a drawing, the room around its axes (above, right, below, left) and the axes themselves. */
export const frame = (width, height, [marginTop, marginRight, marginBottom, marginLeft], axes) => ({
  ...{ width, height, marginTop, marginRight, marginBottom, marginLeft },
  ...axes,
});

let count = 0;
/** A name that no other drawing of the page has. */
export const newId = () => `kd-hatch-${++count}`;

/** Everything drawn anew, not yet in the page: a fault leaves the last chart whole. */
export function draw(marks, patterns, options) {
  const drawing = plot({ axis: null, className: "kd-marks", marks, ...options });
  drawing.firstChild.replaceWith(shape("defs", {}, ...patterns)); // Plot's own style sheet goes
  drawing.setAttribute("aria-hidden", "true");
  return drawing;
}

/** Where the middle of a word stands, and half its width. */
function reach(node) {
  const x = Number.parseFloat(node.getAttribute("transform").slice("translate(".length));
  return [x + Number(node.getAttribute("dx")), node.getComputedTextLength() / 2];
}

/** Move words of a drawing inwards where they would hang over its edges. */
export function keepInside(words, left, right) {
  for (const node of words) {
    const [x, half] = reach(node);
    const over = Math.min(right - half, Math.max(left + half, x)) - x;
    if (over) node.setAttribute("dx", over.toFixed(1));
  }
}

/** Take away words that would cover another one of their row; those that come first stay. */
export function keepApart(words) {
  const kept = [];
  for (const node of words) {
    const [x, half] = reach(node);
    const covers = (other) => other.row === node.parentNode && Math.abs(other.x - x) < other.half + half + 3;
    if (kept.some(covers)) node.remove();
    else kept.push({ row: node.parentNode, x, half });
  }
}

/** Lay a plate in the page's colour behind words that stand on marks. */
export function layPlates(words) {
  for (const node of words) {
    const { x, y, width, height } = node.getBBox();
    const place = { x: x - 8, y: y - 1, width: width + 16, height: height + 2, rx: 4 };
    node.before(shape("rect", { class: "kd-plate-box", transform: node.getAttribute("transform"), ...place }));
  }
}

/** What every chart is to its explorer: `paint(view, size)` draws, `arrange` measures when the page has changed. */
export function chart(root, arrange, paint) {
  let size = null;
  return {
    draw(view) {
      if (root.clientWidth === 0) return;
      if (size?.width !== root.clientWidth) {
        size = arrange(root);
        root.style.height = `${size.height}px`;
      }
      paint(view, size);
    },
    /** The page changed its width or type size: measure again at the next draw. */
    rearrange() {
      size = null;
    },
  };
}
