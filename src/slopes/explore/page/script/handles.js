// A point of the picture that can be dragged up and down, which moves a slider.

import { inverse, scale, set } from "./geometry.js";

export class Handle {
  // `axes` are those of the point, and `point` tells where it is in the numbers of the data
  constructor(slider, controls, picture, axes, point) {
    Object.assign(this, { slider, controls, axes, point });
    this.svg = picture.querySelector("svg");
    this.element = document.createElement("div");
    set(this.element, {
      class: "explorable-handle",
      role: "slider",
      tabindex: 0,
      "aria-orientation": "vertical",
      "aria-label": `${slider.dataset.label}, on the picture`,
      "aria-valuemin": slider.min,
      "aria-valuemax": slider.max,
    });
    picture.append(this.element);
    controls.keys(this.element, slider);
    this.listen();
  }

  listen() {
    const { element, controls, slider } = this;
    element.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      element.focus({ preventScroll: true });
      element.setPointerCapture(event.pointerId);
    });
    element.addEventListener("pointermove", (event) => {
      if (element.hasPointerCapture(event.pointerId)) controls.give(slider, this.value(event));
    });
    element.addEventListener("lostpointercapture", () => controls.ended());
  }

  // width and height of the picture, in its own units
  size() {
    return this.svg.getAttribute("viewBox").split(" ").slice(2).map(Number);
  }

  // the number of the data at the height of the pointer
  value({ clientY }) {
    const { top, height } = this.svg.getBoundingClientRect();
    return inverse(this.axes.y)(((clientY - top) / height) * this.size()[1]);
  }

  // to where the point is drawn; hidden where that is outside the picture
  follow() {
    const [width, height] = this.size();
    const [x, y] = this.point();
    const [left, top] = [scale(this.axes.x)(x), scale(this.axes.y)(y)];
    this.element.hidden = !(Number.isFinite(left) && top >= 0 && top <= height);
    this.element.style.left = `${(100 * left) / width}%`;
    this.element.style.top = `${(100 * top) / height}%`;
    set(this.element, {
      "aria-valuenow": this.controls.number(this.slider),
      "aria-valuetext": this.controls.shown(this.slider),
    });
  }
}
