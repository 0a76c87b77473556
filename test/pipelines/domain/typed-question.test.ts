import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTyped } from '../../../pipelines/domain/typed-question.ts';

const said = (typed: string): unknown => {
  const { all, none } = readTyped(typed);
  const show = ({ text, exact }: { text: string; exact: boolean }): string => (exact ? `[${text}]` : text);
  return { all: all.map((terms) => terms.map(show).join('|')), none: none.map(show) };
};

test('words between blanks must all occur, one with a minus must not', () => {
  expect(said('  泄洪　水库 -演习 －通告 covid-19 ')).toEqual({
    all: ['泄洪', '水库', 'covid-19'],
    none: ['演习', '通告'],
  });
});

test('what stands between quotation marks of any kind is a phrase', () => {
  expect(said('"今晚 10点" “沿河，转移”「不要信」 -"演习 通告"')).toEqual({
    all: ['[今晚 10点]', '[沿河，转移]', '[不要信]'],
    none: ['[演习 通告]'],
  });
});

test('a bar is one of them', () => {
  expect(said('泄洪|放水｜"开 闸" 水库 | 大坝')).toEqual({ all: ['泄洪|放水|[开 闸]', '水库|大坝'], none: [] });
});

test('what says nothing asks nothing, and an open quotation goes to the end', () => {
  expect(said('')).toEqual({ all: [], none: [] });
  expect(said('"" | - "没有关上')).toEqual({ all: ['-', '[没有关上]'], none: [] });
});

test('anything can be typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const { all, none } = readTyped(typed);
      for (const { text } of [...all.flat(), ...none]) expect(typed).toContain(text);
    }),
  );
});
