import { tierOfRegion, type RegionCode } from '../domain/region.ts';
import type { Tier } from '../domain/tier.ts';
import type { GazetteerFiles } from '../ports/gazetteer.ts';
import { isZone, linesOf, type Divisions } from './divisions.ts';
import { OwnPlacesError, readOwnPlaces } from './own-places.ts';
import { shortNameOf } from './short-names.ts';

/** What kind of name it is: this decides what else must speak for it. */
export const NAME = {
  /** 河南省, 洛阳市, 宜阳县. */
  full: 1,
  /** 河南, 洛阳, 宜阳. */
  short: 2,
  /** 城关镇: counts only where its county or city is known. */
  street: 3,
  /** 城关: counts only right behind its county or city. */
  streetShort: 4,
  /** 高新区: no place of its own. */
  generic: 5,
  /** 燕郊, 浦东机场. */
  place: 6,
  /** 来沪, 在京. */
  phrase: 7,
  abroad: 8,
  trap: 9,
} as const;
export type NameKind = (typeof NAME)[keyof typeof NAME];

export interface Reading {
  readonly node: number;
  /** How likely it is meant where nothing else is known; only ratios matter. */
  readonly prior: number;
}

export interface PlaceName {
  kind: NameKind;
  /** Also an ordinary word or a personal name. */
  wordy: boolean;
  /** Short for a province or a city: known to everybody, and to the tokeniser's dictionary as part of longer words. */
  wide: boolean;
  readings: Reading[];
  /** From the office's own list: the tokeniser keeps it whole, however short. */
  own?: true;
}

/** 西安 is a district's name in two other cities too: nobody who writes the short name means those. */
const PRIOR = { province: 60, city: 24, county: 2, town: 1, bestKnown: 16 } as const;
/** Counties become cities and districts; older texts, and people, keep the older ending (密云县). 自治 is left out too. */
function olderEndings(name: string): readonly string[] {
  if (name.endsWith('自治州')) return ['州'];
  if (name.endsWith('自治县')) return ['县'];
  if (name.endsWith('市')) return ['县'];
  return name.endsWith('区') ? ['县', '市'] : [];
}
const isProvince = (divisions: Divisions, node: number): boolean =>
  tierOfRegion(divisions.codes[node] as RegionCode) === 'province';
const WIDE: ReadonlySet<Tier> = new Set(['province', 'city']);

export type PlaceNames = Map<string, PlaceName>;

const RANK: Readonly<Record<NameKind, number>> = {
  [NAME.trap]: 9,
  [NAME.generic]: 8,
  [NAME.abroad]: 7,
  [NAME.full]: 6,
  [NAME.place]: 5,
  [NAME.phrase]: 4,
  [NAME.short]: 3,
  [NAME.street]: 2,
  [NAME.streetShort]: 1,
};

function add(names: PlaceNames, name: string, kind: NameKind, reading?: Reading): void {
  const known = names.get(name);
  if (known === undefined) {
    names.set(name, { kind, wordy: false, wide: false, readings: reading === undefined ? [] : [reading] });
    return;
  }
  // A street that shares its name with a county (or a street's short name with a town's) would drown it.
  if (RANK[kind] > RANK[known.kind]) {
    if (RANK[known.kind] <= RANK[NAME.street]) known.readings = [];
    known.kind = kind;
  } else if (RANK[kind] <= RANK[NAME.street] && RANK[known.kind] > RANK[kind]) {
    return;
  }
  if (reading !== undefined && !known.readings.some(({ node }) => node === reading.node)) known.readings.push(reading);
}

function addDivisions(names: PlaceNames, divisions: Divisions): void {
  const { codes, parents } = divisions;
  const fullNames = new Set<string>();
  codes.forEach((code, node) => {
    if (code.length === 6) fullNames.add(divisions.names[node] ?? '');
  });
  codes.forEach((code, node) => {
    const name = divisions.names[node] ?? '';
    const tier = tierOfRegion(code);
    if (tier === 'town') {
      const short = shortNameOf(name, tier);
      const prior = PRIOR.town;
      if (name.length >= 3) add(names, name, NAME.street, { node, prior });
      if (short !== name && short.length >= 2) add(names, short, NAME.streetShort, { node, prior });
      return;
    }
    // 嘉峪关 is listed again as its own county.
    if (name === divisions.names[parents[node] ?? -1]) return;
    if (isZone(code)) {
      add(names, name, NAME.place, { node: parents[node] ?? node, prior: PRIOR.county });
      return;
    }
    const prior = tier === 'province' ? PRIOR.province : tier === 'city' ? PRIOR.city : PRIOR.county;
    const reading = { node, prior };
    const short = shortNameOf(name, tier);
    add(names, name, NAME.full, reading);
    if (short === name || short.length < 2) return;
    const parent = divisions.names[parents[node] ?? -1];
    // 长沙县 inside 长沙, 大同区 in 大庆: the short name means the city unless the county is named in full.
    if (tier === 'county' && parent !== undefined && shortNameOf(parent, 'city') === short) return;
    add(names, short, NAME.short, reading);
    // 郑洲: the commonest slip of the pen, and a way past a filter.
    if (tier !== 'county' && short.endsWith('州')) add(names, `${short.slice(0, -1)}洲`, NAME.short, reading);
    for (const ending of olderEndings(name)) {
      const older = short + ending;
      if (!fullNames.has(older) && !older.endsWith('城市')) add(names, older, NAME.full, { node, prior: prior / 2 });
    }
  });
}

function addListed(names: PlaceNames, divisions: Divisions, text: string, kind: NameKind, file: string): void {
  for (const line of linesOf(text)) {
    const [code = '', ...listed] = line.split(/\s+/);
    const node = divisions.nodeOf.get(code);
    if (node === undefined) throw new RangeError(`${file}: "${code}" is no known division code`);
    for (const name of listed) add(names, name, kind, { node, prior: PRIOR.city });
  }
}

/** The office knows its places best: its names come last and mean what it says, but not another division. */
function addOwn(names: PlaceNames, divisions: Divisions, own: NonNullable<GazetteerFiles['ownPlaces']>): void {
  for (const { name, node, wordy, line } of readOwnPlaces(own.file, own.text, divisions)) {
    if (names.get(name)?.kind === NAME.full)
      throw new OwnPlacesError(`本单位地名表 ${own.file} 第 ${line} 行：“${name}”是区划的名称，不能另指一处`);
    const reading = { node, prior: PRIOR.city };
    names.set(name, { kind: wordy ? NAME.short : NAME.place, wordy, wide: false, readings: [reading], own: true });
  }
}

/** All names that are looked for, as they stand in folded text. @throws RangeError or OwnPlacesError naming the file and the bad line. */
export function collectNames(files: GazetteerFiles, divisions: Divisions): PlaceNames {
  const names: PlaceNames = new Map();
  addDivisions(names, divisions);
  addListed(names, divisions, files.otherNames, NAME.short, 'other-names.txt');
  addListed(names, divisions, files.places, NAME.place, 'places.txt');
  addListed(names, divisions, files.abbreviations, NAME.phrase, 'abbreviations.txt');
  for (const name of linesOf(files.genericPlaces)) add(names, name, NAME.generic);
  for (const name of linesOf(files.abroad).flatMap((line) => line.split(/\s+/))) add(names, name, NAME.abroad);
  for (const line of linesOf(files.bestKnown)) {
    const [code = '', ...known] = line.split(/\s+/);
    const node = divisions.nodeOf.get(code);
    if (node === undefined) throw new RangeError(`best-known.txt: "${code}" is no known division code`);
    for (const name of known) {
      const entry = names.get(name);
      if (entry === undefined) throw new RangeError(`best-known.txt: "${name}" is no known place name`);
      const others = entry.readings.filter((reading) => reading.node !== node);
      const prior = Math.max(PRIOR.bestKnown, ...others.map((other) => other.prior * 2));
      entry.readings = [{ node, prior }, ...others];
    }
  }
  for (const name of linesOf(files.alsoWords).flatMap((line) => line.split(/\s+/))) {
    const entry = names.get(name);
    // 河南 is a district's name somewhere too, but nobody takes the province for a word.
    if (entry !== undefined && !entry.readings.some(({ node }) => isProvince(divisions, node))) entry.wordy = true;
  }
  for (const name of names.values()) {
    name.wide = name.readings.some(({ node }) => WIDE.has(tierOfRegion(divisions.codes[node] as RegionCode)));
  }
  for (const trap of linesOf(files.traps).flatMap((line) => line.split(/\s+/))) {
    names.set(trap, { kind: NAME.trap, wordy: false, wide: false, readings: [] });
  }
  if (files.ownPlaces !== undefined) addOwn(names, divisions, files.ownPlaces);
  return names;
}
