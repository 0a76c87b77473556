import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AUTHOR_KINDS, POST_KINDS } from '../../../pipelines/domain/post.ts';
import { regionCode, contains } from '../../../pipelines/domain/region.ts';
import { TOPICS } from '../../../server/drill/chatter/chat.ts';
import { DRILL } from '../../../server/drill/describe-drill.ts';
import { fill } from '../../../server/drill/fill.ts';
import { diceOf } from '../../../server/drill/dice.ts';
import { DISTRICTS } from '../../../server/drill/places.ts';
import { eveningBefore, plantDrill, writeDrill } from '../../../server/drill/write-drill.ts';

const start = Date.parse('2026-11-20T20:00:00+08:00');
const planted = plantDrill({ start });
const minute = (time: string) => (Date.parse(time) - start) / 60_000;
const during = planted.filter(({ post }) => minute(post.time) >= 0);
const of = (key: string) => planted.filter(({ incident }) => incident === key).map(({ post }) => post);

describe('the drill', () => {
  test('has about three thousand posts in two hours, and a day before them that is thinner', () => {
    expect(during.length).toBeGreaterThan(2700);
    expect(during.length).toBeLessThan(3300);
    const before = planted.length - during.length;
    expect(before).toBeGreaterThan(6000);
    expect(before / DRILL.before).toBeLessThan(during.length / DRILL.hours);
  });

  test('is told in the order of time, from twenty-two hours before to the end of the second', () => {
    const times = planted.map(({ post }) => minute(post.time));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(-DRILL.before * 60);
    expect(times.at(-1)).toBeLessThan(DRILL.hours * 60);
  });

  test('holds canonical posts only, each with an id of its own', () => {
    expect(new Set(planted.map(({ post }) => post.id)).size).toBe(planted.length);
    const canonical = ({ post }: (typeof planted)[number]) =>
      POST_KINDS.includes(post.kind) &&
      AUTHOR_KINDS.includes(post.author.kind) &&
      post.text.trim() !== '' &&
      !/[{}]|undefined|null/.test(post.text) &&
      post.platform !== '' &&
      post.source !== '' &&
      new Date(post.time).toISOString() === post.time &&
      Date.parse(post.seenAt) >= Date.parse(post.time) &&
      Object.values(post.counts).every((count) => Number.isInteger(count) && count >= 0) &&
      !('incident' in post);
    expect(planted.filter((one) => !canonical(one))).toEqual([]);
  });

  test('is the same for the same start and seed, and another for others', () => {
    const told = (posts: readonly unknown[]) => JSON.stringify(posts);
    expect(told(writeDrill({ start }))).toBe(told(planted.map(({ post }) => post)));
    const other = writeDrill({ start: start + 86_400_000 });
    const ids = new Set(planted.map(({ post }) => post.id));
    expect(other.filter(({ id }) => ids.has(id))).toEqual([]);
    expect(writeDrill({ start, seed: 2 }).map(({ text }) => text)).not.toEqual(planted.map(({ post }) => post.text));
  });

  test.each(DRILL.incidents)('plants $what where and when it says', ({ key, region, beginsAt }) => {
    const posts = of(key);
    expect(posts.length).toBeGreaterThanOrEqual(80);
    expect(minute(posts[0]?.time ?? '')).toBeGreaterThanOrEqual(beginsAt);
    expect(minute(posts[0]?.time ?? '')).toBeLessThan(beginsAt + 5);
    expect(contains(regionCode(DRILL.home), regionCode(region))).toBe(true);
  });

  test('pleads for the lost elder within three minutes, from more than one voice', () => {
    const first = of('lost-elder').filter(({ time }) => minute(time) < 3);
    expect(first.length).toBeGreaterThanOrEqual(10);
    expect(first.every(({ text }) => /走失|寻人/.test(text))).toBe(true);
    expect(new Set(first.map(({ author }) => author.key)).size).toBeGreaterThanOrEqual(8);
  });

  test('lets the rumor rise: one county first, many later, then a city paper, then two offices', () => {
    const posts = of('reservoir-rumor');
    const others = (text: string) =>
      Object.values(DISTRICTS).filter(({ short }) => short !== '宜阳' && text.includes(short));
    const places = (from: number, to: number) =>
      new Set(posts.filter(({ time }) => minute(time) >= from && minute(time) < to).flatMap(({ text }) => others(text)))
        .size;
    expect(places(0, 36)).toBeLessThanOrEqual(1);
    expect(places(36, 62)).toBeGreaterThanOrEqual(5);
    const voices = posts.filter(({ author }) => author.kind !== 'ordinary').map(({ author }) => author.kind);
    expect(voices).toEqual(['media', 'media', 'media', 'official', 'official']);
  });

  test('smells in three districts within the hour', () => {
    const within = of('chemical-smell').filter(({ time }) => minute(time) < 60);
    for (const short of ['洛龙', '涧西', '西工']) {
      expect(within.filter(({ text }) => text.includes(short)).length).toBeGreaterThanOrEqual(20);
    }
  });

  test('forwards in chains that name their parent and root', () => {
    const ids = new Map(planted.map(({ post }) => [post.id, post]));
    const reposts = during.filter(({ post }) => post.kind === 'repost');
    expect(reposts.length).toBeGreaterThan(150);
    for (const { post } of reposts) {
      expect(post.text).toContain('//@');
      const parent = ids.get(post.parent ?? '');
      expect(parent && post.text.endsWith(parent.text)).toBe(true);
      expect(ids.has(post.root ?? '')).toBe(true);
    }
    expect(reposts.some(({ post }) => post.parent !== post.root)).toBe(true);
  });

  test('pastes one claim from sixty accounts in a few minutes', () => {
    const pasted = of(DRILL.notAnIncident.key);
    expect(pasted.length).toBe(60);
    expect(new Set(pasted.map(({ author }) => author.key)).size).toBeGreaterThan(50);
    expect(pasted.every(({ text }) => text.includes(DRILL.notAnIncident.marker))).toBe(true);
    expect(minute(pasted.at(-1)?.time ?? '') - minute(pasted[0]?.time ?? '')).toBeLessThan(10);
  });

  test('talks of an ordinary day in many ways, so that most of it is said once', () => {
    expect(TOPICS.flatMap(({ texts }) => texts).length).toBeGreaterThanOrEqual(150);
    const talk = planted.filter(({ incident }) => incident === undefined).map(({ post }) => post.text);
    expect(new Set(talk).size / talk.length).toBeGreaterThan(0.8);
  });

  test('names real divisions, as the gazetteer has them', () => {
    const file = join(import.meta.dirname, '../../../pipelines/2-understand/gazetteer/divisions.txt');
    const lines = new Map(
      readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => [line.slice(0, 6), line.slice(7).split('|')]),
    );
    for (const { code, name, towns } of Object.values(DISTRICTS)) {
      const [found, ...streets] = lines.get(code) ?? [];
      expect(found).toBe(name);
      for (const town of towns) expect(streets.map((street) => street.slice(3))).toContain(town);
    }
  });

  test('names no person: nobody is called by surname and title or by a full name', () => {
    const titled =
      /[王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗][\u4e00-\u9fff]{0,2}(?:先生|女士|某某?|同志|局长|书记|县长|主任|老师)/;
    expect(planted.map(({ post }) => post.text).filter((text) => titled.test(text))).toEqual([]);
  });

  test('refuses a template whose slot nobody fills', () => {
    expect(() => fill('{nobody}来了', diceOf(1), { at: start })).toThrow('{nobody}');
  });
});

describe('the evening before', () => {
  test('is eight in the evening in Asia/Shanghai, with the whole drill already past', () => {
    const at = (time: string) => new Date(eveningBefore(Date.parse(time))).toISOString();
    expect(at('2026-11-23T09:00:00+08:00')).toBe('2026-11-22T12:00:00.000Z');
    expect(at('2026-11-23T21:59:59+08:00')).toBe('2026-11-22T12:00:00.000Z');
    expect(at('2026-11-23T22:00:00+08:00')).toBe('2026-11-23T12:00:00.000Z');
    expect(at('2026-11-24T01:30:00+08:00')).toBe('2026-11-23T12:00:00.000Z');
  });
});
