import { describe, expect, test } from 'vitest';
import { buildGazetteer } from '../../../pipelines/2-understand/gazetteer.ts';
import { contains, parentOf, pathOf, regionCode } from '../../../pipelines/domain/region.ts';
import { readGazetteer } from '../../../server/adapters/gazetteer/read-gazetteer.ts';
import { gazetteerWords, loadGazetteer } from '../../../server/load-gazetteer.ts';

const gazetteer = loadGazetteer();

describe('the gazetteer', () => {
  test('knows about 44,700 divisions from 省 to 街道', () => {
    const { codes } = gazetteer.divisions;
    expect(codes.length).toBeGreaterThan(44_000);
    expect(codes.filter((code) => code.endsWith('0000'))).toHaveLength(34);
    expect(gazetteer.knows(regionCode('410327'))).toBe(true);
    expect(gazetteer.knows(regionCode('999999'))).toBe(false);
  });

  test('every walk to a parent ends, also where a city is its own county', () => {
    for (const code of gazetteer.divisions.codes) {
      const path = pathOf(code);
      expect(path.length).toBeLessThanOrEqual(4);
      expect(parentOf(code)).not.toBe(code);
    }
    for (const [city, town] of [
      ['441900', '441900003'],
      ['442000', '442000118'],
      ['460400', '460400100'],
    ] as const) {
      expect(contains(regionCode(city), regionCode(town))).toBe(true);
      expect(gazetteer.childrenOf(regionCode(city))).toContain(town);
      expect(gazetteer.childrenOf(regionCode(city))).not.toContain(city);
    }
  });

  test('names a division with its path, and a village by the nearest division listed', () => {
    expect(gazetteer.regionName(regionCode('410311'))).toBe('河南省洛阳市洛龙区');
    expect(gazetteer.regionName(regionCode('110105'))).toBe('北京市朝阳区');
    expect(gazetteer.regionName(regionCode('419001'))).toBe('河南省济源市');
    expect(gazetteer.regionName(regionCode('441900003001'))).toBe('广东省东莞市东城街道');
    expect(gazetteer.regionName(regionCode('620201'))).toBe('甘肃省嘉峪关市');
    expect(gazetteer.regionName(regionCode('999999'))).toBe('');
  });

  test('has short names', () => {
    const short = (code: string): string => gazetteer.shortName(regionCode(code));
    expect(['410311', '410000', '150000', '513200', '131028', '130131'].map(short)).toEqual([
      '洛龙',
      '河南',
      '内蒙古',
      '阿坝',
      '大厂',
      '平山',
    ]);
    expect(short('130133')).toBe('赵县');
  });

  test('lists what lies below, passing over groupings without a name', () => {
    expect(gazetteer.childrenOf(null)).toHaveLength(34);
    expect(gazetteer.childrenOf(regionCode('410000'))).toContain('419001');
    expect(gazetteer.childrenOf(regionCode('110000'))).toContain('110105');
    expect(gazetteer.childrenOf(regionCode('410311001'))).toEqual([]);
  });

  test('gives the tokeniser full names, and no ordinary words', () => {
    const words = new Set(gazetteerWords());
    expect(words.has('洛龙区')).toBe(true);
    expect(words.has('合作')).toBe(false);
    expect(words.has('高新区')).toBe(false);
  });

  test('says which file and line it cannot read', () => {
    const files = { ...readGazetteer(), traditional: [] };
    expect(() => buildGazetteer({ ...files, places: '999999 桃花岛' })).toThrow(/places\.txt: "999999"/);
    expect(() => buildGazetteer({ ...files, divisions: '河南省' })).toThrow(/divisions\.txt/);
    expect(() => buildGazetteer({ ...files, contexts: 'beside-event 旁' })).toThrow(/contexts\.txt/);
    expect(() => buildGazetteer({ ...files, bestKnown: '110105 桃花岛' })).toThrow(/best-known\.txt/);
  });
});
