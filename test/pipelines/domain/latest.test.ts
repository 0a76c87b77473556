import { describe, expect, test } from 'vitest';
import { Latest } from '../../../pipelines/domain/latest.ts';

describe('a map of the keys noted last', () => {
  test('forgets what was noted first', () => {
    const latest = new Latest<string, number>(2);
    latest.set('a', 1);
    latest.set('b', 2);
    latest.set('c', 3);
    expect([...latest]).toEqual([
      ['b', 2],
      ['c', 3],
    ]);
    expect(latest.get('a')).toBeUndefined();
    expect(latest.size).toBe(2);
  });

  test('a key noted again has its new value and its old place', () => {
    const latest = new Latest<string, number>(2);
    latest.set('a', 1);
    latest.set('b', 2);
    latest.set('a', 9);
    latest.set('c', 3);
    expect([...latest]).toEqual([
      ['b', 2],
      ['c', 3],
    ]);
  });

  test('holds its bound however many come', () => {
    const latest = new Latest<string, number>(10);
    for (let key = 0; key < 1_000; key++) latest.set(`${key}`, key);
    expect(latest.size).toBe(10);
    expect([latest.get('989'), latest.get('990'), latest.has('999')]).toEqual([undefined, 990, true]);
    expect([...latest].map(([, value]) => value)).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
  });
});
