import { availableParallelism, loadavg } from 'node:os';

/** One measured number: what, how much, in what unit, and the bar it has to meet. Printed as one JSON line. */
export interface BenchFigure {
  readonly bench: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar?: string;
  readonly ok?: boolean;
  readonly note?: string;
}

export type Report = (figure: BenchFigure) => void;

export const machine = (): string =>
  `node ${process.versions.node}, ${availableParallelism()} cores, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`;

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** The p-th percentile (0…100) of numbers in any order. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}
