import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { locate, placeOf } from '../../../pipelines/2-understand/locate.ts';
import type { PlaceOf, Post, TokenisedPost } from '../../../pipelines/domain/post.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import type { Tokeniser } from '../../../pipelines/ports/tokeniser.ts';
import { openTokeniser } from '../../../server/adapters/jieba/open-tokeniser.ts';
import { gazetteerWords, loadGazetteer } from '../../../server/load-gazetteer.ts';
import { packageRoot } from '../../../server/package-root.ts';

interface Golden {
  readonly text: string;
  readonly code: string | null;
  readonly accept?: readonly (string | null)[];
  readonly why: string;
  readonly home?: string;
  readonly hints?: Post['hints'];
}

const GOLDEN = readFileSync(join(packageRoot(), 'test', 'golden', 'places.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Golden);

const gazetteer = loadGazetteer();
let tokeniser: Tokeniser;
beforeAll(async () => {
  tokeniser = await openTokeniser(gazetteerWords(), 'node-rs');
});

const place = (text: string, hints?: Post['hints'], home?: string): PlaceOf | null =>
  placeOf(gazetteer, text, tokeniser.cut(text), hints, home === undefined ? {} : { home: regionCode(home) });

describe('where a post is', () => {
  test.each(GOLDEN)('$text → $code ($why)', ({ text, code, accept, hints, home }) => {
    expect([code, ...(accept ?? [])]).toContain(place(text, hints, home)?.code ?? null);
  });

  test('says the whole path in words', () => {
    expect(place('东莞市长安镇一工厂起火')?.name).toBe('广东省东莞市长安镇');
  });

  test('keeps the other readings of a shared name, and is less sure of it', () => {
    const shared = place('鼓楼区停水了');
    expect(shared?.candidates.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['320106', '320302', '350102', '410204']),
    );
    expect(shared?.confidence).toBeLessThan(place('福州市鼓楼区停水了')?.confidence ?? 0);
  });

  test('takes the source’s province where the text names no place, and says that it is unsure', () => {
    const hinted = place('小区停水三天了', { province: '四川' });
    expect(hinted?.code).toBe('510000');
    expect(hinted?.confidence).toBeLessThan(0.5);
    expect(place('小区停水三天了', { province: '其他' })).toBeNull();
  });

  test('a place the source names is nearer than the province it names', () => {
    expect(place('这里人好多', { province: '河南', poi: '洛阳·龙门石窟' })?.code).toBe('410311');
  });

  test('the home region does not draw a text that names another place', () => {
    expect(place('南京鼓楼区停水', undefined, '350100')?.code).toBe('320106');
    expect(place('长沙天心区停电，新华路也停', undefined, '410300')?.code).toBe('430103');
  });

  test('weights never add up to more than one, and the winner stands first', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...GOLDEN), { minLength: 1, maxLength: 6 }), (rows) => {
        const found = place(rows.map(({ text }) => text).join('。'));
        if (found === null) return;
        expect(found.candidates[0]?.code).toBe(found.code);
        expect(found.candidates.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(1 + 1e-9);
        expect(found.confidence).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('never throws, whatever the text and whatever the words', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ unit: 'binary' })),
        fc.string({ unit: 'binary' }),
        (text, tokens, poi) => {
          expect(() => placeOf(gazetteer, text, tokens, { poi, province: text }, {})).not.toThrow();
        },
      ),
    );
  });

  test('reads only the beginning of a text made to be slow', () => {
    const long = `洛阳停水。${'城关镇鼓楼区朝阳区'.repeat(120_000)}`;
    const found = placeOf(gazetteer, long, [], undefined, {});
    expect(found === null || found.candidates.length <= 5).toBe(true);
  });

  test('as a stage it keeps the order and everything it was given', () => {
    const post = (text: string, title?: string): TokenisedPost => ({
      id: text as Post['id'],
      platform: 'weibo',
      nativeId: text,
      kind: 'post',
      text,
      ...(title === undefined ? {} : { title }),
      time: 0,
      seenAt: 0,
      source: '测试',
      tokens: tokeniser.cut(text),
    });
    const located = locate(gazetteer)([post('今天不错'), post('洛阳停水'), post('停水三天', '洛龙区停水')]);
    expect(located.map(({ region }) => region?.code ?? null)).toEqual([null, '410300', '410311']);
    expect(located[1]).toMatchObject(post('洛阳停水'));
  });
});
