import type { IncidentId } from '../domain/incident.ts';
import { TIERS, tierRank } from '../domain/tier.ts';
import type { Week } from '../domain/week.ts';
import type { CaseFacts, ClaimFacts, IncidentFacts, WeekFigures } from './facts.ts';

const HOUR = 3_600_000;
/** A rate of fewer is not shown: 样本不足. */
export const LEAST_CASES = 5;

export const within = (week: Pick<Week, 'from' | 'to'>, time: number): boolean => time >= week.from && time < week.to;

type Seen = Pick<IncidentFacts, 'incident' | 'file'>;

export const openedIn = (all: readonly Seen[], week: Week): readonly Seen[] =>
  all.filter(({ incident }) => within(week, incident.openedAt) && incident.state !== 'merged');

/** Those with a rise above the rung they opened on. */
export const risenIn = (all: readonly Seen[], week: Week): readonly Seen[] =>
  all.filter(
    ({ incident }) =>
      incident.state !== 'merged' && incident.steps.some((step) => step.from !== null && within(week, step.at)),
  );

/** The first word of the responsible account; relays are none. */
export const firstAnswer = (file: CaseFacts | null): number | null =>
  file?.answers.find(({ act }) => act === 'answered')?.at ?? null;

/** Those whose clock ran in the week: answered in it, or overdue and unanswered at its end. */
export interface Clocked {
  readonly onTime: readonly IncidentId[];
  readonly late: readonly IncidentId[];
  /** Overdue and still unanswered when the week ended. */
  readonly overdue: readonly IncidentId[];
}

/** 按时回应 = answered by its due time ÷ (answered + overdue and unanswered): what is overdue and open counts, or the rate would lie. */
export function clockedIn(all: readonly Seen[], week: Week): Clocked {
  const onTime: IncidentId[] = [];
  const late: IncidentId[] = [];
  const overdue: IncidentId[] = [];
  for (const { incident, file } of all) {
    if (file === null || incident.state === 'merged') continue;
    const answered = firstAnswer(file);
    if (answered !== null && answered < week.to) {
      if (within(week, answered)) (answered <= file.due ? onTime : late).push(incident.id);
    } else if (file.due < week.to && (file.closedAt === null || file.closedAt >= week.to)) overdue.push(incident.id);
  }
  return { onTime, late, overdue };
}

/** How long the incidents waited that had no answer when the week ended, longest first. */
export function waitingAtEnd(
  all: readonly Seen[],
  week: Week,
): readonly { readonly incident: IncidentId; readonly hours: number }[] {
  return all
    .filter(
      ({ incident, file }) =>
        file !== null &&
        incident.state !== 'merged' &&
        file.start < week.to &&
        (firstAnswer(file) ?? week.to) >= week.to &&
        (file.closedAt ?? week.to) >= week.to,
    )
    .map(({ incident, file }) => ({ incident: incident.id, hours: (week.to - file!.start) / HOUR }))
    .sort((a, b) => b.hours - a.hours);
}

export const correctedIn = (claims: readonly ClaimFacts[], week: Week): readonly ClaimFacts[] =>
  claims.filter(({ correctedAt }) => correctedAt !== null && within(week, correctedAt));

export function weekFigures(all: readonly Seen[], claims: readonly ClaimFacts[], week: Week): WeekFigures {
  const clocked = clockedIn(all, week);
  const longest = waitingAtEnd(all, week)[0];
  return {
    opened: openedIn(all, week).length,
    risen: risenIn(all, week).length,
    onTime: {
      onTime: clocked.onTime.length,
      of: clocked.onTime.length + clocked.late.length + clocked.overdue.length,
    },
    longestWait: longest === undefined ? null : Math.round(longest.hours * 10) / 10,
    corrected: correctedIn(claims, week).length,
  };
}

/** How many of the week's new incidents came to each rung or higher by its end, village first. */
export const reachedRungs = (all: readonly Seen[], week: Week): number[] =>
  reachedBy(all, week).map((incidents) => incidents.length);

/** Which they are, by rung. */
export function reachedBy(all: readonly Seen[], week: Week): readonly (readonly Seen[])[] {
  const highest = openedIn(all, week).map((each) => ({
    each,
    height: Math.max(-1, ...each.incident.steps.filter(({ at }) => at < week.to).map(({ to }) => tierRank(to))),
  }));
  return TIERS.map((_, rank) => highest.filter(({ height }) => height >= rank).map(({ each }) => each));
}
