// One explorable: what its controls say goes through the tape into the picture and the numbers.

import { restore, save } from "./address.js";
import { artists } from "./artists.js";
import { Controls } from "./controls.js";
import { formatted } from "./format.js";
import { Handle } from "./handles.js";
import { player } from "./tape.js";

const PAUSE = 400; // ms without a move: then it has ended

class Explorable {
  constructor(root) {
    this.part = (name) => root.querySelector(`.explorable-${name}`);
    this.key = root.closest("[id^=fig-]")?.id || root.id;
    this.spec = JSON.parse(root.querySelector("script").textContent);
    this.tape = player(this.spec);
    this.plans = this.spec.outputs.map(({ artists, read }) =>
      this.tape.plan([...Object.values(artists).flat(), ...read.map(([node]) => node)]),
    );
    this.drawings = this.addDrawings([...root.querySelectorAll(".explorable-picture")]);
    this.goal = this.part("goal");
    this.numbers = [...root.querySelectorAll(".explorable-numbers dd")];
    const [changed, ended] = [() => this.soon(), () => this.end()];
    this.controls = new Controls(this.part("controls"), changed, ended);
    this.handles = this.addHandles();
  }

  // the drawing for wide screens and that for narrow ones, of which the page shows one
  addDrawings(pictures) {
    const { artists: wide, narrow } = this.spec;
    const moved = Object.keys(wide).map((name) => [name, { ...wide[name], ...narrow[name] }]);
    const specs = [wide, Object.fromEntries(moved)];
    return pictures.map((picture, i) => {
      return { picture, specs: specs[i], draw: artists(specs[i], picture) };
    });
  }

  addHandles() {
    const { spec, controls, drawings } = this;
    return Object.entries(spec.drags).flatMap(([name, sliders]) =>
      sliders.flatMap((slider, i) => {
        const point = () => this.rows(name).map((row) => row[i]);
        const control = controls.form.elements[slider];
        return drawings.map(
          ({ picture, specs }) => new Handle(control, controls, picture, specs[name], point),
        );
      }),
    );
  }

  rows(name) {
    return this.output.artists[name].map((i) => this.tape.nodes[i].row);
  }

  soon() {
    this.waiting ||= requestAnimationFrame(() => this.redraw());
  }

  redraw() {
    this.waiting = 0;
    const { controls, tape, spec } = this;
    for (const [i, each] of controls.sliders.entries()) tape.turn(i, controls.number(each));
    const combination = controls.combination();
    const fresh = tape.play(this.plans[combination]);
    const before = this.output;
    this.output = spec.outputs[combination];
    for (const [name, nodes] of Object.entries(this.output.artists)) {
      const changed = before !== this.output || nodes.some((i) => fresh.has(tape.nodes[i]));
      if (changed) for (const { draw } of this.drawings) draw[name](...this.rows(name));
    }
    this.read();
    controls.tell();
    this.part("values").textContent = controls.summary();
    for (const each of this.handles) each.follow();
  }

  // the numbers beside the picture, and the goal, which is the last to read
  read() {
    this.output.read.forEach(([node, flag], i) => {
      const value = this.tape.nodes[node].row[0];
      if (i === this.numbers.length) this.judge(!!value);
      else this.numbers[i].textContent = flag ? (value ? "yes" : "no") : formatted(value);
    });
  }

  judge(reached) {
    this.reached = reached;
    this.goal.classList.toggle("reached", reached);
    this.goal.querySelector("strong").textContent = reached ? "✓ Reached" : "Not yet reached";
  }

  // the end of a move: says what came of it, and puts it into the address
  end() {
    clearTimeout(this.ending);
    this.ending = setTimeout(() => {
      if (this.waiting) {
        cancelAnimationFrame(this.waiting);
        this.redraw();
      }
      this.part("said").textContent = this.facts().join(". ");
      this.describe();
      save(this.controls, this.key);
    }, PAUSE);
  }

  // what the picture shows, and at what it stands now
  describe() {
    const now = `Now: ${this.facts().join(". ")}.`;
    for (const { picture } of this.drawings) {
      const svg = picture.querySelector("svg");
      svg.dataset.alt ??= svg.getAttribute("aria-label");
      svg.setAttribute("aria-label", `${svg.dataset.alt} ${now}`.trim());
    }
  }

  facts() {
    const numbers = this.numbers.map(
      (each) => `${each.previousElementSibling.textContent} ${each.textContent}`,
    );
    const goal = this.goal ? [`Goal ${this.reached ? "reached" : "not yet reached"}`] : [];
    return [this.controls.summary(), ...numbers, ...goal];
  }
}

// starts the explorable that the page has in `root`, and lets scripts set it
export function bring(root) {
  // a page that a browser has saved carries what was added to it
  for (const each of root.querySelectorAll(".explorable-handle, canvas")) each.remove();
  const made = new Explorable(root);
  const { controls, tape, key } = made;
  restore(controls, key);
  controls.form.hidden = false;
  root.classList.add("alive");
  root.explorable = {
    give: (name, value) => controls.give(controls.form.elements[name], value, true),
    redraw: () => made.redraw(),
    nodes: tape.nodes,
  };
  made.redraw();
  made.describe();
}
