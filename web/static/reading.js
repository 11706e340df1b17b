// Lets the keyboard reach what scrolls sideways, and a link lead where it says.

const scrolling = "pre, table, .katex-display, .cell_output > .output";

// told of every change of width
const sized = new ResizeObserver((changed) => {
  // all read before any is written
  const wide = changed.map(({ target }) => target.scrollWidth > target.clientWidth);
  changed.forEach(({ target }, i) => {
    if (wide[i]) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  });
});

// the arrows that scroll such a box do not turn the page
function keepArrows(event) {
  const scrolls = event.key.startsWith("Arrow") && event.target.matches?.(scrolling);
  if (scrolls) event.stopPropagation();
}

addEventListener("keydown", keepArrows, true);
for (const box of document.querySelectorAll(`.bd-article :is(${scrolling})`)) sized.observe(box);

// buttons and controls come above the place where a link has led, and WebKit does not go there again
const settling = new ResizeObserver(() => {
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
});
const settled = () => settling.disconnect();

addEventListener("load", () => {
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return;
  settling.observe(document.body);
  setTimeout(settled, 2000);
  for (const sign of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(sign, settled, { once: true, passive: true });
  }
});
