import type { CaseState } from '../pipelines/domain/case-state.ts';
import { CASE_STATUS_NAMES } from '../pipelines/domain/case-state.ts';
import { HANDOFF_MODE_NAMES, OUTCOME_NAMES } from '../pipelines/domain/case-event.ts';
import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import { seesIncident } from '../pipelines/domain/person.ts';
import type { Week } from '../pipelines/domain/week.ts';
import { runClock } from '../pipelines/5-respond/run-clock.ts';
import type { CaseFacts, IncidentFacts } from '../pipelines/6-report/facts.ts';
import type { Reported, ReportParts } from './report-parts.ts';

/** More than any office has had in nine weeks. */
const INCIDENTS_READ = 100_000;

export type ReadIncident = Omit<IncidentFacts, 'posts' | 'voices'> & { readonly posts: []; readonly voices: [] };

/**
 * The incidents that can count in a week since `since`: those spoken of since then, and those whose file was open or written in since
 * then. So the work grows with the weeks that are told of, not with the years that are kept.
 */
export function readIncidents(
  parts: ReportParts,
  { scope }: Reported,
  since: number,
  before: number,
): readonly ReadIncident[] {
  const { desk, cases, names } = parts;
  const byId = new Map<IncidentId, Incident>();
  for (const incident of desk.incidents({ scope, spokenSince: since, limit: INCIDENTS_READ }))
    byId.set(incident.id, incident);
  for (const state of cases.states()) {
    if (byId.has(state.incident) || !livedSince(state, since)) continue;
    const incident = desk.incident(state.incident);
    if (incident !== undefined && seesIncident(scope, incident)) byId.set(incident.id, incident);
  }
  return [...byId.values()]
    .filter(({ openedAt }) => openedAt < before)
    .sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))
    .map((incident): ReadIncident => {
      const state = cases.state(incident.id);
      return {
        incident,
        place: incident.region === null ? '地点未定' : names.regions.regionName(incident.region),
        file: state === undefined ? null : caseFacts(state, incident, parts),
        posts: [],
        voices: [],
        precedents: null,
        echo: null,
      };
    });
}

const livedSince = ({ closed, last, words }: CaseState, since: number): boolean =>
  closed === undefined || last.at >= since || closed.at >= since || words.some(({ word }) => word.publishedAt >= since);

/** Opened, heard of, answered or closed in the week, or still open at its end. */
export function isOfWeek({ incident, file }: Pick<IncidentFacts, 'incident' | 'file'>, { from, to }: Week): boolean {
  const times = [
    incident.openedAt,
    incident.lastPostAt,
    ...incident.steps.map(({ at }) => at),
    ...(file?.answers.map(({ at }) => at) ?? []),
    ...(file?.closedAt === null || file === null ? [] : [file.closedAt]),
  ];
  if (incident.openedAt >= to) return false;
  const waits = file !== null && (file.closedAt === null || file.closedAt >= to) && incident.state !== 'merged';
  return waits || times.some((at) => at >= from && at < to);
}

/** A file as the report counts it: the clock that ran, and accounts by the names people know. */
function caseFacts(state: CaseState, incident: Incident, { desk, names }: ReportParts): CaseFacts | null {
  const suggestion = desk.suggestion(incident.id);
  if (suggestion === undefined) return null;
  const clock = runClock(state, suggestion.clock, incident.lifeAtRisk);
  const nameOf = (id: string): string => names.account(id)?.name ?? id;
  return {
    status: CASE_STATUS_NAMES[state.status],
    start: clock.startAt,
    due: clock.dueAt,
    answers: state.words.map(({ kind, word }) => ({
      at: word.publishedAt,
      account: nameOf(word.account),
      tier: names.account(word.account)?.tier ?? null,
      act: kind,
      text: word.text,
    })),
    handoffs: state.handoffs.map((handoff) => ({
      to: nameOf(handoff.account),
      duty: names.account(handoff.account)?.duties ?? [],
      mode: HANDOFF_MODE_NAMES[handoff.mode],
      since: handoff.at,
      state:
        handoff.state === 'open' || handoff.state === 'accepted' || handoff.state === 'refused'
          ? handoff.state
          : 'done',
      next: handoff.refused === undefined ? null : nameOf(handoff.refused.next),
    })),
    closedAt: state.closed?.at ?? null,
    outcome: state.closed === undefined ? null : OUTCOME_NAMES[state.closed.outcome],
    refuted: refutedIn(state),
    // The first round is the file's beginning, not a reopening.
    reopened: Math.max(0, state.round.n - 1),
    solved: state.voices.filter(({ solved }) => solved).length,
    unsolved: state.voices.filter(({ solved }) => !solved).length,
    takenOver: state.overdue.filter(({ next }) => next !== null).length,
  };
}

function refutedIn({ claims }: CaseState): CaseFacts['refuted'] {
  const drafted = claims.findLast(({ confirmed }) => confirmed !== undefined);
  if (drafted?.confirmed === undefined) return null;
  return { at: drafted.confirmed.at, finding: drafted.draft?.finding ?? 'untrue', sources: drafted.sources };
}
