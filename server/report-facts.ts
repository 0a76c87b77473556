import type { CaseState } from '../pipelines/domain/case-state.ts';
import { CASE_STATUS_NAMES } from '../pipelines/domain/case-state.ts';
import { HANDOFF_MODE_NAMES, OUTCOME_NAMES } from '../pipelines/domain/case-event.ts';
import type { Incident } from '../pipelines/domain/incident.ts';
import type { Sentiment } from '../pipelines/domain/post.ts';
import { NEEDS } from '../pipelines/domain/post.ts';
import { EVERYTHING } from '../pipelines/domain/person.ts';
import { contains, type RegionCode } from '../pipelines/domain/region.ts';
import { weekAt, weekBefore, type Week } from '../pipelines/domain/week.ts';
import { mask } from '../pipelines/1-intake/mask.ts';
import { foldCase } from '../pipelines/5-respond/fold-case.ts';
import { runClock } from '../pipelines/5-respond/run-clock.ts';
import type { CaseFacts, ClaimFacts, IncidentFacts, PastWeek, WeekFacts } from '../pipelines/6-report/facts.ts';
import { mostImportant } from '../pipelines/6-report/show-incidents.ts';
import { reachedRungs, weekFigures } from '../pipelines/6-report/week-figures.ts';
import { readAccountHealth } from './report-accounts.ts';
import { ownName, readCounties, readSources } from './report-sources.ts';
import type { ReportParts } from './report-parts.ts';
import { readVoices } from './report-voices.ts';

const WEEKS_BEFORE = 8;
/** More incidents than any office has had: reading them is one pass over a table. */
const INCIDENTS_READ = 100_000;
const EVIDENCE_READ = 200;
const CARDS_READ = 5;

/** Reads everything a week's report is made from. @throws StoreUnavailable: try again later */
export async function readWeek(parts: ReportParts, week: Week, madeAt: number): Promise<WeekFacts> {
  const { store, home, names } = parts;
  const { from, to } = week;
  const span = { from, to };
  const all = readIncidents(parts, to);
  const touched = all.filter((each) => isOfWeek(each, week));
  const chosen = new Set(mostImportant(touched).slice(0, CARDS_READ));
  const incidents: IncidentFacts[] = [];
  for (const each of touched)
    incidents.push(
      chosen.has(each)
        ? {
            ...each,
            voices: await readVoices(store, each.posts),
            ...(await parts.lessons?.(each.incident.id)),
          }
        : each,
    );
  const sources = await readSources(parts, week);
  return {
    week,
    madeAt,
    drill: parts.drill,
    home: { code: home, name: ownName(home, names) },
    sources,
    letters: parts.inbox.letters.count().kept,
    daily: (await store.tally(span, ['day', 'platform'])).map(({ keys: [day, platform], posts, first }) => ({
      day: day!,
      platform: platform!,
      posts,
      first,
    })),
    moods: (await store.tally(span, ['day', 'sentiment'])).map(({ keys: [day, sentiment], first }) => ({
      day: day!,
      sentiment: sentiment as Sentiment,
      first,
    })),
    needs: (await store.tally(span, ['need', 'urgent'])).flatMap(({ keys: [need, urgent], posts, first }) => {
      const kind = NEEDS.find((each) => each === need);
      return kind === undefined ? [] : [{ need: kind, urgent: urgent === 'true', posts, first }];
    }),
    places: (await store.tally(span, ['region'])).flatMap(({ keys: [region], first }) => {
      const code = (region ?? null) as RegionCode | null;
      return code === null || contains(home, code) ? [{ region: code, first }] : [];
    }),
    counties: readCounties(parts, sources),
    incidents,
    claims: claimsOf(all, week),
    accounts: readAccountHealth(parts.accounts(), incidents, week),
    before: readBefore(all, week),
    versions: { ...parts.versions, store: store.name },
  };
}

type Read = Omit<IncidentFacts, 'voices'> & { readonly voices: [] };

function readIncidents(parts: ReportParts, before: number): Read[] {
  const { desk, cases, names } = parts;
  return desk
    .incidents({ scope: EVERYTHING, limit: INCIDENTS_READ })
    .filter(({ openedAt }) => openedAt < before)
    .map((incident): Read => {
      const state = foldCase(cases.events(incident.id));
      return {
        incident,
        place: incident.region === null ? '地点未定' : names.regions.regionName(incident.region),
        file: state === undefined ? null : caseFacts(state, incident, parts),
        posts: desk.evidence(incident.id, EVIDENCE_READ),
        voices: [],
        precedents: null,
        echo: null,
      };
    });
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
    reopened: state.round.n,
    solved: state.voices.filter(({ solved }) => solved).length,
    unsolved: state.voices.filter(({ solved }) => !solved).length,
    takenOver: state.overdue.filter(({ next }) => next !== null).length,
  };
}

function refutedIn({ claims }: CaseState): CaseFacts['refuted'] {
  const draft = claims.find(({ confirmed }) => confirmed !== undefined);
  return draft?.confirmed === undefined ? null : { at: draft.confirmed.at, sources: draft.sources };
}

/** Opened, heard of, answered or closed in the week, or still open at its end. */
function isOfWeek({ incident, file }: Read, { from, to }: Week): boolean {
  const times = [
    incident.openedAt,
    incident.lastPostAt,
    ...incident.steps.map(({ at }) => at),
    ...(file?.answers.map(({ at }) => at) ?? []),
    ...(file?.closedAt === null || file === null ? [] : [file.closedAt]),
  ];
  const waits = file !== null && file.closedAt === null && incident.state !== 'merged';
  return waits || times.some((at) => at >= from && at < to);
}

/** What was found of each claim: a draft that a second person confirmed says untrue, and the first word after it corrects. */
function claimsOf(all: readonly Read[], week: Week): ClaimFacts[] {
  return all.flatMap((each): ClaimFacts[] => {
    const { incident, file } = each;
    const { claim } = incident;
    if (claim === undefined || incident.state === 'merged' || !isOfWeek(each, week)) return [];
    const refuted = file?.refuted ?? null;
    const corrected =
      refuted === null ? undefined : file?.answers.find(({ act, at }) => act !== 'relayed' && at >= refuted.at);
    return [
      {
        incident,
        claim: mask(claim.text),
        firstAt: claim.firstAt,
        status: refuted === null ? 'needsCheck' : 'untrue',
        source: refuted?.sources.join('、') ?? null,
        correctedAt: corrected?.at ?? null,
        reach: claim.posts,
        correctionReach: null,
        residual24h: null,
      },
    ];
  });
}

/** The weeks before, back to the first that an incident is known of. */
function readBefore(all: readonly Read[], week: Week): PastWeek[] {
  const first = all.reduce((earliest, { incident }) => Math.min(earliest, incident.openedAt), Infinity);
  const known = Number.isFinite(first) ? weekAt(first).from : Infinity;
  return Array.from({ length: WEEKS_BEFORE }, (_, at) => weekBefore(week, WEEKS_BEFORE - at))
    .filter(({ from }) => from >= known)
    .map((past) => ({
      week: past,
      figures: weekFigures(all, claimsOf(all, past), past),
      reached: reachedRungs(all, past),
    }));
}
