import type { Incident, IncidentId } from '../../pipelines/domain/incident.ts';
import type { PostId } from '../../pipelines/domain/post.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import { TIERS, type Tier } from '../../pipelines/domain/tier.ts';
import { daysOf, weekBefore, weekOf } from '../../pipelines/domain/week.ts';
import type { CaseFacts, IncidentFacts, WeekFacts } from '../../pipelines/6-report/facts.ts';

export const WEEK = weekOf('2026-W47');
export const HOUR = 3_600_000;
const post = (id: string): PostId => id as PostId;

/** An incident of the week that climbed from the street to `rung`, an hour a rung; name only what matters. */
export function anIncident(given: Partial<Incident> & { readonly id: IncidentId }): Incident {
  const openedAt = given.openedAt ?? WEEK.from + 20 * HOUR;
  const rung: Tier = given.rung ?? 'county';
  const tiers = TIERS.slice(1, TIERS.indexOf(rung) + 1);
  return {
    title: '小区停水三天',
    region: regionCode('410327100'),
    regionName: '河南省洛阳市宜阳县城关镇',
    rung,
    heat: 40,
    terms: ['停水'],
    kind: '投诉',
    need: '投诉',
    duty: ['供水'],
    urgent: false,
    lifeAtRisk: false,
    rumor: 0.1,
    firstPostAt: openedAt - 120_000,
    openedAt,
    lastPostAt: openedAt + 5 * HOUR,
    count: 24,
    copies: 60,
    steps: tiers.map((to, at) => ({
      from: at === 0 ? null : tiers[at - 1]!,
      to,
      at: openedAt + at * HOUR,
      because: ['不同的人都在说'],
      evidence: [post('p1')],
    })),
    state: 'open',
    ...given,
  };
}

export const aFile = (start: number, given: Partial<CaseFacts> = {}): CaseFacts => ({
  status: 'raised',
  start,
  due: start + 48 * HOUR,
  answers: [],
  handoffs: [],
  closedAt: null,
  outcome: null,
  refuted: null,
  reopened: 0,
  solved: 0,
  unsolved: 0,
  takenOver: 0,
  ...given,
});

export const anEntry = (incident: Incident, given: Partial<IncidentFacts> = {}): IncidentFacts => ({
  incident,
  place: '宜阳县城关镇',
  file: aFile(incident.openedAt),
  posts: [post('p1'), post('p2')],
  voices: [],
  precedents: [],
  echo: null,
  ...given,
});

export const incidentId = (id: string): IncidentId => id as IncidentId;

/** A quiet week with two counties and one source. */
export function weekFacts(given: Partial<WeekFacts> = {}): WeekFacts {
  return {
    week: WEEK,
    of: null,
    madeAt: WEEK.to + 8 * HOUR,
    drill: false,
    home: { code: regionCode('410300'), name: '洛阳市' },
    sources: [{ name: '微博采集', region: null, posts: 700, first: 420, gaps: [], caps: [] }],
    letters: 0,
    daily: daysOf(WEEK).map((day) => ({ day, platform: 'weibo', posts: 100, first: 60 })),
    moods: daysOf(WEEK).flatMap((day) => [
      { day, sentiment: 'negative' as const, first: 20 },
      { day, sentiment: 'neutral' as const, first: 30 },
      { day, sentiment: 'positive' as const, first: 10 },
    ]),
    needs: [
      { need: '投诉', urgent: false, posts: 30, first: 20 },
      { need: '求助', urgent: true, posts: 5, first: 4 },
    ],
    places: [
      { region: regionCode('410327100'), first: 200 },
      { region: regionCode('410305'), first: 100 },
      { region: regionCode('410300'), first: 20 },
      { region: null, first: 100 },
    ],
    duties: [
      { duty: '供水', need: '投诉', first: 12 },
      { duty: '应急', need: '求助', first: 4 },
    ],
    people: { number: 900_000, source: '演练取值' },
    dates: [],
    counties: [
      { code: regionCode('410305'), name: '涧西区', people: { number: 500_000, source: '演练取值' }, fed: true },
      { code: regionCode('410327'), name: '宜阳县', people: { number: 400_000, source: '演练取值' }, fed: true },
    ],
    incidents: [],
    claims: [],
    accounts: [],
    before: [2, 1].map((weeks) => ({
      week: weekBefore(WEEK, weeks),
      figures: {
        opened: weeks,
        risen: 1,
        onTime: { onTime: 5, of: 6 },
        longestWait: 30 + weeks,
        corrected: 0,
      },
      reached: [2, 2, 1, 0, 0, 0],
    })),
    versions: { program: '0.1.0', weights: 'test', store: 'embedded' },
    ...given,
  };
}
