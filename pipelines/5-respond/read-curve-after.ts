import type { IncidentDocument } from '../domain/incident-document.ts';
import type { CurveAfter } from '../domain/precedent.ts';

const HOUR = 3_600_000;

/**
 * What the curve of a past incident did; null where no hour is known.
 *
 * @param answeredAt when it was first answered in public, epoch ms
 */
export function readCurveAfter(
  { curve, steps, openedAt, state }: Pick<IncidentDocument, 'curve' | 'steps' | 'openedAt' | 'state'>,
  answeredAt: number | null,
): CurveAfter | null {
  const sorted = [...curve].sort((a, b) => a.at - b.at);
  const [first] = sorted;
  if (first === undefined) return null;
  const from = answeredAt ?? openedAt;
  const peak = sorted.reduce((best, hour) => (hour.posts > best.posts ? hour : best), first);
  const rise = steps.find(({ at, from: below }) => at > from && below !== null);
  return {
    from,
    peak: { ...peak, afterAnswer: answeredAt !== null && peak.at + HOUR > answeredAt },
    hoursToHalf: hoursToHalf(sorted, peak, state !== 'open'),
    nextRung: rise === undefined ? null : { to: rise.to, at: rise.at, after: rise.at - from },
  };
}

/** Hours without a post are not in the curve; after its last one it is only known to be over where the incident is. */
function hoursToHalf(
  sorted: IncidentDocument['curve'],
  peak: IncidentDocument['curve'][number],
  over: boolean,
): number | null {
  const posts = new Map(sorted.map((hour) => [hour.at, hour.posts]));
  const last = sorted.at(-1)!.at;
  for (let at = peak.at + HOUR; at <= last || over; at += HOUR)
    if ((posts.get(at) ?? 0) <= peak.posts / 2) return (at - peak.at) / HOUR;
  return null;
}
