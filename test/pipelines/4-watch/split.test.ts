import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Detector } from '../../../pipelines/4-watch/detect.ts';
import type { Watch } from '../../../pipelines/4-watch/ledger.ts';
import type { FoldedPost } from '../../../pipelines/domain/post.ts';
import { aPost, codesAsNames, HOUR, MINUTE, MONDAY } from '../../seeds/posts.ts';

const talk = Array.from({ length: 3_000 }, (_, at) =>
  aPost({ words: ['早饭 豆腐汤', '晚霞 好看', '公园 桂花'][at % 3]!, at: '410303', time: MONDAY + at * 7_000 }),
);
const EVENING = MONDAY + 6 * HOUR;

/** Two troubles in two counties of one small city, which a national stream hardly ever names. */
const WATER = { code: '540421', words: '停水 水压 水管 水厂 抢修' };
const BLAST = { code: '540422', words: '爆炸 巨响 火光 浓烟 救护车' };
const tell = (of: typeof WATER, who: number, minute: number): FoldedPost =>
  aPost({
    words: `${of.words} 旁人${of.code}${who}`,
    at: of.code,
    need: '投诉',
    negative: true,
    time: EVENING + minute * MINUTE,
    author: { key: `${of.code} ${who}`, kind: 'ordinary' },
  });

const both = [0, 1, 2, 3].flatMap((at) => [tell(WATER, at, at * 5)]);
const then = [0, 1, 2, 3].flatMap((at) => [tell(BLAST, at, 30 + at * 5)]);

/** Who proves what in the end: a post that moved is evidence of where it went. */
function evidenceOf(watches: readonly Watch[]): Map<string, string> {
  const at = new Map<string, string>();
  for (const { evidence } of watches) for (const { incident, post } of evidence) at.set(post, incident);
  return at;
}

describe('an incident that comes to hold two events', () => {
  test('gives up the younger, which opens as its own; both say so', () => {
    const { events, incidents, evidence } = new Detector({ names: codesAsNames }).watch([...talk, ...both, ...then]);
    const split = events.filter(({ event }) => event === 'split');
    expect(split).toHaveLength(1);
    const younger = events.find(({ from }) => from !== undefined);
    expect(younger).toMatchObject({ event: 'opened', from: split[0]!.incident, region: BLAST.code, count: 4 });
    expect(split[0]!.posts).toEqual(younger!.posts);
    expect(split[0]!.because.join()).toContain(younger!.title);
    const rows = new Map(incidents.map((incident) => [incident.id, incident]));
    expect(rows.get(split[0]!.incident)).toMatchObject({ region: WATER.code, count: 4, state: 'open' });
    expect(rows.get(younger!.incident)).toMatchObject({ from: split[0]!.incident, count: 4, state: 'open' });
    const last = evidenceOf([{ events, incidents, evidence }]);
    for (const post of then) expect(last.get(post.id)).toBe(younger!.incident);
    for (const post of both) expect(last.get(post.id)).toBe(split[0]!.incident);
  });

  test('is not put together again, and what comes later goes where it belongs', () => {
    const detector = new Detector({ names: codesAsNames });
    detector.watch([...talk, ...both, ...then]);
    const later = [4, 5, 6, 7, 8, 9].flatMap((at) => [tell(WATER, at, 60 + at), tell(BLAST, at, 60 + at)]);
    const { events, incidents } = detector.watch(later);
    expect(events.filter(({ event }) => event !== 'step')).toEqual([]);
    expect(incidents.map(({ region, count }) => [region, count]).sort()).toEqual([
      [WATER.code, 10],
      [BLAST.code, 10],
    ]);
  });

  test('goes on from a saved state as if it had never stopped', () => {
    const all = [...talk, ...both, ...then];
    const before = new Detector({ names: codesAsNames });
    const whole = new Detector({ names: codesAsNames }).watch(all).events;
    const early = before.watch(all.slice(0, -1)).events;
    const after = new Detector({ names: codesAsNames });
    after.load(structuredClone(before.save()));
    expect([...early, ...after.watch(all.slice(-1)).events]).toEqual(whole);
  });

  test('loses no evidence, in whatever order the two are told', () => {
    const tellers = [0, 1, 2, 3, 4, 5, 6, 7];
    fc.assert(
      fc.property(fc.shuffledSubarray([...tellers, ...tellers.map((at) => at + 8)], { minLength: 16 }), (order) => {
        const posts = order.map((which, at) => tell(which < 8 ? WATER : BLAST, which % 8, at * 3));
        const detector = new Detector({ names: codesAsNames });
        detector.watch(talk);
        const watches = posts.map((post) => detector.watch([post]));
        const splits = watches.flatMap(({ events }) => events).filter(({ event }) => event === 'split');
        expect(splits.length).toBeLessThanOrEqual(1);
        const proven = evidenceOf(watches);
        expect(posts.filter((post) => !proven.has(post.id))).toEqual([]);
        const rows = new Map(watches.flatMap(({ incidents }) => incidents).map((row) => [row.id, row]));
        const counted = [...rows.values()].filter(({ state }) => state !== 'merged');
        expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(posts.length);
      }),
      { numRuns: 20, seed: 20_261_128 },
    );
  });

  test('stays one where the two share their words', () => {
    const same = [0, 1, 2, 3, 4].map((at) => tell({ ...WATER, code: BLAST.code }, at, 30 + at * 5));
    const { events } = new Detector({ names: codesAsNames }).watch([...talk, ...both, ...same]);
    expect(events.filter(({ event }) => event === 'split')).toEqual([]);
  });
});
