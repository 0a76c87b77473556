import type { StepRow } from '../../../server/contract/http.ts';
import { TIERS, tierRank, type Tier } from '../../../pipelines/domain/tier.ts';
import { hhmm, HOUR, MINUTE } from '../ui/time-words.ts';

export interface ChartStep {
  readonly index: number;
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  /** Height of the tread it rose from; undefined for the first. */
  readonly fromY: number | undefined;
  readonly rung: number;
  readonly current: boolean;
}

export interface StepChart {
  readonly steps: readonly ChartStep[];
  readonly levels: readonly { readonly tier: Tier; readonly y: number }[];
  readonly marks: readonly { readonly x: number; readonly words: string }[];
}

const TICKS = [10 * MINUTE, 20 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR];

/** A linear axis from a little before the first step to now, and only the rungs from its first up to one above its last. */
export function layStepChart(rows: readonly StepRow[], now: number, width: number, height: number): StepChart {
  const steps = rows.map((row, index) => ({ index, at: Date.parse(row.at), to: row.to })).sort((a, b) => a.at - b.at);
  const first = steps[0]?.at ?? now;
  const from = first - Math.max(5 * MINUTE, (now - first) * 0.06);
  const x = (at: number): number => (width * (Math.min(at, now) - from)) / Math.max(1, now - from);
  const ranks = steps.map((step) => tierRank(step.to));
  const low = Math.min(...ranks, TIERS.length - 1);
  const high = Math.min(TIERS.length - 1, Math.max(...ranks, 0) + 1);
  const y = (rank: number): number => height - ((rank - low + 0.5) * height) / (high - low + 1);
  const tick = TICKS.find((ms) => (now - from) / ms <= 6) ?? 24 * HOUR;
  const shift = 8 * HOUR;
  const marks: { x: number; words: string }[] = [];
  for (let at = Math.ceil((from + shift) / tick) * tick - shift; at < now - tick * 0.35; at += tick) {
    marks.push({ x: x(at), words: hhmm(at) });
  }
  return {
    steps: steps.map((step, i) => ({
      index: step.index,
      x: x(step.at),
      x2: x(steps[i + 1]?.at ?? now),
      y: y(tierRank(step.to)),
      fromY: i === 0 ? undefined : y(ranks[i - 1] ?? low),
      rung: tierRank(step.to) + 1,
      current: i === steps.length - 1,
    })),
    levels: TIERS.slice(low, high + 1).map((tier) => ({ tier, y: y(tierRank(tier)) })),
    marks,
  };
}
