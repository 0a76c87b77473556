import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Tokeniser } from '../../pipelines/ports/tokeniser.ts';

const WORDS = ['陈店镇', '洛龙区', '洛阳市', '市中区'];

/** What every tokeniser promises. `open` takes the user dictionary. */
export function tokeniserSuite(name: string, open: (words: readonly string[]) => Promise<Tokeniser>): void {
  describe(`tokeniser: ${name}`, () => {
    let tokeniser: Tokeniser;
    beforeAll(async () => {
      tokeniser = await open(WORDS);
    });

    test('cuts words in order and leaves blanks out', () => {
      expect(tokeniser.cut('小区 停水\n三天')).toEqual(['小区', '停水', '三天']);
      expect(tokeniser.cut('')).toEqual([]);
      expect(tokeniser.cut(' \n\t')).toEqual([]);
    });

    test('keeps the user dictionary’s words whole without spoiling others', () => {
      expect(tokeniser.cut('陈店镇停水')).toEqual(['陈店镇', '停水']);
      expect(tokeniser.cut('洛阳市民反映')).toEqual(['洛阳', '市民', '反映']);
      expect(tokeniser.cut('消息不实')).toEqual(['消息', '不实']);
    });

    test('finds new words by their characters, not only in the dictionary', () => {
      expect(tokeniser.cut('宜阳一小区爆炸')).toEqual(['宜阳', '一', '小区', '爆炸']);
    });

    test('keeps addresses, numbers and Latin names in one piece', () => {
      expect(tokeniser.cut('见http://t.cn/A6xyz12?x=3')).toEqual(['见', 'http://t.cn/A6xyz12?x=3']);
      expect(tokeniser.cut('COVID-19涨了3.14%')).toEqual(['COVID-19', '涨', '了', '3.14%']);
      expect(tokeniser.cut('2026-11-23')).toEqual(['2026-11-23']);
      expect(tokeniser.cut('a_b@c.com。')).toEqual(['a_b@c.com', '。']);
    });

    test('signs around a Latin word stay words of their own', () => {
      expect(tokeniser.cut('@user:好')).toEqual(['@', 'user', ':', '好']);
      expect(tokeniser.cut('……')).not.toContain('');
    });

    test('never throws and loses nothing but blanks, on any string', () => {
      const bare = (text: string): string => text.replace(/\s/gu, '');
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme' }), (text) => {
          expect(bare(tokeniser.cut(text).join(''))).toBe(bare(text));
        }),
      );
      expect(() => tokeniser.cut('\ud800半个\udfff\u0000字')).not.toThrow();
    });

    test('its stamp names provider, version and dictionary, whatever the order of the words', async () => {
      expect(tokeniser.stamp).toMatch(new RegExp(`^${tokeniser.provider}@\\d+\\.\\d+\\.\\d+\\+[0-9a-f]{12}$`));
      expect((await open([...WORDS, ...WORDS].reverse())).stamp).toBe(tokeniser.stamp);
    });
  });
}
