import { tierRank } from '../pipelines/domain/tier.ts';
import { atMost } from './count-alarms.ts';
import { median } from './evaluate-watch-titles.ts';
import type { Figure } from './figure.ts';
import { wilson } from './measures.ts';
import type { Planted } from './planted-incidents.ts';
import { livesOnIn, ownerOf, type Opening, type Run } from './planted-run.ts';

const MINUTE = 60_000;

export const line = (metric: string, value: number, n: number): Figure => ({ head: 'watch', metric, value, n });
export const share = (metric: string, hits: number, n: number): Figure => {
  const value = n === 0 ? 0 : hits / n;
  return { ...line(metric, value, n), ...wilson(value, n) };
};

/** The first opening of each planted incident. */
export function firstOpenings(told: Pick<Run, 'openings'>): Map<string, Opening> {
  const found = new Map<string, Opening>();
  for (const opening of told.openings)
    if (opening.of !== null && !opening.of.startsWith('copies') && !found.has(opening.of))
      found.set(opening.of, opening);
  return found;
}

/** Recall, precision and delay. `what` names the stream: `planted, seed 5`. */
export function foundFigures(what: string, days: number, planted: readonly Planted[], told: Run): Figure[] {
  const found = firstOpenings(told);
  const delays = planted.flatMap((one) => {
    const opening = found.get(one.id);
    if (opening === undefined) return [];
    const posts = one.posts.filter((post) => post.time <= opening.event.at).length;
    return [{ posts, minutes: (opening.event.at - one.posts[0]!.time) / MINUTE }];
  });
  const able = planted.filter((one) => one.kind === 'plea' || one.posts.length >= 3);
  const twice = told.openings.filter(({ of }) => of !== null).length - found.size;
  const strange = told.openings.filter(({ of }) => of === null).length;
  const kinds = ['plea', 'complaint', 'accident', 'rumor', 'disaster'] as const;
  return [
    { ...share(`${what}: recall`, found.size, planted.length), bar: 0.85, goal: 0.95 },
    share(
      `${what}: recall of those with three posts or a plea`,
      able.filter((one) => found.has(one.id)).length,
      able.length,
    ),
    ...kinds.map((kind) => {
      const of = planted.filter((one) => one.kind === kind);
      return share(`${what}: recall, ${kind}`, of.filter((one) => found.has(one.id)).length, of.length);
    }),
    {
      ...share(`${what}: precision (real events of the background count as false)`, found.size, told.openings.length),
      bar: 0.8,
      goal: 0.9,
    },
    share(`${what}: precision where only planted posts are judged`, found.size, told.openings.length - strange),
    line(`${what}: opened a second time`, twice, told.openings.length - found.size),
    line(`${what}: openings a day from the background alone`, strange / days, strange),
    {
      ...line(`${what}: median posts until open`, median(delays.map((delay) => delay.posts)), delays.length),
      bar: 5,
      lowerIsBetter: true,
    },
    {
      ...line(
        `${what}: median minutes until open (the bar asks for five posts or three minutes)`,
        median(delays.map((delay) => delay.minutes)),
        delays.length,
      ),
      lowerIsBetter: true,
    },
  ];
}

export function rungFigures(what: string, planted: readonly Planted[], told: Run): Figure[] {
  const found = firstOpenings(told);
  let [exact, near, n] = [0, 0, 0];
  for (const one of planted) {
    const opening = found.get(one.id);
    if (opening === undefined) continue;
    const incident = livesOnIn(told, opening.event.incident);
    const ranks = told.steps.filter((step) => step.incident === incident).map((step) => tierRank(step.rung));
    const off = Math.abs(Math.max(...ranks) - tierRank(one.rung));
    n++;
    if (off === 0) exact++;
    if (off <= 1) near++;
  }
  return [
    { ...share(`${what}: rung exact, of those found`, exact, n), bar: 0.9, goal: 0.97 },
    { ...share(`${what}: rung within one`, near, n), bar: 0.99 },
  ];
}

/** Incidents opened on nothing but copies of one text. */
export function copyFigure(what: string, told: Run, plantedOf: ReadonlyMap<string, string>, bursts: number): Figure {
  const fromCopies = told.openings.filter(
    ({ event, of }) => of?.startsWith('copies') === true && event.posts.every((post) => plantedOf.get(post) === of),
  ).length;
  const metric = `${what}: incidents opened from copies alone, bursts of 200 accounts pasting one text`;
  return { ...line(metric, fromCopies, bursts), bar: 0, goal: 0, lowerIsBetter: true };
}

/** The peer may raise as many alarms as the detector opened incidents. */
export function peerFigures(
  what: string,
  days: number,
  planted: readonly Planted[],
  told: Run,
  plantedOf: ReadonlyMap<string, string>,
): Figure[] {
  const alarms = atMost(told.alarms, told.openings.length);
  const owners = new Set(alarms.map((alarm) => ownerOf(alarm.posts, plantedOf)));
  const theirs = planted.filter((one) => owners.has(one.id)).length;
  const ours = firstOpenings(told).size;
  const perDay = (count: number): string => (count / days).toFixed(1);
  return [
    share(
      `${what}, peer: moving average on counts, recall at ${perDay(alarms.length)} alarms a day`,
      theirs,
      planted.length,
    ),
    {
      ...share(
        `${what}, peer: this detector, recall at ${perDay(told.openings.length)} openings a day`,
        ours,
        planted.length,
      ),
      bar: theirs / planted.length,
    },
  ];
}
