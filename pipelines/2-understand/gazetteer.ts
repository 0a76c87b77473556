import type { GazetteerFiles } from '../ports/gazetteer.ts';
import { AhoCorasick } from './aho-corasick.ts';
import { readDivisions, type Divisions } from './divisions.ts';
import { nameRegions, type KnownRegions } from './name-regions.ts';
import { foldWith, type Fold } from './normalise.ts';
import { collectNames, NAME, type PlaceName } from './place-names.ts';
import { readContexts, type Contexts } from './read-contexts.ts';

/** The divisions of China from 省 to 街道, and what `locate` needs to find their names in a text. */
export interface Gazetteer extends KnownRegions {
  /** Names that the tokeniser should keep whole. */
  words(): string[];
  readonly divisions: Divisions;
  readonly names: readonly PlaceName[];
  /** Reports indexes into `names`. */
  readonly finder: AhoCorasick;
  readonly fold: Fold;
  readonly contexts: Contexts;
}

/** @throws RangeError or OwnPlacesError naming the file and line that cannot be read. */
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
  return {
    divisions,
    names,
    finder: new AhoCorasick(patterns),
    fold,
    contexts: readContexts(files.contexts),
    ...nameRegions(divisions),
    words: () => [...words],
  };
}

/** What `words()` of a gazetteer of these files would answer, without building one. @throws as buildGazetteer does */
export function wordsOf(files: GazetteerFiles): string[] {
  const collected = collectNames(files, readDivisions(files.divisions));
  return [...collected].flatMap(([text, name]) => (keepsWhole(text, name) ? [text] : []));
}

/**
 * Full names and longer short ones. Names of two characters are left to the tokeniser's own dictionary and its model of
 * new words: entered by force they would cut people's names (金秀|贤) and lose more places than they keep.
 */
function keepsWhole(text: string, name: PlaceName): boolean {
  if (name.wordy) return false;
  if (name.own === true) return true;
  if (text.length < 3) return false;
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
