// On a narrow screen a figure opens as large as it is on a wide one.

const NARROW = matchMedia("(max-width: 600px)");
const WIDE = ".explorable-wide, picture img, img";

// a copy of what a wide screen shows, as it stands now
function copied(picture) {
  const copy = picture.cloneNode(true);
  const inner = copy.innerHTML.replaceAll(/(id="|#)(?=explorable-)/g, "$1enlarged-");
  if (inner) copy.innerHTML = inner;
  const pixels = picture.querySelectorAll("canvas");
  copy.querySelectorAll("canvas").forEach((canvas, i) => {
    canvas.getContext("2d").drawImage(pixels[i], 0, 0);
  });
  for (const each of copy.querySelectorAll(".explorable-handle")) each.remove();
  return copy;
}

function opened(dialog, picture) {
  dialog.querySelector(".enlarged-picture").replaceChildren(copied(picture));
  dialog.showModal();
}

function made() {
  const dialog = document.createElement("dialog");
  dialog.className = "enlarged";
  dialog.setAttribute("aria-label", "Figure, enlarged");
  dialog.innerHTML = `<form method="dialog"><button>Close</button></form>
    <div class="enlarged-picture" tabindex="0" role="region" aria-label="Figure"></div>`;
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  // arrows scroll the picture and do not turn the page
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  document.body.append(dialog);
  return dialog;
}

function button(figure, open) {
  const words = figure.querySelector(".caption-number")?.textContent.trim() || "the figure";
  const made = Object.assign(document.createElement("button"), { type: "button" });
  made.className = "enlarge";
  made.setAttribute("aria-label", `Enlarge ${words}`);
  made.addEventListener("click", open);
  figure.querySelector("figcaption")?.prepend(made);
  return made;
}

function start() {
  for (const each of document.querySelectorAll("dialog.enlarged, button.enlarge")) each.remove();
  const figures = [...document.querySelectorAll(".bd-article figure")];
  const pictured = figures.filter((figure) => figure.querySelector(WIDE));
  if (!pictured.length) return;
  const dialog = made();
  for (const figure of pictured) {
    const open = button(figure, () => opened(dialog, figure.querySelector(WIDE)));
    for (const each of figure.querySelectorAll("img, .explorable-picture svg"))
      each.addEventListener("click", () => NARROW.matches && open.click());
  }
}

start();
