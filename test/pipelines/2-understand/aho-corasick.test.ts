import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AhoCorasick } from '../../../pipelines/2-understand/aho-corasick.ts';

const found = (patterns: readonly string[], text: string): string[] => {
  const hits: string[] = [];
  new AhoCorasick(patterns).scan(text, (start, end, pattern) => hits.push(`${start}-${end}:${patterns[pattern]}`));
  return hits.sort();
};

const naively = (patterns: readonly string[], text: string): string[] =>
  [...new Set(patterns)]
    .flatMap((pattern) => {
      const hits: string[] = [];
      for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
        hits.push(`${at}-${at + pattern.length}:${pattern}`);
      }
      return hits;
    })
    .sort();

describe('Aho–Corasick', () => {
  test('finds names inside names and names that overlap', () => {
    expect(found(['济南市', '市中区', '济南', '中区'], '济南市中区')).toEqual([
      '0-2:济南',
      '0-3:济南市',
      '2-5:市中区',
      '3-5:中区',
    ]);
  });

  test('finds what a plain search finds, on any text over a small alphabet', () => {
    const word = fc.string({ unit: fc.constantFrom('甲', '乙', '丙'), minLength: 1, maxLength: 4 });
    const text = fc.string({ unit: fc.constantFrom('甲', '乙', '丙'), maxLength: 40 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 12 }), text, (patterns, searched) => {
        expect(found(patterns, searched)).toEqual(naively(patterns, searched));
      }),
    );
  });

  test('refuses an empty pattern and says which', () => {
    expect(() => new AhoCorasick(['甲', ''])).toThrow(/pattern 1/);
  });
});
