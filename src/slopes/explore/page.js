// Brings the explorables of a page to life: replays their tapes and redraws what moves.
(() => {
  "use strict";

  // --- numbers as the reader sees them, digit for digit as Python writes them

  const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

  // x rounded to some decimals; an exact half goes to the even digit
  function rounded(write, places) {
    const text = write(places).split("e");
    const exact = write(100).split("e")[0];
    const rest = exact.slice(text[0].length);
    if (/^\.?50*$/.test(rest) && /[13579]$/.test(text[0])) text[0] = exact.slice(0, text[0].length);
    return text;
  }

  const fixed = (x, places) =>
    Math.abs(x) < 1e21 ? rounded((n) => x.toFixed(n), places)[0] : x.toFixed(places);
  const scientific = (x, places) => rounded((n) => x.toExponential(n), places);
  const trimmed = (digits) => (digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits);

  function general(x, digits) {
    const [mantissa, exponent] = scientific(x, digits - 1);
    if (exponent < -4 || exponent >= digits) return [trimmed(mantissa), exponent];
    return [trimmed(fixed(x, digits - 1 - exponent))];
  }

  function formatted(x, spec) {
    if (Number.isNaN(x)) return "none";
    if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
    const [, plus, places = 6, type] = /^(\+?)(?:\.(\d+))?([efg]?)$/.exec(spec || ".4g");
    let [digits, exponent] =
      type === "f" ? [fixed(x, +places)] : type === "e" ? scientific(x, +places) : general(x, +places || 1);
    if (plus && digits[0] !== "-") digits = "+" + digits;
    if (+digits === 0) digits = digits.replace("-", "");
    const power = exponent === undefined ? "" : "×10" + [...`${+exponent}`].map((c) => SUPERSCRIPTS[c]).join("");
    return digits.replace("-", "−") + power;
  }

  // --- the tape

  const rint = (x) => {
    const near = Math.round(x);
    return near - x === 0.5 && near % 2 ? near - 1 : near;
  };
  const remainder = (a, b) => {
    const rest = a % b;
    return rest && rest < 0 !== b < 0 ? rest + b : rest;
  };
  const logaddexp = (a, b) => (a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))));
  const either = (pick) => (a, b) => (a !== a ? b : b !== b ? a : pick(a, b));
  const M = Math;
  const ELEMENTWISE = {
    absolute: M.abs, arccos: M.acos, arccosh: M.acosh, arcsin: M.asin, arcsinh: M.asinh,
    arctan: M.atan, arctan2: M.atan2, arctanh: M.atanh, cbrt: M.cbrt, ceil: M.ceil, cos: M.cos,
    cosh: M.cosh, exp: M.exp, expm1: M.expm1, floor: M.floor, hypot: M.hypot, log: M.log,
    log10: M.log10, log1p: M.log1p, log2: M.log2, maximum: M.max, minimum: M.min, power: M.pow,
    sign: M.sign, sin: M.sin, sinh: M.sinh, sqrt: M.sqrt, tan: M.tan, tanh: M.tanh, trunc: M.trunc,
    add: (a, b) => a + b, subtract: (a, b) => a - b, multiply: (a, b) => a * b, divide: (a, b) => a / b,
    negative: (a) => -a, square: (a) => a * a, exp2: (a) => 2 ** a, rint, remainder, logaddexp,
    floor_divide: (a, b) => M.round((a - remainder(a, b)) / b),
    copysign: (a, b) => (b < 0 || 1 / b < 0 ? -M.abs(a) : M.abs(a)),
    heaviside: (a, b) => (a === 0 ? b : a > 0 ? 1 : a < 0 ? 0 : NaN),
    fmax: either(M.max), fmin: either(M.min),
    equal: (a, b) => +(a === b), not_equal: (a, b) => +(a !== b), less: (a, b) => +(a < b),
    less_equal: (a, b) => +(a <= b), greater: (a, b) => +(a > b), greater_equal: (a, b) => +(a >= b),
    logical_and: (a, b) => +!!(a && b || (a !== a && b) || (b !== b && a)),
    logical_or: (a, b) => +!!(a || b || a !== a || b !== b),
    logical_xor: (a, b) => +(!!a !== !!b), logical_not: (a) => +(a === 0),
    isfinite: (a) => +Number.isFinite(a), isnan: (a) => +(a !== a),
    isinf: (a) => +(a === Infinity || a === -Infinity), where: (a, b, c) => (a ? b : c),
  };

  const constant = (data) => Float64Array.from(Array.isArray(data) ? data : [data], (x) => x ?? NaN);

  function spaced(start, stop, count, ratio) {
    const step = ratio ? M.log(stop / start) / (count - 1) : (stop - start) / (count - 1);
    const row = Float64Array.from({ length: count }, (_, i) => (ratio ? start * M.exp(i * step) : i * step + start));
    row[count - 1] = stop;
    return row;
  }

  function places([start, ...pairs]) {
    let grid = [start];
    for (let k = 0; k < pairs.length; k += 2) {
      grid = grid.flatMap((at) => Array.from({ length: pairs[k] }, (_, i) => at + i * pairs[k + 1]));
    }
    return Int32Array.from(grid);
  }

  const gather = (row, index) => {
    const out = new Float64Array(index.length);
    return [out, () => { for (let i = 0; i < out.length; i++) out[i] = row[index[i]]; }];
  };

  function elementwise(f, rows) {
    const out = new Float64Array(M.max(...rows.map((row) => row.length)));
    const [a, b, c] = rows;
    const [p, q, r] = rows.map((row) => +(row.length > 1));
    const n = out.length;
    if (!b) return [out, () => { for (let i = 0; i < n; i++) out[i] = f(a[i * p]); }];
    if (!c) return [out, () => { for (let i = 0; i < n; i++) out[i] = f(a[i * p], b[i * q]); }];
    return [out, () => { for (let i = 0; i < n; i++) out[i] = f(a[i * p], b[i * q], c[i * r]); }];
  }

  function fold(f, row, length) {
    const out = new Float64Array(row.length / length);
    return [out, () => {
      for (let i = 0; i < out.length; i++) {
        let total = row[i * length];
        for (let k = 1; k < length; k++) total = f(total, row[i * length + k]);
        out[i] = total;
      }
    }];
  }

  function scan(f, row, length) {
    const out = new Float64Array(row.length);
    return [out, () => {
      for (let i = 0; i < out.length; i++) out[i] = i % length ? f(out[i - 1], row[i]) : row[i];
    }];
  }

  function extreme(ahead, row, length) {
    const out = new Float64Array(row.length / length);
    return [out, () => {
      for (let i = 0; i < out.length; i++) {
        let best = 0;
        const at = (k) => row[i * length + k];
        for (let k = 1; k < length; k++) {
          if (at(best) === at(best) && (ahead(at(k), at(best)) || at(k) !== at(k))) best = k;
        }
        out[i] = best;
      }
    }];
  }

  function matmul(a, b, batch, m, k, n) {
    const out = new Float64Array(batch * m * n);
    return [out, () => {
      for (let t = 0; t < batch * m; t++) {
        const from = M.floor(t / m) * k * n;
        for (let j = 0; j < n; j++) {
          let total = 0;
          for (let l = 0; l < k; l++) total += a[t * k + l] * b[from + l * n + j];
          out[t * n + j] = total;
        }
      }
    }];
  }

  function join(rows) {
    const out = new Float64Array(rows.reduce((total, row) => total + row.length, 0));
    return [out, () => {
      let at = 0;
      for (const row of rows) { out.set(row, at); at += row.length; }
    }];
  }

  function interp(x, xp, fp) {
    const out = new Float64Array(x.length);
    const last = xp.length - 1;
    return [out, () => {
      for (let i = 0; i < out.length; i++) {
        let low = 0, high = last;
        while (high - low > 1) {
          const middle = (low + high) >> 1;
          if (xp[middle] <= x[i]) low = middle; else high = middle;
        }
        out[i] = x[i] <= xp[0] ? fp[0] : x[i] >= xp[last] ? fp[last]
          : fp[low] + ((fp[high] - fp[low]) / (xp[high] - xp[low])) * (x[i] - xp[low]);
      }
    }];
  }

  // each node: its row of numbers, how to renew it, and which sliders it depends on
  function player({ ops, tape }) {
    const nodes = [];
    for (const [code, ...rest] of tape) {
      const [name, way] = ops[code].split(" ");
      const f = ELEMENTWISE[way || name];
      const rows = () => inputs.map((i) => nodes[i].row);
      const fresh = name === "slider" || name === "constant" || name === "spaced";
      let inputs = fresh ? [] : [rest[0]], made;
      if (name === "slider") made = [new Float64Array(1)];
      else if (name === "constant") made = [constant(rest[0])];
      else if (name === "spaced") made = [spaced(...rest)];
      else if (name === "join") made = join((inputs = rest, rows()));
      else if (name === "interp") made = interp(...(inputs = rest, rows()));
      else if (name === "stride") made = gather(...rows(), places(rest.slice(1)));
      else if (name === "pick") made = gather(...(inputs = rest, rows()));
      else if (name === "matmul") made = matmul(...(inputs = rest.slice(0, 2), rows()), ...rest.slice(2));
      else if (name === "fold") made = fold(f, ...rows(), rest[1]);
      else if (name === "scan") made = scan(f, ...rows(), rest[1]);
      else if (name === "argmax") made = extreme((a, b) => a > b, ...rows(), rest[1]);
      else if (name === "argmin") made = extreme((a, b) => a < b, ...rows(), rest[1]);
      else made = elementwise(f, (inputs = rest, rows()));
      const needs = new Set(name === "slider" ? [nodes.length] : inputs.flatMap((i) => [...nodes[i].needs]));
      nodes.push({ row: made[0], renew: made[1], inputs, needs, stale: true });
    }
    const sliders = nodes.filter((_, i) => ops[tape[i][0]] === "slider");

    // the nodes that some results need, in order
    function plan(results) {
      const wanted = new Set();
      const visit = (i) => { if (!wanted.has(i)) { wanted.add(i); nodes[i].inputs.forEach(visit); } };
      results.forEach(visit);
      return [...wanted].sort((a, b) => a - b).map((i) => nodes[i]);
    }

    function set(place, value) {
      if (sliders[place].row[0] === value) return;
      sliders[place].row[0] = value;
      for (const node of nodes) if (node.needs.has(place)) node.stale = true;
    }

    // renews what is stale; says which nodes have new numbers
    function play(steps) {
      const fresh = new Set();
      for (const node of steps) {
        if (!node.stale) continue;
        if (node.renew) node.renew();
        node.stale = false;
        fresh.add(node);
      }
      return fresh;
    }

    return { nodes, plan, set, play };
  }

  // --- drawing

  const FAR = 1e6;
  const place = ([log, slope, offset]) => (value) => {
    if (!Number.isFinite(value)) return NaN;
    const along = log ? M.log(value > 0 ? value : 0) : value;
    return M.max(-FAR, M.min(FAR, slope * along + offset));
  };
  const hundredths = (x) => M.round(x * 100) / 100;

  function path(count, x, y) {
    let text = "", pen = "M";
    for (let i = 0; i < count; i++) {
      const a = x(i), b = y(i);
      if (a - a === 0 && b - b === 0) { text += pen + hundredths(a) + " " + hundredths(b); pen = " "; }
      else pen = "M";
    }
    return text;
  }

  const box = (left, right, bottom, top) =>
    [left, right, bottom, top].every(Number.isFinite)
      ? path(4, (i) => [left, left, right, right][i], (i) => [bottom, top, top, bottom][i]) + "z" : "";

  const set = (element, attributes) => {
    for (const key in attributes) element.setAttribute(key, attributes[key]);
  };

  // for each kind of artist: how it takes its rows of numbers
  const KINDS = {
    line(spec, groups) {
      const [x, y] = [place(spec.x), place(spec.y)];
      const line = spec.line && groups[0].querySelector("path");
      const marks = spec.mark && groups[0].querySelector("g");
      return (xs, ys) => {
        const a = (i) => x(xs[i]), b = (i) => y(ys[i]), count = ys.length;
        if (line) line.setAttribute("d", path(count, a, b));
        while (marks && marks.children.length !== count) {
          if (marks.children.length > count) marks.lastChild.remove();
          else marks.append(marks.lastChild.cloneNode());
        }
        for (let i = 0; marks && i < count; i++) {
          const [left, top] = [a(i), b(i)], seen = left - left === 0 && top - top === 0;
          set(marks.children[i], { x: seen ? hundredths(left) : -FAR, y: seen ? hundredths(top) : -FAR });
        }
      };
    },
    rule(spec, groups) {
      const [low, high] = spec.across, at = place(spec.along);
      const line = groups[0].querySelector("path");
      return ([value]) => {
        const ends = (i) => (i ? high : low), here = () => at(value);
        line.setAttribute("d", spec.vertical ? path(2, here, ends) : path(2, ends, here));
      };
    },
    span(spec, groups) {
      const [from, to] = spec.across, at = place(spec.along);
      const area = groups[0].querySelector("path");
      return ([low], [high]) => {
        const sides = spec.vertical ? [at(low), at(high), from, to] : [from, to, at(low), at(high)];
        area.setAttribute("d", box(...sides));
      };
    },
    band(spec, groups) {
      const [x, y] = [place(spec.x), place(spec.y)];
      const area = groups[0].querySelector("path");
      return (xs, lows, highs) => {
        let text = "", run = [];
        const close = () => {
          const n = run.length;
          const pick = (i) => (i < n ? run[i] : run[2 * n - 1 - i]);
          if (n) text += path(2 * n, (i) => pick(i)[0], (i) => pick(i)[i < n ? 1 : 2]) + "z";
          run = [];
        };
        for (let i = 0; i < xs.length; i++) {
          const point = [x(xs[i]), y(lows[i]), y(highs[i])];
          if (point.every(Number.isFinite)) run.push(point); else close();
        }
        close();
        area.setAttribute("d", text);
      };
    },
    bars(spec, groups) {
      const y = place(spec.y);
      const bars = groups.map((group) => group.querySelector("path"));
      return (heights) => bars.forEach((bar, i) => {
        const [left, right, base] = spec.bars[i];
        bar.setAttribute("d", box(left, right, y(base), y(base + heights[i])));
      });
    },
    label(spec, groups) {
      const [x, y] = [place(spec.x), place(spec.y)];
      const text = groups[0].querySelector("text");
      return ([a], [b], [number]) => {
        const left = x(a), top = y(b), seen = left - left === 0 && top - top === 0;
        text.textContent = seen ? spec.before + formatted(number, spec.format) + spec.after : "";
        set(text, { x: seen ? hundredths(left) : 0, y: seen ? hundredths(top) : 0 });
      };
    },
    heat(spec, groups, picture) {
      const still = groups[0].querySelector("image");
      const [width, height] = picture.querySelector("svg").getAttribute("viewBox").split(" ").slice(2);
      const part = (key, whole) => `${(100 * still.getAttribute(key)) / whole}%`;
      const canvas = Object.assign(document.createElement("canvas"), { width: spec.columns, height: spec.rows });
      Object.assign(canvas.style, {
        left: part("x", width), top: part("y", height),
        width: part("width", width), height: part("height", height),
      });
      canvas.setAttribute("aria-hidden", "true");
      picture.prepend(canvas);
      still.style.display = "none";
      const colours = new Uint32Array(Uint8Array.from(atob(spec.colours), (c) => c.charCodeAt(0)).buffer);
      const context = canvas.getContext("2d");
      const image = context.createImageData(spec.columns, spec.rows);
      const pixels = new Uint32Array(image.data.buffer);
      const count = colours.length - 1;
      return (values) => {
        const { log, low, high, rows, columns } = spec;
        const scale = count / (high - low);
        for (let row = 0, i = 0; row < rows; row++) {
          const start = (spec.upturned ? rows - 1 - row : row) * columns;
          for (let column = 0; column < columns; column++, i++) {
            const level = M.floor(((log ? M.log(values[i]) : values[i]) - low) * scale);
            const at = start + (spec.mirrored ? columns - 1 - column : column);
            pixels[at] = colours[level - level === 0 ? (level < 0 ? 0 : level < count ? level : count - 1) : count];
          }
        }
        context.putImageData(image, 0, 0);
      };
    },
  };

  // --- one explorable

  function bring(root) {
    const spec = JSON.parse(root.querySelector("script").textContent);
    const part = (name) => root.querySelector(`.explorable-${name}`);
    const picture = part("picture"), form = part("controls"), goal = part("goal");
    const { nodes, plan, set: turn, play } = player(spec);
    const plans = spec.outputs.map(({ artists, read }) =>
      plan([...Object.values(artists).flat(), ...read.map(([node]) => node)]));
    const draw = {};
    for (const name in spec.artists) {
      const groups = [...picture.querySelectorAll("[data-artist]")].filter((g) => g.dataset.artist === name);
      draw[name] = KINDS[spec.artists[name].kind](spec.artists[name], groups, picture);
    }
    const sliders = [...form.querySelectorAll("input")], choices = [...form.querySelectorAll("select")];
    const controls = [...form.elements].filter((each) => each.name);
    const numbers = [...root.querySelectorAll(".explorable-numbers dd")];
    const key = root.closest("[id^=fig-]")?.id || root.id;
    const starts = new Map(controls.map((each) => [each, each.tagName === "SELECT" ? each.value : each.dataset.start]));
    const values = new Map(starts);
    let shown = -1, waiting = 0, reached;

    const shownValue = (each) => {
      if (each.tagName === "SELECT") return each.value;
      const value = +values.get(each), text = value.toFixed(each.dataset.places);
      return (+text === value ? text : `${+value.toPrecision(10)}`).replace("-", "−");
    };

    function redraw() {
      waiting = 0;
      sliders.forEach((each, i) => turn(i, +values.get(each)));
      const combination = choices.reduce((at, each) => at * each.length + each.selectedIndex, 0);
      const { artists, read } = spec.outputs[combination];
      const fresh = play(plans[combination]);
      const changed = (places) => shown !== combination || places.some((i) => fresh.has(nodes[i]));
      for (const name in artists) {
        if (changed(artists[name])) draw[name](...artists[name].map((i) => nodes[i].row));
      }
      read.forEach(([node, flag], i) => {
        const value = nodes[node].row[0];
        if (i < numbers.length) numbers[i].textContent = flag ? (value ? "yes" : "no") : formatted(value);
        else reached = !!value;
      });
      if (goal) {
        goal.classList.toggle("reached", reached);
        goal.querySelector("strong").textContent = reached ? "✓ Reached" : "Not yet reached";
      }
      for (const each of controls) {
        const text = shownValue(each);
        if (each.tagName === "INPUT") {
          each.nextElementSibling.textContent = text;
          each.setAttribute("aria-valuetext", text);
        }
      }
      part("values").textContent = controls.map((each) => `${each.dataset.label} = ${shownValue(each)}`).join(", ");
      shown = combination;
      handles.forEach((follow) => follow());
    }

    const soon = () => { waiting ||= requestAnimationFrame(redraw); };

    // a value from anywhere: kept within the ends, and on a step unless it is the start
    function give(each, value, exactly) {
      const low = +each.min, high = +each.max, step = +each.dataset.step;
      let number = M.max(low, M.min(high, +value));
      if (Number.isNaN(number)) return;
      if (!exactly && number !== +starts.get(each) && number !== high) {
        number = M.min(high, +(low + M.round((number - low) / step) * step).toPrecision(12));
      }
      values.set(each, `${number}`);
      each.value = number;
      soon();
    }

    // the end of a move: say what came of it, and put it into the address
    let ending;
    function end() {
      clearTimeout(ending);
      ending = setTimeout(() => {
        if (waiting) { cancelAnimationFrame(waiting); redraw(); }
        const facts = [part("values").textContent];
        numbers.forEach((each) => facts.push(`${each.previousElementSibling.textContent} ${each.textContent}`));
        if (goal) facts.push(`Goal ${reached ? "reached" : "not yet reached"}`);
        part("said").textContent = facts.join(". ");
        const query = new URLSearchParams(location.search);
        for (const each of controls) {
          const name = `${key}.${each.name}`;
          if (values.get(each) === starts.get(each)) query.delete(name); else query.set(name, values.get(each));
        }
        const text = query.toString();
        try { history.replaceState(history.state, "", (text ? `?${text}` : location.pathname) + location.hash); } catch { /* a page from a folder */ }
      }, 400);
    }

    // a key on a slider or on a point of the picture: the value it asks for
    function asked(each, pressed) {
      const value = +values.get(each), step = +each.dataset.step;
      const to = {
        ArrowRight: value + step, ArrowUp: value + step, ArrowLeft: value - step, ArrowDown: value - step,
        PageUp: value + 10 * step, PageDown: value - 10 * step, Home: +each.min, End: +each.max,
      };
      return to[pressed];
    }

    function keys(element, each) {
      element.addEventListener("keydown", (event) => {
        const value = event.altKey || event.ctrlKey || event.metaKey ? undefined : asked(each, event.key);
        if (value === undefined) return;
        event.preventDefault();
        event.stopPropagation(); // arrows turn the page elsewhere
        give(each, value);
        end();
      });
    }

    for (const each of sliders) {
      each.addEventListener("input", () => give(each, each.value));
      each.addEventListener("change", end);
      keys(each, each);
    }
    for (const each of choices) {
      each.addEventListener("change", () => { values.set(each, each.value); soon(); end(); });
      each.addEventListener("keydown", (event) => { if (event.key.startsWith("Arrow")) event.stopPropagation(); });
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      for (const [each, start] of starts) {
        values.set(each, start);
        each.value = start;
      }
      soon();
      end();
    });

    // points of the picture that can be dragged up and down
    const handles = [];
    for (const name in spec.drags) {
      const { x, y } = spec.artists[name];
      const svg = picture.querySelector("svg");
      const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
      spec.drags[name].forEach((slider, i) => {
        const each = form.elements[slider];
        const handle = document.createElement("div");
        set(handle, {
          class: "explorable-handle", role: "slider", tabindex: 0, "aria-orientation": "vertical",
          "aria-label": `${each.dataset.label}, on the picture`, "aria-valuemin": each.min, "aria-valuemax": each.max,
        });
        picture.append(handle);
        const value = (event) => {
          const { top, height: drawn } = svg.getBoundingClientRect();
          const along = (((event.clientY - top) / drawn) * height - y[2]) / y[1];
          return y[0] ? M.exp(along) : along;
        };
        handle.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          handle.focus({ preventScroll: true });
          handle.setPointerCapture(event.pointerId);
        });
        handle.addEventListener("pointermove", (event) => {
          if (handle.hasPointerCapture(event.pointerId)) give(each, value(event));
        });
        handle.addEventListener("lostpointercapture", end);
        keys(handle, each);
        handles.push(() => {
          const rows = spec.outputs[shown].artists[name].map((node) => nodes[node].row);
          const left = place(x)(rows[0][i]), top = place(y)(rows[1][i]);
          handle.hidden = !(Number.isFinite(left) && top >= 0 && top <= height);
          Object.assign(handle.style, { left: `${(100 * left) / width}%`, top: `${(100 * top) / height}%` });
          set(handle, { "aria-valuenow": values.get(each), "aria-valuetext": shownValue(each) });
        });
      });
    }

    // what the address says
    const query = new URLSearchParams(location.search);
    for (const each of controls) {
      const said = query.get(`${key}.${each.name}`);
      if (said === null) continue;
      if (each.tagName === "INPUT") give(each, said.trim() === "" ? NaN : said, true);
      else if ([...each.options].some((option) => option.value === said)) {
        each.value = said;
        values.set(each, said);
      }
    }

    form.hidden = false;
    root.classList.add("alive");
    root.explorable = { give: (name, value) => give(form.elements[name], value, true), redraw, nodes };
    redraw();
  }

  // each in a task of its own: in between, the page can answer its reader
  const start = () => document.querySelectorAll(".explorable:not(.alive)").forEach((root, i) =>
    i ? setTimeout(bring, 0, root) : bring(root));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
