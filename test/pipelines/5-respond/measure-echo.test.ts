import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import { ECHO_RULES, echoJudge, measureEcho, type EchoPost } from '../../../pipelines/5-respond/measure-echo.ts';
import { fallBetween, shareOf } from '../../../pipelines/5-respond/share-interval.ts';

const HOUR = 3_600_000;
const ANSWERED = Date.parse('2026-11-20T22:00:00+08:00');
const CLAIM = '锦川水库今晚10点泄洪，城关镇沿河的都要连夜转移';
const ANSWER =
  '网上流传“锦川水库今晚10点泄洪”的说法不实。锦川水库当前水位312.5米，低于汛限水位，没有泄洪计划，请以县应急管理局发布为准。';

const TEXTS = {
  repeats: (n: number) => `听说${CLAIM}，${n}号楼的邻居已经走了`,
  asks: (n: number) => `锦川水库泄洪是真的吗，${n}楼都在问`,
  quotes: (n: number) => `${n}看到了，当前水位312.5米，低于汛限水位，没有泄洪计划`,
  denies: (n: number) => `${n}别信，水库那边没有的事`,
  other: (n: number) => `在路上堵了${n}分钟`,
} as const;
type Kind = keyof typeof TEXTS;

let serial = 0;
const post = (kind: Kind, at: number, given: Partial<EchoPost> = {}): EchoPost => {
  const id = `e${++serial}` as PostId;
  return { id, group: id, text: TEXTS[kind](serial), time: at, region: null, ...given };
};
/** That many posts of a kind, spread over a window. */
const series = (kinds: Partial<Record<Kind, number>>, from: number, span: number = ECHO_RULES.window): EchoPost[] =>
  (Object.keys(kinds) as Kind[]).flatMap((kind) =>
    Array.from({ length: kinds[kind] ?? 0 }, (_, at) =>
      post(kind, from + Math.floor((at * span) / (kinds[kind] ?? 1))),
    ),
  );
const measure = (posts: readonly EchoPost[], now = ANSWERED + 72 * HOUR) =>
  measureEcho({ claims: [CLAIM], answers: [{ text: ANSWER, at: ANSWERED }], posts, now })!;
const BEFORE = ANSWERED - ECHO_RULES.window;

describe('the interval of a share', () => {
  const counts = fc
    .integer({ min: 1, max: 400 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

  test('holds the share, lies in 0…1, and mirrors', () => {
    fc.assert(
      fc.property(counts, ([of, n]) => {
        const { share, low, high } = shareOf(of, n);
        expect(low).toBeLessThanOrEqual(share!);
        expect(high).toBeGreaterThanOrEqual(share!);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(shareOf(n - of, n).low).toBeCloseTo(1 - high, 10);
      }),
    );
  });

  test('is narrower with ten times as many posts', () => {
    fc.assert(
      fc.property(counts, ([of, n]) => {
        const [few, many] = [shareOf(of, n), shareOf(of * 10, n * 10)];
        expect(many.high - many.low).toBeLessThan(few.high - few.low);
      }),
    );
  });

  test('is that of the books: Wilson for 1 of 10, Newcombe for 56 of 70 and 48 of 80', () => {
    expect(shareOf(1, 10).low).toBeCloseTo(0.0179, 4);
    expect(shareOf(1, 10).high).toBeCloseTo(0.4042, 4);
    const fall = fallBetween(shareOf(56, 70), shareOf(48, 80))!;
    expect([fall.low, fall.high].map((each) => each.toFixed(4))).toEqual(['0.0524', '0.3339']);
  });

  test('a fall holds its point and turns its sign with the order', () => {
    fc.assert(
      fc.property(counts, counts, ([a, n], [b, m]) => {
        const there = fallBetween(shareOf(a, n), shareOf(b, m))!;
        const back = fallBetween(shareOf(b, m), shareOf(a, n))!;
        expect(there.low).toBeLessThanOrEqual(there.fall + 1e-12);
        expect(there.high).toBeGreaterThanOrEqual(there.fall - 1e-12);
        expect(back.low).toBeCloseTo(-there.high, 10);
      }),
    );
  });
});

describe('the echo of an answer', () => {
  test('each text does one thing about the claim', () => {
    const judge = echoJudge([CLAIM], [ANSWER]);
    for (const kind of Object.keys(TEXTS) as Kind[])
      for (const n of [1, 7, 23]) expect(judge(TEXTS[kind](n)), TEXTS[kind](n)).toBe(kind);
    expect(judge(CLAIM)).toBe('repeats');
    expect(judge(ANSWER)).toBe('quotes');
  });

  test('series that were planted are counted as planted, whatever their numbers', () => {
    const kinds = fc.record({
      repeats: fc.nat(30),
      asks: fc.nat(30),
      quotes: fc.nat(30),
      denies: fc.nat(30),
      other: fc.nat(30),
    });
    fc.assert(
      fc.property(kinds, kinds, (was, is) => {
        const report = measure([...series(was, BEFORE), ...series(is, ANSWERED)]);
        for (const kind of Object.keys(TEXTS) as Kind[]) {
          expect(report.before.by[kind].count).toBe(was[kind]);
          expect(report.after.by[kind].count).toBe(is[kind]);
        }
        const sum = (of: Record<Kind, number>): number => Object.values(of).reduce((all, each) => all + each, 0);
        expect(report.before.n).toBe(sum(was));
        expect(report.after.unsettled).toEqual(shareOf(is.repeats + is.asks, sum(is)));
        const enough = sum(was) >= ECHO_RULES.least && sum(is) >= ECHO_RULES.least;
        expect(report.verdict === 'tooFew').toBe(!enough);
        if (report.verdict === 'landed') {
          expect(report.after.unsettled.high).toBeLessThan(ECHO_RULES.landedBelow);
          expect(report.fall!.low).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('lands where the claim ebbs, not where it goes on, and waits where few speak', () => {
    const was = series({ repeats: 20, asks: 15, other: 5 }, BEFORE);
    const landed = measure([...was, ...series({ repeats: 1, quotes: 20, other: 9 }, ANSWERED)]);
    expect(landed).toMatchObject({ verdict: 'landed' });
    expect(landed.because).toBe('重复或追问由88%到3%，95%区间上限17%，低于30%，且降幅不是偶然');
    expect(measure([...was, ...series({ repeats: 18, asks: 12, other: 5 }, ANSWERED)])).toMatchObject({
      verdict: 'notYet',
    });
    expect(measure([...was, ...series({ quotes: 9 }, ANSWERED)])).toMatchObject({ verdict: 'tooFew' });
  });

  test('eight posts of which none repeats would not show it, ten do: hence the least of ten', () => {
    expect(shareOf(0, 8).high).toBeGreaterThan(ECHO_RULES.landedBelow);
    expect(shareOf(0, ECHO_RULES.least).high).toBeLessThan(ECHO_RULES.landedBelow);
  });

  test('sixty copies are one voice in each window', () => {
    const first = post('repeats', BEFORE + 1);
    const copies = Array.from({ length: 60 }, (_, at) =>
      post('repeats', ANSWERED + at * 1_000, { group: first.id, text: first.text }),
    );
    const report = measure([first, ...copies]);
    expect(report.before.by.repeats.count).toBe(1);
    expect(report.after.by.repeats.count).toBe(1);
    expect(report.claimReach).toMatchObject({ distinct: 1, posts: 61 });
  });

  test('says what is left a day later, how far both went, and how long the first word took', () => {
    const places = ['410327', '410328', '410327001'].map(regionCode);
    const report = measure([
      ...places.map((region, at) => post('repeats', ANSWERED - 3 * HOUR + at, { region })),
      post('quotes', ANSWERED + HOUR, { region: regionCode('410327') }),
      ...series({ repeats: 1, other: 3 }, ANSWERED + 24 * HOUR, 12 * HOUR),
    ]);
    expect(report.residual).toMatchObject({ of: 1, n: 4 });
    expect(report.claimReach).toMatchObject({ distinct: 4, places: 2 });
    expect(report.correctionReach).toMatchObject({ distinct: 1, places: 1 });
    expect(report.lag).toBe(3 * HOUR);
  });

  test('posts in any order say the same, and what is not known yet does not count', () => {
    const posts = [...series({ repeats: 12 }, BEFORE), ...series({ quotes: 12, asks: 2 }, ANSWERED)];
    const shuffled = [...posts].reverse();
    expect(measure(shuffled)).toEqual(measure(posts));
    expect(measure(posts, ANSWERED - 1).after.n).toBe(0);
    expect(measure(posts, ANSWERED + HOUR).because).not.toBe('');
  });

  test('is none before anything was answered', () => {
    expect(measureEcho({ claims: [CLAIM], answers: [], posts: [], now: ANSWERED })).toBeUndefined();
  });
});
