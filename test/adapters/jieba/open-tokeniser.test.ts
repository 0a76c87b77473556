import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { openTokeniser, stampOf } from '../../../server/adapters/jieba/open-tokeniser.ts';
import { tidyTokens } from '../../../server/adapters/jieba/tidy-tokens.ts';
import { userDictionary } from '../../../server/adapters/jieba/user-dictionary.ts';
import { describeLane } from '../../lane.ts';
import { tokeniserSuite } from '../../suites/tokeniser-suite.ts';

tokeniserSuite('node-rs', (words) => openTokeniser(words, 'node-rs'));

const canCompile = (): boolean => {
  try {
    createRequire(import.meta.url).resolve('nodejieba/build/Release/nodejieba.node');
    return true;
  } catch (missing) {
    return !(missing instanceof Error);
  }
};
describeLane('nodejieba', canCompile() ? undefined : 'nodejieba was not compiled: run npm rebuild nodejieba', () => {
  tokeniserSuite('nodejieba', (words) => openTokeniser(words, 'nodejieba'));

  test('one thread holds one dictionary: another is refused, and nobody’s words change unseen', async () => {
    await expect(openTokeniser(['别的词'], 'nodejieba')).rejects.toThrow(/no tokeniser could be loaded/);
  });

  test('stamps without opening, and another dictionary has another stamp', () => {
    expect(stampOf('nodejieba', ['洛龙区', '陈店镇'])).toBe(stampOf('nodejieba', ['陈店镇', '洛龙区']));
    expect(stampOf('nodejieba', ['洛龙区'])).not.toBe(stampOf('nodejieba', ['陈店镇']));
  });
});

describe('the user dictionary', () => {
  test('leaves out what the provider knows, so that a known word does not become rarer', () => {
    expect(userDictionary(['洛阳', '洛龙区'], '洛阳 2331 ns\n市民 3506 n\n')).toMatch(/\n洛龙区 5 ns\n$/);
  });
});

describe('tidying words', () => {
  test('joins what the providers cut differently', () => {
    expect(tidyTokens(['COVID', '-', '19', ' ', '3.14', '%', '。'])).toEqual(['COVID-19', '3.14%', '。']);
    expect(tidyTokens(['.', '.', 'a', '/', '/'])).toEqual(['.', '.', 'a', '/', '/']);
  });
});
