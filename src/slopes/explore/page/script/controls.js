// The controls of an explorable and their values, which are texts, as in the address.

const isChoice = (each) => each.tagName === "SELECT";

// `changed` is called when a value has, and `ended` at the end of a move
export class Controls {
  constructor(form, changed, ended) {
    Object.assign(this, { form, changed, ended });
    this.all = [...form.elements].filter((each) => each.name);
    this.sliders = this.all.filter((each) => !isChoice(each));
    this.choices = this.all.filter(isChoice);
    const start = (each) => (isChoice(each) ? each.value : each.dataset.start);
    this.starts = new Map(this.all.map((each) => [each, start(each)]));
    this.values = new Map(this.starts);
    this.listen();
  }

  // a number from anywhere: kept within the ends, and on a step unless it is the start
  give(slider, value, exactly) {
    const [low, high, step] = [+slider.min, +slider.max, +slider.dataset.step];
    let number = Math.max(low, Math.min(high, +value));
    if (Number.isNaN(number)) return;
    if (!exactly && number !== +this.starts.get(slider) && number !== high) {
      const near = low + Math.round((number - low) / step) * step;
      number = Math.min(high, +near.toPrecision(12));
    }
    this.put(slider, `${number}`);
    this.changed();
  }

  // what the address says of a control, as far as the control can take it
  restore(control, text) {
    if (!isChoice(control)) this.give(control, text.trim() === "" ? NaN : text, true);
    else if ([...control.options].some(({ value }) => value === text)) this.put(control, text);
  }

  reset() {
    for (const [control, start] of this.starts) this.put(control, start);
    this.changed();
    this.ended();
  }

  put(control, value) {
    this.values.set(control, value);
    control.value = value;
  }

  number(slider) {
    return +this.values.get(slider);
  }

  // a value as the reader sees it
  shown(control) {
    if (isChoice(control)) return control.value;
    const value = this.number(control);
    const text = value.toFixed(control.dataset.decimals);
    return (+text === value ? text : `${+value.toPrecision(10)}`).replace("-", "−");
  }

  summary() {
    return this.all.map((each) => `${each.dataset.label} = ${this.shown(each)}`).join(", ");
  }

  // writes each slider's value beside it
  tell() {
    for (const slider of this.sliders) {
      const text = this.shown(slider);
      slider.nextElementSibling.textContent = text;
      slider.setAttribute("aria-valuetext", text);
    }
  }

  // the number of the combination of options, of which the last turns fastest
  combination() {
    return this.choices.reduce((at, each) => at * each.length + each.selectedIndex, 0);
  }

  // keys on a slider, or on a part of the picture that stands for it
  keys(element, slider) {
    element.addEventListener("keydown", (event) => {
      const modified = event.altKey || event.ctrlKey || event.metaKey;
      const value = modified ? undefined : asked(slider, this.number(slider), event.key);
      if (value === undefined) return;
      event.preventDefault();
      event.stopPropagation(); // arrows turn the page elsewhere
      this.give(slider, value);
      this.ended();
    });
  }

  listen() {
    for (const each of this.sliders) {
      each.addEventListener("input", () => this.give(each, each.value));
      each.addEventListener("change", () => this.ended());
      this.keys(each, each);
    }
    for (const each of this.choices) {
      each.addEventListener("change", () => {
        this.values.set(each, each.value);
        this.changed();
        this.ended();
      });
      each.addEventListener("keydown", (event) => {
        if (event.key.startsWith("Arrow")) event.stopPropagation();
      });
    }
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", (event) => {
      event.preventDefault();
      this.reset();
    });
  }
}

// the value that a key asks for, if it asks for one
function asked(slider, value, key) {
  const step = +slider.dataset.step;
  return {
    ArrowRight: value + step,
    ArrowUp: value + step,
    ArrowLeft: value - step,
    ArrowDown: value - step,
    PageUp: value + 10 * step,
    PageDown: value - 10 * step,
    Home: +slider.min,
    End: +slider.max,
  }[key];
}
