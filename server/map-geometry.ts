import type { MapShape } from './contract/wall.ts';

type Geometry = MapShape['geometry'];
type Position = number[];

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) &&
  (value.length === 2 || value.length === 3) &&
  value.every((part) => typeof part === 'number' && Number.isFinite(part)) &&
  Math.abs(Number(value[0])) <= 180 &&
  Math.abs(Number(value[1])) <= 90;
const isLine = (value: unknown): value is Position[] =>
  Array.isArray(value) && value.length >= 2 && value.every(isPosition);
const isRing = (value: unknown): value is Position[] => isLine(value) && value.length >= 4;
const isLines = (value: unknown): value is Position[][] =>
  Array.isArray(value) && value.length > 0 && value.every(isLine);
const isPolygon = (value: unknown): value is Position[][] =>
  Array.isArray(value) && value.length > 0 && value.every(isRing);

/**
 * A polygon or a line in degrees; undefined for anything else. d3-geo takes what lies on the right of a ring as its inside, other
 * programs the left: so rings are turned, outer ones clockwise. Not a point is moved: an official map is shown as it was reviewed.
 */
export function readGeometry(given: unknown): Geometry | undefined {
  const { type, coordinates } = (given ?? {}) as { type?: unknown; coordinates?: unknown };
  if (type === 'LineString' && isLine(coordinates)) return { type, coordinates };
  if (type === 'MultiLineString' && isLines(coordinates)) return { type, coordinates };
  if (type === 'Polygon' && isPolygon(coordinates)) return { type, coordinates: turned(coordinates) };
  if (type === 'MultiPolygon' && Array.isArray(coordinates) && coordinates.length > 0 && coordinates.every(isPolygon))
    return { type, coordinates: coordinates.map(turned) };
  return undefined;
}

const turned = (rings: Position[][]): Position[][] =>
  rings.map((ring, at) => (isClockwise(ring) === (at === 0) ? ring : [...ring].reverse()));

/** By the shoelace formula over the degrees: small rings far from the poles and the date line, as ours are. */
function isClockwise(ring: readonly Position[]): boolean {
  let area = 0;
  for (let at = 1; at < ring.length; at++) {
    const [x0 = 0, y0 = 0] = ring[at - 1]!;
    const [x1 = 0, y1 = 0] = ring[at]!;
    area += x0 * y1 - x1 * y0;
  }
  return area < 0;
}
