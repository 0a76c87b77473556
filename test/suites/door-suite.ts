import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PostId } from '../../pipelines/domain/post.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import type { Checkpoints } from '../../pipelines/ports/checkpoints.ts';
import type { CountsBook } from '../../pipelines/ports/counts-book.ts';
import type { Arrival, SourceAbout, SourceBook } from '../../pipelines/ports/source-book.ts';

const MINUTE = 60_000;
const T = 1_795_000_020_000;

/** What every SourceBook promises. `open` opens the same place again and again. */
export function sourceBookSuite(open: () => SourceBook): void {
  const about = (given: Partial<SourceAbout> = {}): SourceAbout => ({
    name: '县里的采集',
    way: 'http',
    caps: [],
    createdAt: T,
    paused: false,
    ...given,
  });
  const arrival = (at: number, given: Partial<Arrival> = {}): Arrival => ({
    at,
    accepted: 1,
    duplicate: 0,
    rejected: 0,
    repairs: new Map(),
    ...given,
  });

  describe('sources', () => {
    test('are kept as described, in the order they were made, and a name is taken once', () => {
      const full = about({
        way: 'folder',
        place: '/data/crawl',
        format: 'csv',
        cadenceMs: 600_000,
        region: regionCode('410300'),
        caps: ['每个关键词最多 50 页'],
      });
      const book = open();
      expect(book.add(full)).toBe(true);
      expect(book.add(about({ name: '热榜', createdAt: T + 1 }))).toBe(true);
      expect(book.add(about({ name: '热榜' }))).toBe(false);
      expect(open().list()).toEqual([full, about({ name: '热榜', createdAt: T + 1 })]);
    });

    test('are changed and removed by name', () => {
      const book = open();
      book.add(about());
      expect(book.change('县里的采集', { paused: true, cadenceMs: 60_000 })).toBe(true);
      expect(book.list()).toEqual([about({ paused: true, cadenceMs: 60_000 })]);
      expect(book.change('没有', { paused: true })).toBe(false);
      expect([book.remove('县里的采集'), book.remove('县里的采集'), book.list()]).toEqual([true, false, []]);
    });

    test('are met by their first batch where nobody described them', () => {
      const book = open();
      book.arrived('街道', 'file', arrival(T));
      expect(book.list()).toEqual([about({ name: '街道', way: 'file' })]);
    });
  });

  describe('the beat of a source', () => {
    test('says when it last came, how much in the hour, how late, and what was repaired', () => {
      const book = open();
      expect(book.beat('县里的采集', T)).toBeUndefined();
      const repairs = new Map([['time：没有时区', 2]]);
      book.arrived('县里的采集', 'http', arrival(T - 2 * 60 * MINUTE, { accepted: 100 }));
      book.arrived('县里的采集', 'http', arrival(T - 5 * MINUTE, { accepted: 3, duplicate: 2, rejected: 1, repairs }));
      book.arrived('县里的采集', 'http', arrival(T, { accepted: 1, newest: T - 7_000, repairs }));
      expect(book.beat('县里的采集', T)).toEqual({
        firstAt: T - 2 * 60 * MINUTE,
        lastAt: T,
        rowsLastHour: 7,
        rejectedLastHour: 1,
        lagMs: 7_000,
        repairs: [{ kind: 'time：没有时区', count: 4 }],
        visits: [
          { began: T - 2 * 60 * MINUTE, ended: T - 2 * 60 * MINUTE },
          { began: T - 5 * MINUTE, ended: T - 5 * MINUTE },
          { began: T, ended: T },
        ],
      });
    });

    test('arrivals less than a minute apart are one visit, and 32 visits are kept', () => {
      const book = open();
      for (let visit = 0; visit < 40; visit++) {
        for (const second of [0, 30, 60])
          book.arrived('县里的采集', 'http', arrival(T + visit * 10 * MINUTE + second * 1_000));
      }
      const visits = book.beat('县里的采集', T)?.visits ?? [];
      expect(visits).toHaveLength(32);
      expect(visits.at(-1)).toEqual({ began: T + 390 * MINUTE, ended: T + 391 * MINUTE });
    });

    test('a source that makes up kinds of repair does not fill the book', () => {
      const book = open();
      for (let at = 0; at < 150; at++) book.arrived('s', 'http', arrival(T, { repairs: new Map([[`k${at}`, 1]]) }));
      const { repairs = [] } = book.beat('s', T) ?? {};
      expect(repairs.length).toBeLessThanOrEqual(101);
      expect(repairs.reduce((sum, { count }) => sum + count, 0)).toBe(150);
    });
  });

  describe('silence', () => {
    test('is noted once, ended by the next batch, and can begin again', () => {
      const book = open();
      const silence = { source: '县里的采集', since: T, noticedAt: T + 20 * MINUTE, usualMs: 10 * MINUTE };
      book.arrived('县里的采集', 'http', arrival(T));
      expect([book.fallSilent(silence), book.fallSilent({ ...silence, noticedAt: T + 21 * MINUTE })]).toEqual([
        true,
        false,
      ]);
      expect(open().silences(10)).toMatchObject([{ ...silence, endedAt: null }]);
      book.arrived('县里的采集', 'http', arrival(T + 50 * MINUTE));
      expect(book.silences(10)).toMatchObject([{ endedAt: T + 50 * MINUTE }]);
      expect(book.fallSilent({ ...silence, since: T + 50 * MINUTE })).toBe(true);
      expect(book.silences(10).map(({ endedAt }) => endedAt)).toEqual([null, T + 50 * MINUTE]);
    });

    test('is told as numbered events, its beginning and its end, also after the source was removed', () => {
      const book = open();
      const silence = { source: '县里的采集', since: T, noticedAt: T + 20 * MINUTE, usualMs: 10 * MINUTE };
      book.arrived('县里的采集', 'http', arrival(T));
      book.fallSilent(silence);
      book.fallSilent({ ...silence, noticedAt: T + 21 * MINUTE });
      book.arrived('县里的采集', 'http', arrival(T + 50 * MINUTE));
      book.arrived('县里的采集', 'http', arrival(T + 51 * MINUTE));
      const [began, ended, ...rest] = book.silenceEvents(0, 10);
      expect(began).toMatchObject({ event: 'silent', at: T + 20 * MINUTE, since: T, usualMs: 10 * MINUTE });
      expect(ended).toMatchObject({
        event: 'ended',
        at: T + 50 * MINUTE,
        silence: began?.silence,
        source: '县里的采集',
      });
      expect([rest, Number(ended?.seq) > Number(began?.seq)]).toEqual([[], true]);
      book.fallSilent({ ...silence, since: T + 51 * MINUTE, noticedAt: T + 80 * MINUTE });
      book.endSilence('县里的采集', T + 90 * MINUTE);
      book.endSilence('县里的采集', T + 91 * MINUTE);
      book.remove('县里的采集');
      expect(
        open()
          .silenceEvents(ended?.seq ?? 0, 10)
          .map(({ event, at }) => [event, at]),
      ).toEqual([
        ['silent', T + 80 * MINUTE],
        ['ended', T + 90 * MINUTE],
      ]);
      expect(book.silenceEvents(0, 1)).toEqual([began]);
    });
  });
}

const postId = (name: string): PostId => createHash('sha256').update(name).digest('hex') as PostId;

export function countsBookSuite(open: () => CountsBook, most: number): void {
  const seen = (name: string, at: number, like: number, fresh = false) => ({
    post: postId(name),
    fresh,
    at: T + at,
    counts: { like },
  });
  const likes = (book: CountsBook, name: string) =>
    book.history(postId(name)).map(({ at, counts }) => [at - T, counts.like]);

  describe('counts over time', () => {
    test('only what changed is kept, in order of time', () => {
      const book = open();
      book.observe([seen('a', 0, 1, true)]);
      book.observe([seen('a', 10, 1), seen('a', 20, 5)]);
      book.observe([seen('a', 30, 5), seen('a', 40, 4), seen('b', 40, 7)]);
      expect(likes(open(), 'a')).toEqual([
        [0, 1],
        [20, 5],
        [40, 4],
      ]);
    });

    test('what a store must show next is due until it is shown, and a change meanwhile stays due', () => {
      const book = open();
      book.observe([seen('a', 0, 1, true), seen('b', 0, 1, true)]);
      expect(book.due(10)).toEqual([]);
      book.observe([seen('a', 10, 5)]);
      const [first] = book.due(10);
      expect(first).toEqual({ post: postId('a'), since: T + 10, counts: { like: 5 } });
      book.observe([seen('a', 20, 6)]);
      book.shown([first!]);
      expect(book.due(10)).toEqual([{ post: postId('a'), since: T + 20, counts: { like: 6 } }]);
      book.shown(book.due(10));
      expect(book.due(10)).toEqual([]);
    });

    test('an observation that comes late finds its place and is not shown as the newest', () => {
      const book = open();
      book.observe([seen('a', 0, 1, true)]);
      book.observe([seen('a', 30, 9)]);
      book.shown(book.due(10));
      book.observe([seen('a', 20, 5)]);
      expect(likes(book, 'a')).toEqual([
        [0, 1],
        [20, 5],
        [30, 9],
      ]);
      expect(book.due(10)).toEqual([]);
    });

    test('a long history thins out between its first and its newest point', () => {
      const book = open();
      for (let at = 0; at < 5 * most; at++) book.observe([seen('a', at, at, at === 0)]);
      const history = likes(book, 'a');
      expect(history.length).toBeLessThanOrEqual(most);
      expect([history.at(0), history.at(-1)]).toEqual([
        [0, 0],
        [5 * most - 1, 5 * most - 1],
      ]);
    });

    test('histories are erased by post and forgotten by age', () => {
      const book = open();
      book.observe([seen('a', 0, 1, true), seen('b', 0, 1, true), seen('c', 100, 1, true)]);
      book.observe([seen('a', 10, 2)]);
      book.erase([postId('a')]);
      expect([likes(book, 'a'), book.due(10)]).toEqual([[], []]);
      book.forget(T + 50);
      expect([likes(book, 'b'), likes(book, 'c')]).toEqual([[], [[100, 1]]]);
    });
  });
}

export function checkpointsSuite(open: () => Checkpoints): void {
  test('a checkpoint is kept by source and path, found by file where that was renamed, and forgotten', () => {
    const checkpoints = open();
    const at = { file: '1:77', offset: 120, row: 3, head: 'ab' };
    expect(checkpoints.get('s', '/a')).toBeUndefined();
    checkpoints.keep('s', '/a', at);
    checkpoints.keep('s', '/a', { ...at, offset: 240, whole: '240:1' });
    expect(open().get('s', '/a')).toEqual({ ...at, offset: 240, whole: '240:1' });
    expect(checkpoints.get('t', '/a')).toBeUndefined();
    expect(checkpoints.renamed('s', '1:77')?.path).toBe('/a');
    checkpoints.forget('s', '/a');
    expect([checkpoints.get('s', '/a'), checkpoints.renamed('s', '1:77')]).toEqual([undefined, undefined]);
  });
}
