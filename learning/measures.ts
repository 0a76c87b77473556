import { random } from './random.ts';

/** Share of right answers. */
export const accuracy = (truth: readonly number[], said: readonly number[]): number =>
  truth.reduce((sum, label, i) => sum + (label === said[i] ? 1 : 0), 0) / Math.max(1, truth.length);

/** Mean of the classes' F1, as scikit-learn computes it over the classes seen in truth or answers. */
export function macroF1(truth: readonly number[], said: readonly number[]): number {
  const hits = new Map<number, [right: number, inTruth: number, inSaid: number]>();
  const cell = (label: number): [number, number, number] => {
    const held = hits.get(label) ?? [0, 0, 0];
    hits.set(label, held);
    return held;
  };
  truth.forEach((label, i) => {
    const answer = said[i] as number;
    cell(label)[1]++;
    cell(answer)[2]++;
    if (label === answer) cell(label)[0]++;
  });
  let sum = 0;
  for (const [right, inTruth, inSaid] of hits.values()) sum += (2 * right) / Math.max(1, inTruth + inSaid);
  return sum / Math.max(1, hits.size);
}

/** The chance that a positive scores above a negative (ties count half). */
export function areaUnderCurve(truth: readonly number[], scores: readonly number[]): number {
  const order = truth.map((_, i) => i).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let rankSum = 0;
  let positives = 0;
  for (let i = 0; i < order.length;) {
    let j = i;
    while (j < order.length && scores[order[j] as number] === scores[order[i] as number]) j++;
    const rank = (i + j + 1) / 2;
    for (let k = i; k < j; k++)
      if (truth[order[k] as number] === 1) {
        rankSum += rank;
        positives++;
      }
    i = j;
  }
  const negatives = truth.length - positives;
  return positives === 0 || negatives === 0
    ? 0.5
    : (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Wilson's 95 % interval for a share of n. */
export function wilson(share: number, n: number): { low: number; high: number } {
  if (n === 0) return { low: 0, high: 1 };
  const z = 1.96;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** The 95 % interval of a measure over rows drawn again with replacement (seeded). */
export function bootstrap(
  rows: number,
  measure: (rows: readonly number[]) => number,
  rounds = 400,
): { low: number; high: number } {
  const next = random(20_261_123);
  const values: number[] = [];
  for (let r = 0; r < rounds; r++) values.push(measure(Array.from({ length: rows }, () => Math.floor(next() * rows))));
  values.sort((a, b) => a - b);
  return { low: values[Math.floor(rounds * 0.025)] as number, high: values[Math.ceil(rounds * 0.975) - 1] as number };
}
