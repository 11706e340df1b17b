// What the tape does element by element: the functions of NumPy, by their names. True is 1.

const rint = (x) => {
  const near = Math.round(x);
  return near - x === 0.5 && near % 2 ? near - 1 : near;
};

const remainder = (a, b) => {
  const rest = a % b;
  return rest && rest < 0 !== b < 0 ? rest + b : rest;
};

// NumPy takes the limit where JavaScript gives up: 1 to any power is 1
const power = (a, b) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b);

export const ELEMENTWISE = {
  absolute: Math.abs,
  add: (a, b) => a + b,
  arccos: Math.acos,
  arccosh: Math.acosh,
  arcsin: Math.asin,
  arcsinh: Math.asinh,
  arctan: Math.atan,
  arctan2: Math.atan2,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  divide: (a, b) => a / b,
  equal: (a, b) => +(a === b),
  exp: Math.exp,
  expm1: Math.expm1,
  floor: Math.floor,
  greater: (a, b) => +(a > b),
  greater_equal: (a, b) => +(a >= b),
  heaviside: (a, b) => (a === 0 ? b : a > 0 ? 1 : a < 0 ? 0 : NaN),
  isfinite: (a) => +Number.isFinite(a),
  isnan: (a) => +Number.isNaN(a),
  less: (a, b) => +(a < b),
  less_equal: (a, b) => +(a <= b),
  log: Math.log,
  log10: Math.log10,
  log1p: Math.log1p,
  logical_and: (a, b) => +(a !== 0 && b !== 0),
  logical_not: (a) => +(a === 0),
  logical_or: (a, b) => +(a !== 0 || b !== 0),
  maximum: Math.max,
  minimum: Math.min,
  multiply: (a, b) => a * b,
  negative: (a) => -a,
  not_equal: (a, b) => +(a !== b),
  power,
  remainder,
  rint,
  sign: Math.sign,
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  square: (a) => a * a,
  subtract: (a, b) => a - b,
  tan: Math.tan,
  tanh: Math.tanh,
  where: (a, b, c) => (a === 0 ? c : b),
};
