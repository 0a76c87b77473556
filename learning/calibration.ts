import type { Bin, Figure } from './figure.ts';
import { bootstrap } from './measures.ts';

/** One answer: how likely the model called it, 0…1, and what was true. */
export interface Rated {
  readonly score: number;
  readonly truth: boolean;
}

const BINS = 10;

/** Ten equal bins of scores; each says how often it came true. Empty ones stay, so that a table shows the gaps. */
export function reliability(rows: readonly Rated[]): Bin[] {
  const bins = Array.from({ length: BINS }, (_, at) => ({ from: at / BINS, n: 0, said: 0, came: 0 }));
  for (const { score, truth } of rows) {
    const bin = bins[Math.min(BINS - 1, Math.floor(score * BINS))];
    if (bin === undefined) continue;
    bin.n++;
    bin.said += score;
    if (truth) bin.came++;
  }
  return bins.map(({ from, n, said, came }) => ({
    from,
    n,
    said: n === 0 ? null : said / n,
    came: n === 0 ? null : came / n,
  }));
}

/** Expected calibration error: how far the bins' scores lie from what came true, weighed by their rows. */
export const expectedError = (rows: readonly Rated[]): number =>
  reliability(rows).reduce((sum, { n, said, came }) => sum + n * Math.abs((said ?? 0) - (came ?? 0)), 0) /
  Math.max(1, rows.length);

/** Brier score: the mean square of score minus truth; always saying the share of truths gives share × (1 − share). */
export const brier = (rows: readonly Rated[]): number =>
  rows.reduce((sum, { score, truth }) => sum + (score - (truth ? 1 : 0)) ** 2, 0) / Math.max(1, rows.length);

/** Both, with intervals by drawing the rows again, and the bins behind them. */
export function calibrationFigures(on: string, rows: readonly Rated[]): Figure[] {
  const drawn = (measure: (rows: readonly Rated[]) => number): { low: number; high: number } =>
    bootstrap(rows.length, (at) => measure(at.map((i) => rows[i] as Rated)));
  const n = rows.length;
  return [
    {
      head: 'calibration',
      metric: `expected error, ${on}`,
      value: expectedError(rows),
      n,
      ...drawn(expectedError),
      lowerIsBetter: true,
      bins: reliability(rows),
    },
    { head: 'calibration', metric: `Brier, ${on}`, value: brier(rows), n, ...drawn(brier), lowerIsBetter: true },
  ];
}
