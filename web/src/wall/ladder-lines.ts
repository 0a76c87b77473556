import type { IncidentRow } from '../../../server/contract/http.ts';
import { tierRank, type Tier } from '../../../pipelines/domain/tier.ts';
import { HOUR } from '../ui/time-words.ts';
import type { Band } from './ladder-layout.ts';

const SPANS = [2 * HOUR, 6 * HOUR] as const;

/** Two hours where everything shown began within them, else six: early in an incident minutes are what matters. */
export function ladderSpan(bands: readonly Band[], now: number): number {
  const first = Math.min(...bands.flatMap((band) => band.shown).map((row) => stepsOf(row)[0]?.at ?? now));
  return SPANS.find((span) => now - first <= span) ?? SPANS[1];
}

/** Root-time axis: 0 at the left edge and `span` ago, 1 now. Recent hours are wider. */
export const rootTime = (at: number, now: number, span: number): number =>
  1 - Math.sqrt(Math.min(1, Math.max(0, (now - at) / span)));

export interface Tread {
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
  /** The rung it is on now, as opposed to one it has left. */
  readonly current: boolean;
}

export interface Riser {
  readonly x: number;
  readonly y1: number;
  readonly y2: number;
  /** 1…6. */
  readonly rung: number;
}

export interface LadderLine {
  readonly id: string;
  readonly treads: readonly Tread[];
  readonly risers: readonly Riser[];
  /** Where it was first seen; undefined where that is before the left edge. */
  readonly start: { readonly x: number; readonly y: number } | undefined;
}

const NEAR = 9;
const CLEAR = 11;

/** The path of every shown incident: treads on the rungs it was on, risers where it rose, ending at its own row. */
export function drawLines(bands: readonly Band[], now: number, span: number, width: number): readonly LadderLine[] {
  const rowYs = new Map<string, number>();
  for (const band of bands) {
    band.shown.forEach((row, i) => rowYs.set(row.id, band.top + (i + 0.5) * band.rowHeight));
  }
  const passing = passingYs(bands, [...rowYs.values()]);
  const riserXs: number[] = [];
  const rows = bands.flatMap((band) => band.shown);
  return rows.map((row) => {
    const own = rowYs.get(row.id) ?? 0;
    const steps = stepsOf(row);
    const yOf = (i: number): number =>
      i === steps.length - 1 ? own : (passing.get(`${row.id} ${steps[i]?.to ?? ''}`) ?? own);
    const xs: number[] = [];
    steps.forEach((step, i) => {
      const x = width * rootTime(step.at, now, span);
      xs.push(i === 0 ? x : apart(x, riserXs, xs[i - 1] ?? 0, width));
      if (i > 0) riserXs.push(xs[i] ?? x);
    });
    const treads = steps.map((_, i) => ({
      x1: xs[i] ?? 0,
      x2: xs[i + 1] ?? width,
      y: yOf(i),
      current: i === steps.length - 1,
    }));
    const risers = steps
      .slice(1)
      .map((step, i) => ({ x: xs[i + 1] ?? 0, y1: yOf(i), y2: yOf(i + 1), rung: tierRank(step.to) + 1 }));
    const firstX = xs[0] ?? 0;
    return { id: row.id, treads, risers, start: firstX > 0 ? { x: firstX, y: yOf(0) } : undefined };
  });
}

/** The dated steps, oldest first; an incident whose first step is not told starts on its rung when it was opened. */
function stepsOf(row: IncidentRow): readonly { readonly to: Tier; readonly at: number }[] {
  const steps = row.steps.map((step) => ({ to: step.to, at: Date.parse(step.at) })).sort((a, b) => a.at - b.at);
  if (steps.at(-1)?.to !== row.rung) steps.push({ to: row.rung, at: Date.parse(row.openedAt) });
  return steps;
}

/** Heights of the treads that incidents have left, spread over the band and clear of the rows that are there now. */
function passingYs(bands: readonly Band[], rows: readonly number[]): ReadonlyMap<string, number> {
  const ys = new Map<string, number>();
  const left = bands
    .flatMap((band) => band.shown)
    .flatMap((row) =>
      stepsOf(row)
        .slice(0, -1)
        .map((step) => ({ row, step })),
    )
    .sort((a, b) => a.step.at - b.step.at);
  for (const band of bands) {
    const here = left.filter(({ step }) => step.to === band.tier);
    here.forEach(({ row, step }, i) => {
      let y = band.top + (band.height * (i + 1)) / (here.length + 1);
      const near = rows.find((other) => Math.abs(other - y) < CLEAR);
      if (near !== undefined) y = near + (y >= near ? CLEAR : -CLEAR);
      ys.set(`${row.id} ${step.to}`, y);
    });
  }
  return ys;
}

/** Two risers at one moment would be drawn as one: the later moves aside, never before the step it comes from. */
function apart(x: number, others: readonly number[], from: number, width: number): number {
  for (let away = 0; away < 8; away++) {
    for (const at of [x + away * NEAR, x - away * NEAR]) {
      const free = others.every((other) => Math.abs(other - at) >= NEAR);
      if (free && at >= from && at <= width - NEAR) return at;
    }
  }
  return Math.min(Math.max(x, from), width - NEAR);
}
