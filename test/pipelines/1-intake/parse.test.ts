import { describe, expect, test } from 'vitest';
import { readCount } from '../../../pipelines/1-intake/count.ts';
import { parse } from '../../../pipelines/1-intake/parse.ts';
import type { ParseContext } from '../../../pipelines/1-intake/parse.ts';
import { pseudonymise } from '../../../pipelines/1-intake/pseudonymise.ts';
import { readTime } from '../../../pipelines/1-intake/time.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const AT = Date.parse('2026-11-20T13:03:05Z');
const context: ParseContext = { source: '测试', now: NOW, postId: (platform, id) => `${platform}|${id}` as PostId };
const minimal = { id: 'a', text: '停水了', time: '2026-11-20T21:03:05+08:00' };

const postOf = (row: unknown, more: Partial<ParseContext> = {}) => {
  const parsed = parse(row, { ...context, ...more });
  if ('because' in parsed) throw new Error(parsed.because);
  return parsed;
};

describe('parse', () => {
  test('needs id, text and time only, and says nothing where nothing was repaired', () => {
    expect(postOf(minimal)).toEqual({
      post: {
        id: '测试|a',
        platform: '测试',
        nativeId: 'a',
        kind: 'post',
        text: '停水了',
        time: AT,
        seenAt: NOW,
        source: '测试',
      },
      repairs: [],
    });
  });

  test('keeps every field of a canonical post', () => {
    const full = {
      ...minimal,
      platform: 'weibo',
      kind: 'comment',
      title: '求助',
      url: 'https://weibo.example/a',
      seenAt: '2026-11-20T14:00:00Z',
      parent: 'p',
      root: 7,
      author: { key: 'u1', kind: 'media', followersLog10: 5.4 },
      counts: { like: 1, comment: 2, repost: 3, view: 4 },
      hints: { province: '河南', poi: '王城公园' },
      topics: ['停水'],
      source: '微博采集',
    };
    const { text, title, url, author, counts, hints, topics, source } = full;
    expect(postOf(full).post).toEqual({
      ...{ text, title, url, author, counts, hints, topics, source },
      id: 'weibo|a',
      platform: 'weibo',
      nativeId: 'a',
      kind: 'comment',
      time: AT,
      seenAt: Date.parse('2026-11-20T14:00:00Z'),
      parent: 'p',
      root: '7',
    });
  });

  test('takes the platform from the row, then from the context, then the source, then unknown', () => {
    expect(postOf({ ...minimal, platform: 'douyin' }, { platform: 'weibo' }).post.platform).toBe('douyin');
    expect(postOf(minimal, { platform: 'weibo' }).post.platform).toBe('weibo');
    expect(postOf(minimal, { source: '' }).post.platform).toBe('unknown');
  });

  test('authors without a key count as different people', () => {
    const keys = ['a', 'b'].map((id) => postOf({ ...minimal, id, author: { kind: 'official' } }).post.author?.key);
    expect(new Set(keys).size).toBe(2);
  });

  test('passes over unknown keys and missing times only where it is told to', () => {
    expect(parse({ ...minimal, label: 1 }, context)).toHaveProperty('because');
    expect(postOf({ ...minimal, label: 1 }, { unknownKeys: 'ignore' }).post.nativeId).toBe('a');
    expect(parse({ id: 'a', text: '停水' }, context)).toHaveProperty('because');
    expect(postOf({ id: 'a', text: '停水' }, { timeless: AT }).post.time).toBe(AT);
    const evil: unknown = JSON.parse('{"id":"a","text":"停水","time":1795000000,"__proto__":{}}');
    expect(parse(evil, { ...context, unknownKeys: 'ignore' })).toHaveProperty('because');
  });

  test('never cuts a long text through a character', () => {
    const { post, repairs } = postOf({ ...minimal, text: `${'水'.repeat(19_999)}😀尾` });
    expect(post.text.isWellFormed()).toBe(true);
    expect(post.text).toHaveLength(19_999);
    expect(repairs).toEqual([{ field: 'text', kind: 'text-cut', from: '20002', to: '20000' }]);
  });
});

describe('times', () => {
  test.each([
    ['2026-11-20T21:03:05+08:00', AT],
    ['2026-11-20T13:03:05Z', AT],
    ['2026-11-20T13:03:05.250Z', AT + 250],
    ['2026-11-20 21:03:05', AT],
    ['2026/11/20 21:03:05', AT],
    ['2026年11月20日 21:03', AT - 5_000],
    ['2026-11-20 21:03', AT - 5_000],
    ['2026-11-20', AT - (21 * 3_600 + 185) * 1_000],
    ['2026-11-20T08:03:05-0500', AT],
    [AT, AT],
    [AT / 1_000, AT],
    [String(AT / 1_000), AT],
  ])('%s', (value, at) => expect(readTime('time', value, { now: NOW })).toMatchObject({ at }));

  test.each([
    '',
    'x',
    '2026-13-01',
    '2026-11-20 25:00',
    '2026-02-29',
    true,
    -5,
    NOW + 25 * 3_600_000,
    1e15,
    '昨天 10:00',
  ])('refuses %s', (value) => expect(readTime('time', value, { now: NOW })).toHaveProperty('because'));
});

describe('counts', () => {
  test.each([
    [12, 12],
    ['12', 12],
    ['1,234', 1_234],
    ['1.2万', 12_000],
    ['10万+', 100_000],
    ['1亿', 100_000_000],
    ['3.5w', 35_000],
    ['None', undefined],
    ['', undefined],
    [null, undefined],
  ])('%s', (value, count) => {
    const read = readCount('like', value);
    expect(read).not.toHaveProperty('because');
    expect('count' in read ? read.count : undefined).toBe(count);
  });

  test.each([-1, '-3', '很多', Infinity, {}, true, '1.2.3万'])('refuses %s', (value) =>
    expect(readCount('like', value)).toHaveProperty('because'),
  );
});

test('pseudonymise leaves no platform user id, and gives one person on two platforms two names', () => {
  const draft = (platform: string) => postOf({ ...minimal, platform, author: { key: 'u-secret', kind: 'media' } }).post;
  const [first, second] = pseudonymise((value) => `keyed(${value.length},${value[0] ?? ''})`)([
    draft('weibo'),
    draft('x'),
  ]);
  expect(JSON.stringify([first, second])).not.toContain('u-secret');
  expect(first?.author?.kind).toBe('media');
  expect(first?.author?.key).not.toBe(second?.author?.key);
});
