/** Incidents of our own in a real stream: how many are found, how soon, how right is their rung, and can copies fool it? */
import { Detector } from '../pipelines/4-watch/detect.ts';
import { termsOf } from '../pipelines/4-watch/terms.ts';
import type { IncidentEvent } from '../pipelines/domain/incident.ts';
import type { FoldedPost, UnderstoodPost } from '../pipelines/domain/post.ts';
import { tierRank } from '../pipelines/domain/tier.ts';
import type { UnderstandingParts } from '../pipelines/pipeline.ts';
import { readBackground } from './background.ts';
import { atMost, CountMonitor, type Alarm } from './count-alarms.ts';
import { median } from './evaluate-watch-titles.ts';
import type { Figure } from './figure.ts';
import { wilson } from './measures.ts';
import { plantCopies, plantIncidents, type Planted } from './planted-incidents.ts';
import { understood, watchStream, type Raw } from './watch-stream.ts';

export const PLANTED_SEED = 20_261_123;
const COUNT = 240;
const COPY_BURSTS = 20;
const ACCOUNTS = 200;
const DAY = 86_400_000;
const DAYS = 14;
/** Midnight of Monday 2 November 2026 in Shanghai. */
const START = Date.UTC(2026, 10, 1, 16);
const MINUTE = 60_000;

export interface Opening {
  readonly event: Pick<IncidentEvent, 'at' | 'posts' | 'incident'>;
  /** The planted incident that at least half of its posts belong to, or null. */
  readonly of: string | null;
}

/** Whose incident a set of posts tells of: the planted one at least half of them belong to. */
export function ownerOf(posts: readonly string[], plantedOf: ReadonlyMap<string, string>): string | null {
  const counts = new Map<string, number>();
  for (const post of posts) {
    const planted = plantedOf.get(post);
    if (planted !== undefined) counts.set(planted, (counts.get(planted) ?? 0) + 1);
  }
  for (const [planted, count] of counts) if (count * 2 >= posts.length) return planted;
  return null;
}

interface Run {
  readonly openings: Opening[];
  readonly steps: IncidentEvent[];
  readonly mergedInto: ReadonlyMap<string, string>;
  readonly alarms: Alarm[];
  readonly seconds: number;
  readonly posts: number;
}

function run(parts: UnderstandingParts, raws: readonly Raw[], plantedOf: ReadonlyMap<string, string>): Run {
  const openings: Opening[] = [];
  const steps: IncidentEvent[] = [];
  const alarms: Alarm[] = [];
  const mergedInto = new Map<string, string>();
  const monitor = new CountMonitor(
    (post: UnderstoodPost) => termsOf({ ...post, group: post.id } satisfies FoldedPost).words,
  );
  const spent = watchStream(understood(parts, raws), new Detector({ names: parts.gazetteer }), {
    onBatch: (batch, { events }) => {
      for (const post of batch) {
        const alarm = monitor.see(post);
        if (alarm !== null) alarms.push(alarm);
      }
      for (const event of events) {
        if (event.event === 'opened') openings.push({ event, of: ownerOf(event.posts, plantedOf) });
        if (event.event === 'opened' || event.event === 'step') steps.push(event);
        if (event.into !== undefined) mergedInto.set(event.incident, event.into);
      }
    },
  });
  return { openings, steps, mergedInto, alarms, ...spent };
}

const byTime = (a: Raw, b: Raw): number => a.time - b.time || (a.id < b.id ? -1 : 1);

export function evaluatePlanted(data: string, parts: UnderstandingParts): Figure[] {
  const background = readBackground(data, START, DAYS);
  const plantAt = { seed: PLANTED_SEED, from: START + 3 * DAY, to: START + (DAYS - 1) * DAY };
  const planted = plantIncidents(parts.gazetteer, { ...plantAt, count: COUNT });
  const copies = plantCopies(parts.gazetteer, {
    ...plantAt,
    seed: PLANTED_SEED + 1,
    count: COPY_BURSTS,
    accounts: ACCOUNTS,
  });
  const plantedOf = new Map([...planted, ...copies].flatMap((one) => one.posts.map((post) => [post.id, one.id])));
  const raws = [...background, ...[...planted, ...copies].flatMap((one) => one.posts)].sort(byTime);
  const told = run(parts, raws, plantedOf);
  const fromCopies = told.openings.filter(
    ({ event, of }) => of?.startsWith('copies') === true && event.posts.every((post) => plantedOf.get(post) === of),
  ).length;
  const { found, figures } = foundFigures(planted, told);
  return [
    ...figures,
    ...rungFigures(planted, found, told),
    {
      ...line(
        'copies: incidents opened from copies alone, bursts of 200 accounts pasting one text',
        fromCopies,
        COPY_BURSTS,
      ),
      ...zero,
    },
    ...peerFigures(planted, told, plantedOf, found.size),
    line(`planted: background posts in ${DAYS} days (no million is at hand)`, background.length, background.length),
  ];
}

const zero = { bar: 0, goal: 0, lowerIsBetter: true };
const line = (metric: string, value: number, n: number): Figure => ({ head: 'watch', metric, value, n });
const share = (metric: string, hits: number, n: number): Figure => {
  const value = n === 0 ? 0 : hits / n;
  return { ...line(metric, value, n), ...wilson(value, n) };
};

function foundFigures(planted: readonly Planted[], told: Run): { found: Map<string, Opening>; figures: Figure[] } {
  const found = new Map<string, Opening>();
  for (const opening of told.openings)
    if (opening.of !== null && !opening.of.startsWith('copies') && !found.has(opening.of))
      found.set(opening.of, opening);
  const delays = planted.flatMap((one) => {
    const opening = found.get(one.id);
    if (opening === undefined) return [];
    const posts = one.posts.filter((post) => post.time <= opening.event.at).length;
    return [{ posts, minutes: (opening.event.at - one.posts[0]!.time) / MINUTE }];
  });
  const able = planted.filter((one) => one.kind === 'plea' || one.posts.length >= 3);
  const twice = told.openings.filter(({ of }) => of !== null).length - found.size;
  const strange = told.openings.filter(({ of }) => of === null).length;
  const wrong = told.openings.length - found.size;
  return {
    found,
    figures: [
      { ...share(`planted: recall, seed ${PLANTED_SEED}`, found.size, planted.length), bar: 0.85, goal: 0.95 },
      share(
        'planted: recall of those with three posts or a plea',
        able.filter((one) => found.has(one.id)).length,
        able.length,
      ),
      ...(['plea', 'complaint', 'accident', 'rumor', 'disaster'] as const).map((kind) => {
        const of = planted.filter((one) => one.kind === kind);
        return share(`planted: recall, ${kind}`, of.filter((one) => found.has(one.id)).length, of.length);
      }),
      {
        ...share('planted: precision (real events of the background count as false)', found.size, told.openings.length),
        bar: 0.8,
        goal: 0.9,
      },
      share('planted: precision where only planted posts are judged', found.size, told.openings.length - strange),
      line('planted: opened a second time', twice, wrong),
      line('planted: openings a day from the background alone', strange / DAYS, strange),
      {
        ...line('planted: median posts until open', median(delays.map((d) => d.posts)), delays.length),
        bar: 5,
        lowerIsBetter: true,
      },
      {
        ...line(
          'planted: median minutes until open (the bar asks for five posts or three minutes)',
          median(delays.map((d) => d.minutes)),
          delays.length,
        ),
        lowerIsBetter: true,
      },
    ],
  };
}

function rungFigures(planted: readonly Planted[], found: ReadonlyMap<string, Opening>, told: Run): Figure[] {
  let [exact, near, n] = [0, 0, 0];
  for (const one of planted) {
    const opening = found.get(one.id);
    if (opening === undefined) continue;
    let incident: string = opening.event.incident;
    for (let into = told.mergedInto.get(incident); into !== undefined; into = told.mergedInto.get(incident))
      incident = into;
    const ranks = told.steps.filter((step) => step.incident === incident).map((step) => tierRank(step.rung));
    const off = Math.abs(Math.max(...ranks) - tierRank(one.rung));
    n++;
    if (off === 0) exact++;
    if (off <= 1) near++;
  }
  return [
    { ...share('planted: rung exact, of those found', exact, n), bar: 0.9, goal: 0.97 },
    { ...share('planted: rung within one', near, n), bar: 0.99 },
  ];
}

/** The peer may raise as many alarms as the detector opened incidents. */
function peerFigures(
  planted: readonly Planted[],
  told: Run,
  plantedOf: ReadonlyMap<string, string>,
  ours: number,
): Figure[] {
  const alarms = atMost(told.alarms, told.openings.length);
  const owners = new Set(alarms.map((alarm) => ownerOf(alarm.posts, plantedOf)));
  const theirs = planted.filter((one) => owners.has(one.id)).length;
  const perDay = (count: number): string => (count / DAYS).toFixed(1);
  return [
    share(`peer: moving average on counts, recall at ${perDay(alarms.length)} alarms a day`, theirs, planted.length),
    {
      ...share(`peer: this detector, recall at ${perDay(told.openings.length)} openings a day`, ours, planted.length),
      bar: theirs / planted.length,
    },
  ];
}
