import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFaultAt, placeIn } from '../../../server/http/json-fault.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
};

test.each([
  ['{"id" "b"}', 6],
  ['[1,]', 3],
  ['{"a":1,}', 7],
  ['nul', 0],
  ['[01]', 2],
  ['["a\nb"]', 3],
  ['["\\x"]', 2],
  ['{"a":', 5],
  ['', 0],
  ['{} {}', 3],
])('%j breaks at %i', (text, at) => {
  expect(jsonFaultAt(text)).toBe(at);
});

test('it agrees with JSON.parse on every text, also on damaged JSON', () => {
  const damaged = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '\\', '1', ' ', 'e'))
    .map(([text, at, instead]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + instead + text.slice(cut + 1);
    });
  fc.assert(
    fc.property(fc.oneof(fc.json(), damaged, fc.string()), (text) => {
      expect(jsonFaultAt(text) === undefined).toBe(isJson(text));
    }),
    { numRuns: 3000 },
  );
});

test('depth does not exhaust the stack', () => {
  expect(jsonFaultAt('['.repeat(200_000))).toBe(200_000);
});

test('a place is told in lines and columns from 1', () => {
  expect(placeIn('{\n "a":\n}', 8)).toBe('line 3, column 1');
  expect(placeIn('{"a"', 4)).toBe('line 1, column 5');
});
