// Lays a page out in small portions, and lets the keyboard reach what scrolls sideways.

// what slopes.css holds back: text, code and tables below the first heading
const held = [
  "> :is(p, ul, ol, .math, .pst-scrollable-table-container)",
  "> dl.py > *",
  ":is(.proof > :is(p, .math), .cell_input, .explorable)",
];
if (matchMedia("(max-width: 40rem)").matches) held.push(".claims tr");
const scrolling = "pre, table, .katex-display, .cell_output > .output";

const later = window.requestIdleCallback || setTimeout;

function show(texts) {
  for (const text of texts) text.style.contentVisibility = "visible";
}

// who jumps to the end must find the link to the next page where it stays
function showEnd(waiting) {
  const low = document.documentElement.scrollHeight - scrollY - 2 * innerHeight;
  const near = (text) => text.getBoundingClientRect().bottom > low;
  show(waiting.filter((text) => near(text) && !text.closest(".toggle-hidden")));
}

function layOutOnceSomebodyReads() {
  const selectors = held.map((each) => `.bd-article section section ${each}`);
  const waiting = [...document.querySelectorAll(selectors)];
  showEnd(waiting);
  let hurried = scrollY > 0; // a page that is being scrolled cannot wait
  const hurry = () => {
    hurried = true;
  };
  addEventListener("scroll", hurry, { once: true, passive: true });
  const layOut = () => {
    show(waiting.splice(0, hurried ? 16 : 2));
    const next = () => requestAnimationFrame(layOut);
    if (waiting.length) hurried ? next() : later(next);
  };
  const signs = ["scroll", "pointermove", "pointerdown", "keydown"];
  const begin = () => {
    for (const sign of signs) removeEventListener(sign, begin);
    hurried ? layOut() : later(layOut);
  };
  if (hurried) begin();
  else for (const sign of signs) addEventListener(sign, begin, { passive: true });
}

// told of what is laid out, and of nothing that is still held back
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
addEventListener("load", layOutOnceSomebodyReads);
