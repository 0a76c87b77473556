import { expect, test } from 'vitest';
import { layMap, placeLabels } from '../../web/src/wall/region-map-layout.ts';
import { aPulse, NOW } from '../browser/invented-city.ts';
import { aMap } from '../browser/invented-wall.ts';

const SIZE = { width: 344, height: 344 };
const shapes = layMap(aMap(aPulse(NOW)).shapes, SIZE.width, SIZE.height);

test('every shape lies in the drawing, and none is turned inside out', () => {
  expect(shapes.length).toBe(15);
  for (const { x, y, width, height, path } of shapes) {
    expect(path).toMatch(/^M/u);
    // A ring the wrong way round would be the rest of the earth.
    expect(width).toBeLessThan(SIZE.width / 3);
    expect(x - width / 2).toBeGreaterThan(-1);
    expect(x + width / 2).toBeLessThan(SIZE.width + 1);
    expect(y - height / 2).toBeGreaterThan(-1);
    expect(y + height / 2).toBeLessThan(SIZE.height + 1);
  }
});

test('labels cover no other, and an incident’s letter is written before any name', () => {
  const labels = placeLabels(
    shapes,
    ({ name }) => ({ name: `${name}名字很长`, below: name === '新安' ? 'B' : '12', letters: name === '新安' }),
    SIZE,
  );
  expect(labels[0]?.lines.at(-1)).toEqual({ words: 'B', strong: true });
  for (const [at, a] of labels.entries())
    for (const b of labels.slice(at + 1)) {
      const apart =
        Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - 0.01 ||
        Math.abs(a.y - b.y) >= 12 * (a.lines.length + b.lines.length) - 0.01;
      expect(apart, `${a.code} and ${b.code}`).toBe(true);
    }
});
