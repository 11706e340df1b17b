/* Lays a page out in small portions, and lets the keyboard reach what scrolls sideways. */
(() => {
  // what slopes.css holds back: text, code and tables below the first heading
  const held = [
    "> :is(p, ul, ol, .math, .pst-scrollable-table-container)", "> dl.py > *",
    ":is(.proof > :is(p, .math), .cell_input, .explorable)",
  ];
  if (matchMedia("(max-width: 40rem)").matches) held.push(".claims tr");
  const scrolling = "pre, table, .katex-display, .cell_output > .output";

  const later = window.requestIdleCallback || setTimeout;
  const show = (texts) => texts.forEach((text) => { text.style.contentVisibility = "visible"; });

  function layOutOnceSomebodyReads() {
    const waiting = [...document.querySelectorAll(held.map((each) => `.bd-article section section ${each}`))];
    const low = document.documentElement.scrollHeight - scrollY - 2 * innerHeight;
    // who jumps to the end must find the link to the next page where it stays
    show(waiting.filter((text) => text.getBoundingClientRect().bottom > low && !text.closest(".toggle-hidden")));
    let hurried = scrollY > 0; // a page that is being scrolled cannot wait
    addEventListener("scroll", () => { hurried = true; }, { once: true, passive: true });
    const layOut = () => {
      show(waiting.splice(0, hurried ? 16 : 2));
      const next = () => requestAnimationFrame(layOut);
      if (waiting.length) hurried ? next() : later(next);
    };
    const signs = ["scroll", "pointermove", "pointerdown", "keydown"];
    const begin = () => {
      signs.forEach((sign) => removeEventListener(sign, begin));
      hurried ? layOut() : later(layOut);
    };
    hurried ? begin() : signs.forEach((sign) => addEventListener(sign, begin, { passive: true }));
  }

  // told of what is laid out, and of nothing that is still held back
  const sized = new ResizeObserver((changed) => {
    const wide = changed.map(({ target }) => target.scrollWidth > target.clientWidth); // all read before any is written
    changed.forEach(({ target }, i) => {
      if (wide[i]) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    });
  });

  // the arrows that scroll such a box do not turn the page
  addEventListener("keydown", (event) => {
    if (event.key.startsWith("Arrow") && event.target.matches?.(scrolling)) event.stopPropagation();
  }, true);

  document.querySelectorAll(`.bd-article :is(${scrolling})`).forEach((each) => sized.observe(each));
  addEventListener("load", layOutOnceSomebodyReads);
})();
