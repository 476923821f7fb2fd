// Keeping in sight what a reader is looking at: when the page grows above it, and when something elsewhere moves.

/** Whether nothing should move by itself. */
export const quiet = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** What scrolls a node: the notebook in JupyterLab, else the page. */
function scrollerOf(node) {
  for (let one = node.parentElement; one; one = one.parentElement) {
    const scrolls = one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY);
    if (scrolls && one !== document.body) return one;
  }
  return document.scrollingElement;
}

/** How far to scroll until a stretch is inside a window; one that does not fit shows its beginning. */
export function nudge({ top, bottom }, window) {
  const down = Math.max(0, bottom - window.bottom);
  return Math.min(down, top - window.top);
}

/** Bring something into sight that a reader should see move. */
export function bringIntoSight(node) {
  const { top, bottom } = node.getBoundingClientRect();
  if (top >= 0 && bottom <= innerHeight) return;
  node.scrollIntoView({ block: "nearest", behavior: quiet() ? "auto" : "smooth" });
}

/** Do something that changes the page, and leave a node where it stands; gives what scrolls it. */
export function keepStill(node, work) {
  const before = node.getBoundingClientRect().top;
  work();
  const scroller = scrollerOf(node);
  scroller.scrollTop += node.getBoundingClientRect().top - before;
  return scroller;
}

/** The same, then all from `first` to the node is brought into the window, no further than needed. */
export function keepInSight(node, first, work) {
  const scroller = keepStill(node, work);
  const isPage = scroller === document.scrollingElement;
  const window = isPage ? { top: 0, bottom: innerHeight } : scroller.getBoundingClientRect();
  const { top } = first.getBoundingClientRect();
  scroller.scrollTop += nudge({ top, bottom: node.getBoundingClientRect().bottom }, window);
  const wanted = node.getBoundingClientRect().top;
  const stay = () => (scroller.scrollTop += node.getBoundingClientRect().top - wanted);
  requestAnimationFrame(() => requestAnimationFrame(stay)); // Jupyter scrolls to what has the focus
}
