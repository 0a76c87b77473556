import { EVERYTHING } from '../pipelines/domain/person.ts';
import { NEEDS, type NeedKind, type Sentiment } from '../pipelines/domain/post.ts';
import { contains, type RegionCode } from '../pipelines/domain/region.ts';
import { dateOf } from '../pipelines/domain/shanghai-time.ts';
import { weekAt, weekBefore, type Week } from '../pipelines/domain/week.ts';
import type { IncidentFacts, PastWeek, WeekFacts } from '../pipelines/6-report/facts.ts';
import { chooseCards } from '../pipelines/6-report/show-incidents.ts';
import { reachedRungs, weekFigures } from '../pipelines/6-report/week-figures.ts';
import { tidyTally, type TallyKey, type TallyRow } from '../pipelines/ports/post-tally.ts';
import { readAccountHealth } from './report-accounts.ts';
import { isKeptBefore, keptSince } from './kept-since.ts';
import { claimsOf, measureClaims } from './report-claims.ts';
import { isOfWeek, readIncidents, type ReadIncident } from './report-incidents.ts';
import { readLessons } from './report-lessons.ts';
import type { Reported, ReportParts } from './report-parts.ts';
import { ownName, readCounties, readSources } from './report-sources.ts';
import { readVoices } from './report-voices.ts';

const WEEKS_BEFORE = 8;
const EVIDENCE_READ = 200;

/** A report of a region reads strictly what lies in it, whoever asked: everybody who may see the region may read it. */
export const reportedOf = (of: RegionCode | null): Reported => ({
  of,
  scope: of === null ? EVERYTHING : { regions: [of], incidents: new Set() },
});

/** Reads everything a week's report is made from. `of`: null for the whole deployment. @throws StoreUnavailable: try again later */
export async function readWeek(
  parts: ReportParts,
  week: Week,
  of: RegionCode | null,
  madeAt: number,
): Promise<WeekFacts> {
  const { store, names, desk } = parts;
  const reported = reportedOf(of);
  const home = of ?? parts.home;
  const span = { from: week.from, to: week.to, ...(of === null ? {} : { region: of }) };
  const tally = (...by: readonly TallyKey[]): Promise<readonly TallyRow[]> => store.tally(span, by);
  const all = readIncidents(parts, reported, weekBefore(week, WEEKS_BEFORE).from, week.to);
  const touched = all
    .filter((each) => isOfWeek(each, week))
    .map((each): IncidentFacts => ({ ...each, posts: desk.evidence(each.incident.id, EVIDENCE_READ) }));
  const incidents: IncidentFacts[] = [];
  const chosen = new Set(chooseCards(touched, week));
  for (const each of touched)
    incidents.push(
      chosen.has(each)
        ? {
            ...each,
            voices: await readVoices(store, reported.scope, each),
            ...(await readLessons(parts, reported.scope, each.incident, madeAt)),
          }
        : each,
    );
  // A tally looks at every post of the week: what can be summed from one is not asked for twice.
  const days = await tally('day', 'platform', 'sentiment');
  const places = await tally('region', 'source');
  const sources = readSources(parts, reported, week, over(places, 1));
  const next = { from: dateOf(week.to), to: dateOf(week.to + (week.to - week.from)) };
  return {
    week,
    of,
    madeAt,
    drill: parts.drill,
    home: { code: home, name: ownName(home, names) },
    sources,
    ...((await isKeptBefore(store, reported, week.from)) ? {} : { since: await keptSince(store, reported, madeAt) }),
    letters: of === null ? parts.inbox.letters.count().kept : null,
    daily: over(days, 0, 1).map(({ keys: [day, platform], posts, first }) => ({
      ...{ day: day!, platform: platform!, posts, first },
    })),
    moods: over(days, 0, 2).map(({ keys: [day, sentiment], first }) => ({
      ...{ day: day!, sentiment: sentiment as Sentiment, first },
    })),
    needs: (await tally('need', 'urgent')).flatMap(({ keys: [need, urgent], posts, first }) =>
      isNeed(need) ? [{ need, urgent: urgent === 'true', posts, first }] : [],
    ),
    duties: (await tally('need', 'duty')).flatMap(({ keys: [need, duty], first }) =>
      isNeed(need) && duty !== null && duty !== undefined ? [{ need, duty, first }] : [],
    ),
    places: over(places, 0).flatMap(({ keys: [region], first }) => {
      const code = (region ?? null) as RegionCode | null;
      return code === null || contains(home, code) ? [{ region: code, first }] : [];
    }),
    people: parts.population.get(home) ?? null,
    counties: readCounties(parts, home, sources),
    incidents,
    claims: await measureClaims(parts, reported.scope, claimsOf(all, week), week, madeAt),
    accounts: readAccountHealth(
      parts.accounts().filter((account) => of === null || contains(of, account.region)),
      all,
      week,
    ),
    dates: parts.dates
      .filter(({ day }) => day >= next.from && day < next.to)
      .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)),
    before: readBefore(all, week),
    versions: { ...parts.versions, store: store.name },
  };
}

/** The same counts by fewer keys: those at these places. */
const over = (rows: readonly TallyRow[], ...at: readonly number[]): readonly TallyRow[] =>
  tidyTally(rows.map((row) => ({ ...row, keys: at.map((place) => row.keys[place] ?? null) })));

const isNeed = (value: string | null | undefined): value is NeedKind => NEEDS.some((need) => need === value);

/** The weeks before, back to the first that an incident is known of. */
function readBefore(all: readonly ReadIncident[], week: Week): PastWeek[] {
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
