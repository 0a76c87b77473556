import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { regionCode } from '../../pipelines/domain/region.ts';
import { loadRegionNames } from '../../server/load-gazetteer.ts';
import { readMap } from '../../server/read-map.ts';

const names = loadRegionNames();
const HOME = regionCode('410300');
const NUMBER = '豫S(2026年)演练001号';
/** An invented square, counter-clockwise as RFC 7946 has it. */
const square = (x = 112, y = 34): number[][] => [
  [x, y],
  [x + 1, y],
  [x + 1, y + 1],
  [x, y + 1],
  [x, y],
];
const feature = (properties: object, geometry: object = { type: 'Polygon', coordinates: [square()] }): object => ({
  type: 'Feature',
  ...{ properties, geometry },
});

describe('the official map that an operator loads', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'map-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const file = (...features: readonly object[]): string => {
    const path = join(dir, 'map.geojson');
    writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }));
    return path;
  };
  const read = (...features: readonly object[]) => readMap(file(...features), NUMBER, names, HOME);
  const codeOf = (properties: object): string | null | undefined => {
    const { shapes } = read(feature(properties), feature({ adcode: 410302 }));
    return shapes.length === 2 ? shapes[0]?.code : null;
  };

  test.each([undefined, '', '没有', 'GS2024', '2024年0650号'])(
    'without its 审图号 (%s) it is refused in a sentence',
    (number) => {
      expect(() => readMap(file(feature({ adcode: 410327 })), number, names, HOME)).toThrow(
        /要有审图号才能上屏：请在 WENBIDA_MAP_NUMBER/u,
      );
    },
  );

  test.each(['GS(2024)0650号', 'GS京（2022）1061号', '豫S〔2023年〕017号', NUMBER])('%s is a 审图号', (number) => {
    expect(readMap(file(feature({ adcode: 410327 })), number, names, HOME).number).toBe(number);
  });

  test('a feature is a division by its code in any of the ways codes are written, or by its full name', () => {
    expect(codeOf({ adcode: 410327, name: '宜阳县' })).toBe('410327');
    expect(codeOf({ gb: '156410327' })).toBe('410327');
    expect(codeOf({ XZQDM: '410327000000' })).toBe('410327');
    expect(codeOf({ code: '4103' })).toBe('410300');
    expect(codeOf({ name: '宜阳县' })).toBe('410327');
    expect(codeOf({ NAME: '洛阳市' })).toBe('410300');
  });

  test('what is none of our divisions, or whose code and name say different places, is said and never counted', () => {
    const { shapes, unmatched } = read(
      feature({ adcode: 410327, name: '宜阳县' }),
      feature({ adcode: 419999, name: '飞地' }),
      feature({ adcode: 410328, name: '宜阳县' }),
      feature({ name: '境界线' }, { type: 'LineString', coordinates: square().slice(0, 3) }),
      feature({}),
    );
    expect(shapes.map(({ code }) => code)).toEqual(['410327']);
    expect(unmatched).toEqual(['飞地', '宜阳县', '境界线', '第5个图形']);
  });

  test('rings are turned the way d3-geo reads them, and no point is moved', () => {
    const hole = [
      [112.2, 34.2],
      [112.2, 34.8],
      [112.8, 34.8],
      [112.2, 34.2],
    ];
    const { shapes } = read(feature({ adcode: 410327 }, { type: 'Polygon', coordinates: [square(), hole] }));
    expect(shapes[0]?.geometry).toEqual({
      type: 'Polygon',
      coordinates: [[...square()].reverse(), [...hole].reverse()],
    });
    const turned = read(feature({ adcode: 410327 }, { type: 'Polygon', coordinates: [[...square()].reverse()] }));
    expect(turned.shapes[0]?.geometry).toEqual({ type: 'Polygon', coordinates: [[...square()].reverse()] });
  });

  test.each([
    ['metres', { type: 'Polygon', coordinates: [square(483_000, 3_800_000)] }, /坐标不能用：只收经纬度/u],
    ['points', { type: 'Point', coordinates: [112, 34] }, /坐标不能用/u],
    ['nothing', null, /坐标不能用/u],
  ])('coordinates in %s are refused in a sentence', (_name, geometry, says) => {
    expect(() => read(feature({ adcode: 410327 }, geometry as object))).toThrow(says);
  });

  test('a file that is none, and one in which nothing is ours, are refused in a sentence', () => {
    expect(() => readMap(join(dir, 'nowhere.json'), NUMBER, names, HOME)).toThrow(/读不了/u);
    writeFileSync(join(dir, 'other.json'), '{"type":"Topology"}');
    expect(() => readMap(join(dir, 'other.json'), NUMBER, names, HOME)).toThrow(/不是 GeoJSON 的 FeatureCollection/u);
    expect(() => read(feature({ name: '飞地' }))).toThrow(/没有一处对得上行政区划/u);
  });
});
