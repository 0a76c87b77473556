/** The value at x; fills `gradient`. */
export type Slope = (x: Float64Array, gradient: Float64Array) => number;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

interface Memory {
  readonly steps: Float64Array[];
  readonly turns: Float64Array[];
}

/** The two-loop recursion of L-BFGS (Nocedal 1980): the direction downhill from what the last steps showed. */
function direction(gradient: Float64Array, memory: Memory): Float64Array {
  const q = Float64Array.from(gradient);
  const count = memory.steps.length;
  const alpha = new Float64Array(count);
  for (let k = count - 1; k >= 0; k--) {
    const s = memory.steps[k] as Float64Array;
    const y = memory.turns[k] as Float64Array;
    const a = dot(s, q) / dot(s, y);
    alpha[k] = a;
    for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) - a * (y[i] as number);
  }
  if (count > 0) {
    const s = memory.steps[count - 1] as Float64Array;
    const y = memory.turns[count - 1] as Float64Array;
    const scale = dot(s, y) / dot(y, y);
    for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) * scale;
  }
  for (let k = 0; k < count; k++) {
    const s = memory.steps[k] as Float64Array;
    const y = memory.turns[k] as Float64Array;
    const b = (alpha[k] as number) - dot(y, q) / dot(s, y);
    for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) + b * (s[i] as number);
  }
  for (let i = 0; i < q.length; i++) q[i] = -(q[i] as number);
  return q;
}

/** L-BFGS with backtracking, in place, from the given x. Deterministic: the same data gives the same bytes. */
export function minimise(slope: Slope, x: Float64Array, rounds: number, keep = 6, tolerance = 1e-5): number {
  let gradient = new Float64Array(x.length);
  let value = slope(x, gradient);
  const memory: Memory = { steps: [], turns: [] };
  for (let round = 0; round < rounds; round++) {
    const towards = direction(gradient, memory);
    let descent = dot(towards, gradient);
    if (descent >= 0) {
      memory.steps.length = 0;
      memory.turns.length = 0;
      for (let i = 0; i < x.length; i++) towards[i] = -(gradient[i] as number);
      descent = dot(towards, gradient);
    }
    let length = round === 0 ? 1 / Math.max(1, Math.sqrt(-descent)) : 1;
    const before = Float64Array.from(x);
    const next = new Float64Array(x.length);
    let found = Infinity;
    for (let tries = 0; tries < 25; tries++) {
      for (let i = 0; i < x.length; i++) x[i] = (before[i] as number) + length * (towards[i] as number);
      found = slope(x, next);
      if (found <= value + 1e-4 * length * descent) break;
      length /= 2;
    }
    if (!(found < value)) {
      x.set(before);
      break;
    }
    for (let i = 0; i < x.length; i++) {
      before[i] = (x[i] as number) - (before[i] as number);
      gradient[i] = (next[i] as number) - (gradient[i] as number);
    }
    if (dot(before, gradient) > 1e-12) {
      memory.steps.push(before);
      memory.turns.push(gradient);
      if (memory.steps.length > keep) {
        memory.steps.shift();
        memory.turns.shift();
      }
    }
    gradient = next;
    if (value - found < tolerance * Math.abs(value)) return found;
    value = found;
  }
  return value;
}
