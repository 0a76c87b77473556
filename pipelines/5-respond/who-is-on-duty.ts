import type { DutyMember, Shift, ShiftSpan } from '../domain/duty-roster.ts';
import { dateOf, dayStart, MINUTE, weekday } from '../domain/shanghai-time.ts';

const DAY = 1_440 * MINUTE;

/** Every turn of every shift that touches [from, to), by its beginning; those of one date stand beside the weekly ones. */
export function spansBetween(shifts: readonly Shift[], from: number, to: number): readonly ShiftSpan[] {
  const spans: ShiftSpan[] = [];
  // A turn that began the day before may still run.
  for (let day = dayStart(from) - DAY; day < to; day += DAY)
    for (const shift of shifts) {
      const { on } = shift;
      if ('date' in on ? on.date !== dateOf(day) : !on.days.includes(weekday(day))) continue;
      const began = day + shift.from * MINUTE;
      const ended = day + shift.to * MINUTE + (shift.to <= shift.from ? DAY : 0);
      if (began < to && ended > from) spans.push({ shift, from: began, to: ended });
    }
  return spans.sort((a, b) => a.from - b.from || a.shift.id - b.shift.id);
}

/** The turns that run at a moment: those of that date alone where there are any, else the weekly ones. */
export function onDuty(shifts: readonly Shift[], at: number): readonly ShiftSpan[] {
  const running = spansBetween(shifts, at, at + 1);
  const once = running.filter(({ shift }) => 'date' in shift.on);
  return once.length > 0 ? once : running;
}

/** The turns that begin after one moment and up to another and stand then, by their beginning. */
export const beginningBetween = (shifts: readonly Shift[], after: number, upTo: number): readonly ShiftSpan[] =>
  spansBetween(shifts, after, upTo + 1).filter(
    ({ shift, from }) =>
      from > after && from <= upTo && onDuty(shifts, from).some((standing) => standing.shift.id === shift.id),
  );

/** Whom to call at a moment, in order, each once: everybody on duty, then the leads. */
export function chainAt(shifts: readonly Shift[], leads: readonly DutyMember[], at: number): readonly DutyMember[] {
  const chain = [...onDuty(shifts, at).flatMap(({ shift }) => shift.members), ...leads];
  return chain.filter(
    ({ name, channel }, place) => chain.findIndex((one) => one.name === name && one.channel === channel) === place,
  );
}

/** Where nobody is on duty between two moments. */
export function gapsBetween(
  shifts: readonly Shift[],
  from: number,
  to: number,
): readonly { readonly from: number; readonly to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  let covered = from;
  for (const span of spansBetween(shifts, from, to)) {
    if (span.shift.members.length === 0) continue;
    if (span.from > covered) gaps.push({ from: covered, to: span.from });
    covered = Math.max(covered, span.to);
  }
  if (covered < to) gaps.push({ from: covered, to });
  return gaps;
}

/** The turn that ended last at or before a moment, not long ago: whose hand-over note is due. */
export function lastEnded(shifts: readonly Shift[], at: number, within = DAY): ShiftSpan | undefined {
  return [...spansBetween(shifts, at - within, at + 1)].filter(({ to }) => to <= at).sort((a, b) => b.to - a.to)[0];
}
