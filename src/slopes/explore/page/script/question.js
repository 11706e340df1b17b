// A question: until it is answered, what follows it is veiled.

import { remember, remembered } from "./memory.js";
import { numberOf } from "./numeral.js";
import { reply } from "./reply.js";

const page = () => location.pathname.split("/").pop();

class Question {
  constructor(root) {
    this.root = root;
    this.part = (name) => root.querySelector(`.question-${name}`);
    this.form = this.part("answers");
    this.buttons = [...this.form.querySelectorAll("[type=button]")];
    this.spec = JSON.parse(root.querySelector(":scope > script").textContent);
    this.key = `${page()}#${root.id}`;
    this.veiled = veiled(root, this.part("figure"));
    this.veil(true);
    this.listen();
    const said = remembered().answers?.[this.key];
    if (said) this.answer(said.answer);
  }

  listen() {
    const { form } = this;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.answer(form.elements.guess.value);
    });
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      this.tell("");
    });
    this.buttons.forEach((button, i) => {
      button.addEventListener("click", () => this.answer(i));
    });
    const come = () =>
      this.veiled.some((each) => each.querySelector(":target")) && this.veil(false);
    addEventListener("hashchange", come);
    come();
  }

  veil(on) {
    this.root.classList.toggle("asking", on);
    for (const each of this.veiled) {
      each.classList.toggle("veiled", on);
      each.inert = on;
    }
  }

  // the number of an option, or the text of a guess
  answer(given) {
    if (this.buttons.length) this.choose(given);
    else this.guess(given);
  }

  choose(option) {
    const { spec, buttons } = this;
    buttons[option]?.classList.add(option === spec.right ? "right" : "wrong");
    this.keep(option);
    this.tell(spec.replies[option]);
  }

  guess(text) {
    const { spec, form } = this;
    const number = numberOf(text);
    if (Number.isNaN(number)) {
      this.part("said").textContent = `“${text}” is no number; type one such as 0.25 or 1e-6.`;
      return;
    }
    form.elements.guess.value = text;
    this.keep(text, { guess: number, truth: spec.truth, ratio: spec.ratio });
    this.tell(reply(spec, number));
    const figure = this.part("figure")?.querySelector(".explorable");
    if (figure) draw(figure, number);
  }

  keep(answer, numbers) {
    const question = this.part("asked").textContent;
    remember("answers", this.key, { answer, question, chapter: document.title, ...numbers });
  }

  tell(words) {
    this.part("said").textContent = words;
    this.root.classList.toggle("opened", !words);
    this.veil(false);
  }
}

// what stands behind a veil: so many of the blocks that follow, and the question's own figure
function veiled(root, figure) {
  const blocks = figure ? [figure] : [];
  let block = root.closest(".cell") || root;
  for (let left = +root.dataset.veils; left > 0; left--) {
    block = following(block);
    if (!block) break;
    blocks.push(block);
  }
  return blocks;
}

// the next block in the order of reading; headings stay visible
function following(block) {
  const next = block.nextElementSibling;
  if (next) return next.matches("section") ? following(next.firstElementChild) : next;
  const section = block.parentElement.closest("section");
  return section && following(section);
}

function draw(figure, guess) {
  if (!figure.querySelector("[name=guess]")) return;
  if (figure.explorable) figure.explorable.give("guess", guess);
  else setTimeout(draw, 50, figure, guess); // not brought to life yet
}

export function ask(root) {
  new Question(root);
}
