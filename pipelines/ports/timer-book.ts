import type { IncidentId } from '../domain/incident.ts';

/** What happens when a clock has run so far: half gone, four fifths gone, gone. */
export const TIMER_KINDS = ['half', 'eighty', 'due'] as const;
export type TimerKind = (typeof TIMER_KINDS)[number];

export interface CaseTimer {
  readonly incident: IncidentId;
  readonly kind: TimerKind;
  /** The seq of the hand-off whose own minutes run; absent for the clock of the whole file. */
  readonly handoff?: number;
  /** Epoch ms. */
  readonly at: number;
}

/**
 * The timers that are set, kept on disk. They are only a shelf of what the files say: whoever sets them derives them from the fold,
 * so that setting them again is always right.
 */
export interface TimerBook {
  /** Takes the place of every timer of each of these incidents; an empty list takes them off. */
  set(timers: ReadonlyMap<IncidentId, readonly CaseTimer[]>): void;
  /** At or before `now`, earliest first. */
  due(now: number, limit: number): readonly CaseTimer[];
  /** When the earliest one fires; undefined where none is set. */
  next(): number | undefined;
  count(): number;
}

/**
 * Of the timers of one file that are due by now, those that say where it stands: the last of the whole file's clock, and the last of
 * each hand-off's own.
 */
export function latestDue(timers: readonly CaseTimer[], now: number): readonly CaseTimer[] {
  const latest = new Map<number | undefined, CaseTimer>();
  for (const timer of timers) {
    const held = latest.get(timer.handoff);
    if (timer.at <= now && (held === undefined || held.at <= timer.at)) latest.set(timer.handoff, timer);
  }
  return [...latest.values()].sort((a, b) => a.at - b.at);
}
