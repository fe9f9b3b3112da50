// The twin of convviz/areas.py: areas under products of piecewise-linear functions, and round numbers for axes.
// A function is a list of corners [t, value], straight in between, 0 outside; two corners at one t are a jump.

/** The straight pieces [a, b, value at a, value at b] of a function. */
const stretches = (corners) =>
  corners.slice(1).map(([b, atB], n) => [corners[n][0], b, corners[n][1], atB]).filter(([a, b]) => b > a);

const along = ([a, b, atA, atB], t) => atA + ((t - a) * (atB - atA)) / (b - a);

/** For every stretch of f that meets one of g: from, to, and f(t)·g(x − t) at from, middle, to. */
export function products(f, g, x) {
  const pairs = stretches(f).flatMap((one) => stretches(g).map((other) => [one, other]));
  return pairs.map(([one, other]) => {
    const [a, b] = [Math.max(one[0], x - other[1]), Math.min(one[1], x - other[0])];
    return { a, b, ends: [a, (a + b) / 2, b].map((t) => along(one, t) * along(other, x - t)) };
  }).filter(({ a, b }) => a < b);
}

/** (f ∗ g)(x): each product is quadratic, for which Simpson's rule is exact. */
export function area(f, g, x) {
  return products(f, g, x).reduce((sum, { a, b, ends: [left, middle, right] }) =>
    sum + ((b - a) / 6) * (left + 4 * middle + right), 0);
}

const tidy = (value) => Number(value.toPrecision(12));

/** The smallest of 1, 2, 5 times a power of ten that is not below `least`. */
export function roundStep(least) {
  const decade = 10 ** Math.floor(Math.log10(least));
  return tidy([1, 2, 5, 10].find((round) => round * decade >= least * (1 - 1e-9)) * decade);
}

/** The x at which the animation stops: a round step apart, at most 250 of them, the last one is the end. */
export function stops(start, end) {
  const step = roundStep((end - start) / 250);
  const count = Math.ceil((end - start) / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, n) => Math.min(end, tidy(start + n * step)));
}

/** Round numbers from low to high, at most `most` steps. */
export function ticks(low, high, most) {
  const step = roundStep((high - low) / most);
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, n) => tidy((first + n) * step));
}
