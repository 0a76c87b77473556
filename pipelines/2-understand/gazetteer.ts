import { parentOf, regionCode, tierOfRegion, type RegionCode } from '../domain/region.ts';
import type { GazetteerFiles } from '../ports/gazetteer.ts';
import { AhoCorasick } from './aho-corasick.ts';
import { readDivisions, type Divisions } from './divisions.ts';
import { foldWith, type Fold } from './normalise.ts';
import { collectNames, NAME, type PlaceName } from './place-names.ts';
import { readContexts, type Contexts } from './read-contexts.ts';
import { shortNameOf } from './short-names.ts';

/** The divisions of China from 省 to 街道, and what `locate` needs to find their names in a text. */
export interface Gazetteer {
  knows(code: RegionCode): boolean;
  /** 河南省洛阳市宜阳县城关镇. An unlisted code (a village) reads as its nearest listed division; '' where there is none. */
  regionName(code: RegionCode): string;
  /** 洛龙 for 洛龙区; the name itself where it has no shorter form. */
  shortName(code: RegionCode): string;
  /** The divisions right below, by code; the provinces for null. Counties ruled by a province stand right below it. */
  childrenOf(code: RegionCode | null): RegionCode[];
  /** Names that the tokeniser should keep whole. */
  words(): string[];
  readonly divisions: Divisions;
  readonly names: readonly PlaceName[];
  /** Reports indexes into `names`. */
  readonly finder: AhoCorasick;
  readonly fold: Fold;
  readonly contexts: Contexts;
}

function listed(divisions: Divisions, code: RegionCode): number | undefined {
  for (let at: RegionCode | undefined = code; at !== undefined; at = parentOf(at)) {
    const node = divisions.nodeOf.get(at);
    if (node !== undefined) return node;
  }
  return undefined;
}

/** @throws RangeError naming the file and line that cannot be read. */
export function buildGazetteer(files: GazetteerFiles): Gazetteer {
  const divisions = readDivisions(files.divisions);
  const fold = foldWith(files.traditional);
  const collected = collectNames(files, divisions);
  const patterns: string[] = [];
  const names: PlaceName[] = [];
  const words: string[] = [];
  for (const [text, name] of collected) {
    patterns.push(fold(text).text);
    names.push(name);
    if (keepsWhole(text, name)) words.push(text);
  }
  const regionName = (code: RegionCode): string => {
    let name = '';
    for (let node = listed(divisions, code) ?? -1; node >= 0; node = divisions.parents[node] ?? -1) {
      const own = divisions.names[node] ?? '';
      if (own !== divisions.names[divisions.parents[node] ?? -1]) name = own + name;
    }
    return name;
  };
  return {
    divisions,
    names,
    finder: new AhoCorasick(patterns),
    fold,
    contexts: readContexts(files.contexts),
    knows: (code) => divisions.nodeOf.has(code),
    regionName,
    shortName: (code) => {
      const node = listed(divisions, code);
      return node === undefined
        ? ''
        : shortNameOf(divisions.names[node] ?? '', tierOfRegion(divisions.codes[node] ?? code));
    },
    childrenOf: (code) => {
      const node = code === null ? -1 : divisions.nodeOf.get(code);
      const below = node === undefined ? undefined : divisions.children.get(node);
      return (below ?? []).map((child) => regionCode(divisions.codes[child] ?? ''));
    },
    words: () => [...words],
  };
}

/**
 * Full names and longer short ones. Names of two characters are left to the tokeniser's own dictionary and its model of
 * new words: entered by force they would cut people's names (金秀|贤) and lose more places than they keep.
 */
function keepsWhole(text: string, name: PlaceName): boolean {
  if (text.length < 3 || name.wordy) return false;
  switch (name.kind) {
    case NAME.full:
    case NAME.street:
    case NAME.place:
    case NAME.short:
      return true;
    case NAME.streetShort:
    case NAME.generic:
    case NAME.phrase:
    case NAME.abroad:
    case NAME.trap:
      return false;
  }
}
