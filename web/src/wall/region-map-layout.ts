import { geoConicEqualArea, geoPath } from 'd3-geo';
import type { MapShape } from '../../../server/contract/wall.ts';

/** Lengths are px at 1920×1080; the drawing's viewBox is in the same unit. */
export interface DrawnShape {
  readonly code: string | null;
  readonly name: string;
  readonly path: string;
  readonly line: boolean;
  /** Middle of the shape, and its extent. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The standard parallels of Chinese maps (Albers, 25° and 47° N), so that shapes look as people know them. */
const PARALLELS: [number, number] = [25, 47];
const MARGIN = 4;

/** The shapes fitted into `width` × `height`. */
export function layMap(shapes: readonly MapShape[], width: number, height: number): readonly DrawnShape[] {
  const features = shapes.map(({ code, name, geometry }) => ({
    type: 'Feature' as const,
    properties: { code, name },
    geometry,
  }));
  const all = { type: 'FeatureCollection' as const, features };
  const middle = geoPath().bounds(all);
  const projection = geoConicEqualArea()
    .parallels(PARALLELS)
    .rotate([-(middle[0][0] + middle[1][0]) / 2, 0])
    .fitExtent(
      [
        [MARGIN, MARGIN],
        [width - MARGIN, height - MARGIN],
      ],
      all,
    );
  const path = geoPath(projection).digits(1);
  return features.map((feature) => {
    const [[left, top], [right, bottom]] = path.bounds(feature);
    const [x, y] = path.centroid(feature);
    return {
      ...feature.properties,
      path: path(feature) ?? '',
      line: feature.geometry.type.endsWith('LineString'),
      ...{ x, y, width: right - left, height: bottom - top },
    };
  });
}

export interface MapLabel {
  readonly code: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly lines: readonly { readonly words: string; readonly strong: boolean }[];
}

const LINE = 24;
const EM = 20;
/** A Han character is an em wide, everything else about six tenths. */
const widthOf = (words: string): number =>
  [...words].reduce((sum, sign) => sum + (/[\p{Script=Han}]/u.test(sign) ? EM : 0.62 * EM), 4);

/**
 * Labels that cover no other: those with letters of incidents first, then the wider shapes. Where there is no room for the name and
 * what stands below it, the shape keeps its ink and its words for who points at it; letters are always written.
 */
export function placeLabels(
  shapes: readonly DrawnShape[],
  wordsOf: (shape: DrawnShape) => { readonly name: string; readonly below: string; readonly letters: boolean },
  { width, height }: { readonly width: number; readonly height: number },
): readonly MapLabel[] {
  const taken: { left: number; right: number; top: number; bottom: number }[] = [];
  const labels: MapLabel[] = [];
  const wanted = shapes
    .flatMap((shape) => (shape.code === null ? [] : [{ shape, code: shape.code, words: wordsOf(shape) }]))
    .sort(
      (a, b) =>
        Number(b.words.letters) - Number(a.words.letters) ||
        b.shape.width * b.shape.height - a.shape.width * a.shape.height,
    );
  for (const { shape, code, words } of wanted) {
    const full = [
      { words: words.name, strong: false },
      { words: words.below, strong: words.letters },
    ];
    for (const lines of words.letters ? [full, full.slice(1)] : [full, full.slice(0, 1)]) {
      const wide = Math.max(...lines.map((line) => widthOf(line.words)));
      const tall = LINE * lines.length;
      const x = Math.min(width - wide / 2, Math.max(wide / 2, shape.x));
      const y = Math.min(height - tall / 2, Math.max(tall / 2, shape.y));
      const box = { left: x - wide / 2, right: x + wide / 2, top: y - tall / 2, bottom: y + tall / 2 };
      const fits = words.letters || (wide <= shape.width * 1.3 && tall <= shape.height * 1.2);
      const free = taken.every(
        (other) =>
          box.left >= other.right || box.right <= other.left || box.top >= other.bottom || box.bottom <= other.top,
      );
      if (!fits || !free) continue;
      taken.push(box);
      labels.push({ code, x, y, width: wide, lines });
      break;
    }
  }
  return labels;
}
