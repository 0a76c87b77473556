import { describe, expect, test } from 'vitest';
import { mayBeOneSpot, regionCode } from '../../../pipelines/domain/region.ts';

const one = (a: string, b: string): boolean => mayBeOneSpot(regionCode(a), regionCode(b));

describe('a road of one name', () => {
  test.each([
    ['a city and its county', '410300', '410325'],
    ['two counties of one city', '410325', '410324'],
    ['a county and its street', '410325', '410325103'],
    ['two streets of one county', '410325103', '410325104'],
    ['two whole cities of one province', '410300', '410500'],
    ['a city and its province', '410300', '410000'],
    ['a city and a county right under the province', '429004', '420100'],
  ])('may be one in %s', (_, a, b) => {
    expect(one(a, b)).toBe(true);
    expect(one(b, a)).toBe(true);
  });

  test.each([
    ['two counties of two cities', '410325', '410581'],
    ['a county and another city', '410325', '410500'],
    ['a county and its whole province', '410325', '410000'],
    ['two streets of two counties', '410325103', '410324102'],
  ])('is two in %s', (_, a, b) => {
    expect(one(a, b)).toBe(false);
    expect(one(b, a)).toBe(false);
  });
});
