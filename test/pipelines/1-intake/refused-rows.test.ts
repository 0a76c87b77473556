import { describe, expect, test } from 'vitest';
import { mendRow } from '../../../pipelines/1-intake/mend-row.ts';
import { showRow } from '../../../pipelines/1-intake/show-row.ts';
import { urlWithoutAuthor } from '../../../pipelines/1-intake/url-without-author.ts';

describe('mending a refused row', () => {
  test('renames fields of a mapping that was wrong, then sets what was missing', () => {
    const mended = mendRow('{"编号":"1","内容":"停水","time":"昨天"}', {
      rename: { 编号: 'id', 内容: 'text', 没有: 'x' },
      set: { time: '2026-11-20T21:03:05+08:00' },
    });
    expect(mended).toEqual({ value: { id: '1', text: '停水', time: '2026-11-20T21:03:05+08:00' } });
  });

  test('takes the row written anew', () => {
    expect(mendRow('{"id":', { row: '{"id":"1"}' })).toEqual({ value: { id: '1' } });
  });

  test.each(['{"id":', '[1]', '"x"', 'null'])('%s is no row as it is', (raw) => {
    expect(mendRow(raw, {})).toHaveProperty('broken');
  });

  test('no field can reach the objects of the program', () => {
    for (const set of [{ ['__proto__']: 1 }, { constructor: 1 }]) {
      expect(mendRow('{"id":"1"}', { set: Object.fromEntries(Object.entries(set)) })).toHaveProperty('broken');
    }
    expect(mendRow('{"id":"1"}', { rename: { id: 'prototype' } })).toHaveProperty('broken');
  });
});

describe('showing a refused row', () => {
  test.each([
    ['{"user_id": 5087341290,"text":"停水"}', '{"user_id": "***","text":"停水"}'],
    ['{"author":{"key":"u5087","kind":"media"}}', '{"author":{"key":"***","kind":"media"}}'],
    ['{"screen_name":"某某\\"x","id":"a"}', '{"screen_name":"***","id":"a"}'],
    ['{"用户昵称":"某某","id":"a"}', '{"用户昵称":"***","id":"a"}'],
    ['{"text":"打13812345678"}', '{"text":"打138********"}'],
    ['{"url":"https://weibo.com/5087341290/Nabc"}', '{"url":"https://weibo.com/***"}'],
    ['5087341290,停水,2026-11-20', '**********,停水,2026-11-20'],
    ['{"user_id":"50873', '{"user_id":"***"'],
  ])('%s', (raw, shown) => expect(showRow(raw)).toBe(shown));
});

describe('addresses without their author', () => {
  test.each([
    ['https://weibo.com/5087341290/Nabcdefg?refer=x', undefined, 'https://m.weibo.cn/status/Nabcdefg'],
    ['https://m.weibo.cn/5087341290/4891234567890123', undefined, 'https://m.weibo.cn/status/4891234567890123'],
    ['https://example.org/u/abcdef123/7', 'abcdef123', undefined],
    ['https://example.org/p/7', 'abcdef123', 'https://example.org/p/7'],
    ['https://example.org/p/17', '17', 'https://example.org/p/17'],
    ['https://weibo.com/tv/show/1034:4891', undefined, 'https://weibo.com/tv/show/1034:4891'],
  ])('%s by %s', (url, author, kept) => expect(urlWithoutAuthor(url, author)).toBe(kept));
});
