import { describe, expect, test } from 'vitest';
import { burstOf, countBurst, mergeBurst, newBurst, type BurstCount } from '../../../pipelines/4-watch/burst-signs.ts';
import { KnownAuthors } from '../../../pipelines/4-watch/known-authors.ts';
import { aPost, HOUR, MONDAY } from '../../seeds/posts.ts';

const first = aPost({ words: '一段 文字' });
const pasted = (count: number, gap: (at: number) => number): BurstCount => {
  const burst = newBurst();
  let time = MONDAY;
  for (let at = 0; at < count; at++) {
    const author = { key: `account ${at}`, kind: 'ordinary' as const };
    countBurst(burst, at === 0 ? { ...first, author } : aPost({ group: first.id, time, author }), false);
    time += gap(at);
  }
  return burst;
};

describe('a burst', () => {
  test('of two hundred accounts pasting one text by the clock looks coordinated, and says why', () => {
    const burst = burstOf(
      pasted(200, (at) => 15_000 + (at % 7) * 1000),
      0.3,
    );
    expect(burst).toMatchObject({ raw: 200, distinct: 1, authorShare: 1, looksCoordinated: true });
    expect(burst!.because.join()).toContain('间隔');
  });

  test('of copies that come as people come does not', () => {
    const burst = burstOf(
      pasted(60, (at) => 1000 * 2 ** ((at * 5) % 14)),
      0.3,
    );
    expect(burst).toMatchObject({ looksCoordinated: false, because: [] });
    expect(burst!.copyShare).toBeGreaterThan(0.9);
  });

  test('of posts with words of their own does not, however even', () => {
    const burst = newBurst();
    for (let at = 0; at < 40; at++) countBurst(burst, aPost({ time: MONDAY + at * 20_000 }), true);
    expect(burstOf(burst, 0.2)).toMatchObject({ copyShare: 0, newcomerShare: 1, looksCoordinated: false });
  });

  test('under twenty posts says nothing', () => {
    expect(
      burstOf(
        pasted(19, () => 1000),
        0,
      ),
    ).toBeUndefined();
  });

  test('shows both curves by the hour, and pours into another', () => {
    const [a, b] = [pasted(30, () => 4 * 60_000), pasted(30, () => 4 * 60_000)];
    mergeBurst(a, b);
    const burst = burstOf(a, 0)!;
    expect(burst.curve.map(({ at }) => (at - MONDAY) / HOUR)).toEqual([0, 1]);
    expect(burst.curve.reduce((sum, { raw }) => sum + raw, 0)).toBe(60);
    expect(burst.curve.reduce((sum, { distinct }) => sum + distinct, 0)).toBe(2);
  });

  test('counts reposts of the first post itself', () => {
    const burst = newBurst();
    for (let at = 0; at < 30; at++)
      countBurst(burst, aPost({ kind: 'repost', root: 'r', parent: at % 3 === 0 ? 'other' : 'r' }), false);
    expect(burstOf(burst, 0)!.directShare).toBeCloseTo(2 / 3);
    expect(
      burstOf(
        pasted(30, () => 1000),
        0,
      )!.directShare,
    ).toBeNull();
  });
});

describe('known authors', () => {
  test('are new once, also after a restart', () => {
    const known = new KnownAuthors();
    expect([known.isNew('a'), known.isNew('b'), known.isNew('a')]).toEqual([true, true, false]);
    expect(known.usualShare).toBeCloseTo(2 / 3);
    const again = new KnownAuthors();
    again.load(structuredClone(known.save()));
    expect([again.isNew('b'), again.isNew('c')]).toEqual([false, true]);
  });

  test('among many strangers are seldom mistaken', () => {
    const known = new KnownAuthors();
    for (let at = 0; at < 50_000; at++) known.isNew(`author ${at}`);
    let wrong = 0;
    for (let at = 0; at < 2_000; at++) if (!known.isNew(`stranger ${at}`)) wrong++;
    expect(wrong).toBeLessThan(20);
  });
});
