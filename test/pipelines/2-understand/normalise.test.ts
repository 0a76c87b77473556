import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldWith } from '../../../pipelines/2-understand/normalise.ts';

const fold = foldWith([
  ['東', '东'],
  ['臺', '台'],
]);

describe('folding before matching', () => {
  test('an ordinary text comes back as it is', () => {
    expect(fold('洛阳市停水')).toEqual({ text: '洛阳市停水', origin: null, rewritten: false });
  });

  test('zero-width characters go, and places in the text stay findable in the original', () => {
    const original = '洛\u200b阳\u2060市';
    const folded = fold(original);
    expect(folded.text).toBe('洛阳市');
    expect([...(folded.origin ?? [])]).toEqual([0, 2, 4, 5]);
    expect(original.slice(folded.origin?.[0], folded.origin?.[3])).toBe(original);
  });

  test('full width becomes half, radicals become characters, traditional becomes simplified', () => {
    expect(fold('ＡＢＣ１２').text).toBe('ABC12');
    expect(fold('⽔⻄').text).toBe('水西');
    expect(fold('臺東').text).toBe('台东');
    expect(fold('臺東').rewritten).toBe(true);
  });

  test('two halves become their character, and other neighbours of a half stay', () => {
    expect(fold('氵可南')).toEqual({ text: '河南', origin: Int32Array.from([0, 2, 3]), rewritten: true });
    expect(fold('关阝州').text).toBe('郑州');
    expect(fold('氵中阝').text).toBe('氵中阝');
  });

  test('signs of full width are not characters rewritten: words keep their edges', () => {
    expect(fold('洛阳～２')).toEqual({ text: '洛阳~2', origin: null, rewritten: false });
  });

  test('the marks between sentences stay as they were written', () => {
    expect(fold('停水，停电。').text).toBe('停水，停电。');
  });

  test('on any text each unit of the answer has its place in the original, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { text: plain, origin } = fold(text);
        if (origin === null) {
          expect(plain.length).toBe(text.length);
          return;
        }
        expect(origin.length).toBe(plain.length + 1);
        expect([...origin].every((at, index) => index === 0 || at > (origin[index - 1] ?? -1))).toBe(true);
      }),
    );
  });
});
