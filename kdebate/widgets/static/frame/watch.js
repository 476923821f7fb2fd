// What a widget watches of the page around it: how wide it stands, in which colours, and whether it fills the screen.

import { el, icon } from "../page/dom.js";

const BIG = { width: 1920, height: 1080 }; // the size that the big view is laid out for

/** Draw again when a node changes its width, or the page its colours. */
export function watchLook(node, redraw, signal) {
  const width = new ResizeObserver(redraw);
  const theme = new MutationObserver(redraw);
  width.observe(node);
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-theme"] });
  signal.addEventListener("abort", () => [width, theme].forEach((one) => one.disconnect()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw, { signal });
}

/**
 * Let a button fill the screen with a root, and give it back. The big view is laid out for one size and drawn at the
 * screen's own, so that every projector shows all of it.
 */
export function bigView(root, button, words, redraw, signal) {
  const isOn = () => document.fullscreenElement === root;
  const fit = () => {
    root.style.zoom = isOn() ? Math.min(innerWidth / BIG.width, innerHeight / BIG.height) : "";
  };
  const dress = () => {
    root.classList.toggle("kd-presenting", isOn());
    fit();
    const action = isOn() ? "leave" : "present";
    button.replaceChildren(icon(action), el("span", {}, words.buttons[action]));
    redraw();
  };
  button.addEventListener("click", () => (isOn() ? document.exitFullscreen() : root.requestFullscreen()));
  document.addEventListener("fullscreenchange", dress, { signal });
  globalThis.addEventListener("resize", fit, { signal });
}
