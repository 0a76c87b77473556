import type { Tier } from './tier.ts';

/**
 * 属地, by administrative division code: six digits padded with zeros for 省/市/区县 (410000, 410300, 410327),
 * nine for 街道/乡镇, twelve for 村/社区.
 */
export type RegionCode = string & { readonly __region: unique symbol };

const CODE = /^(?:\d{6}|\d{9}|\d{12})$/;

export const isRegionCode = (value: unknown): value is RegionCode => typeof value === 'string' && CODE.test(value);

/** @throws RangeError where the text is not a division code. */
export function regionCode(value: string): RegionCode {
  if (!isRegionCode(value)) throw new RangeError(`not a division code: "${value}" (6, 9 or 12 digits)`);
  return value;
}

export const tierOfRegion = (code: RegionCode): Tier => {
  if (code.length === 12) return 'village';
  if (code.length === 9) return 'town';
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'city' : 'county';
};

/** Cities without districts are their own county: 东莞, 中山, 儋州 (and 嘉峪关). Their streets hang on the city's code. */
export const regionAt = (code: RegionCode, tier: Tier): RegionCode | undefined => {
  const of = tierOfRegion(code);
  switch (tier) {
    case 'village':
      return of === 'village' ? code : undefined;
    case 'town':
      if (of === 'town') return code;
      return of === 'village' ? (code.slice(0, 9) as RegionCode) : undefined;
    case 'county':
      return of === 'province' || of === 'city' ? undefined : (code.slice(0, 6) as RegionCode);
    case 'city':
      if (of === 'city') return code;
      return of === 'province' ? undefined : (`${code.slice(0, 4)}00` as RegionCode);
    case 'province':
      return of === 'province' ? code : (`${code.slice(0, 2)}0000` as RegionCode);
    case 'nation':
      return undefined;
  }
};

/** The region one tier up (a street's county, a county's city); undefined above a province. Never its own parent. */
export function parentOf(code: RegionCode): RegionCode | undefined {
  switch (tierOfRegion(code)) {
    case 'village':
      return code.slice(0, 9) as RegionCode;
    case 'town':
      return code.slice(0, 6) as RegionCode;
    case 'county':
      return `${code.slice(0, 4)}00` as RegionCode;
    case 'city':
      return `${code.slice(0, 2)}0000` as RegionCode;
    case 'province':
    case 'nation':
      return undefined;
  }
}

/** True where `outer` is `inner` or one of the regions above it. Asked for every post and heap of posts, so it makes no strings. */
export function contains(outer: RegionCode, inner: RegionCode): boolean {
  if (inner.length < outer.length) return false;
  for (let at = significant(outer) - 1; at >= 0; at--) if (outer.charCodeAt(at) !== inner.charCodeAt(at)) return false;
  return true;
}

/** Two regions of one province, or one of them the province itself. */
export const oneProvince = (a: RegionCode, b: RegionCode): boolean =>
  a.charCodeAt(0) === b.charCodeAt(0) && a.charCodeAt(1) === b.charCodeAt(1);

/** How many digits of a code say where it is. */
const significant = (code: RegionCode): number =>
  code.length > 6 ? code.length : code.endsWith('0000') ? 2 : code.endsWith('00') ? 4 : 6;

/** What the code of a region and of everything in it begins with: 4103 for 410300, 41 for 410000. */
export const prefixOf = (code: RegionCode): string => (code.length === 6 ? code.replace(/(?:00){1,2}$/u, '') : code);

/** From the region itself up to its province. */
export function pathOf(code: RegionCode): RegionCode[] {
  const path: RegionCode[] = [];
  for (let at: RegionCode | undefined = code; at !== undefined; at = parentOf(at)) path.push(at);
  return path;
}

/**
 * Whether a road, an estate, a village or a school that two texts name alike can be one. In one city it can, unless each tells of a
 * street of another county. Of two cities it can only where both are told of whole: what is told of to its county or street is no
 * other city's of the same name, and no whole province's.
 */
export function mayBeOneSpot(a: RegionCode, b: RegionCode): boolean {
  const [city, other] = [regionAt(a, 'city'), regionAt(b, 'city')];
  if (city === undefined || city !== other) return isWhole(a) && isWhole(b);
  if (regionAt(a, 'town') === undefined || regionAt(b, 'town') === undefined) return true;
  return regionAt(a, 'county') === regionAt(b, 'county');
}

/** A city, or a county right under its province (潜江, 可克达拉), whose code has 90 in the place of a city's. */
const isWhole = (code: RegionCode): boolean =>
  regionAt(code, 'county') === undefined || (code.length === 6 && code.slice(2, 4) === '90');
