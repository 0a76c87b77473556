import { readDivisions } from '../pipelines/2-understand/divisions.ts';
import { nameRegions, type KnownRegions } from '../pipelines/2-understand/name-regions.ts';
import { buildGazetteer, wordsOf, type Gazetteer } from '../pipelines/2-understand/gazetteer.ts';
import { readDivisionsFile, readGazetteer } from './adapters/gazetteer/read-gazetteer.ts';

const loaded = new Map<string | undefined, Gazetteer>();

/**
 * The gazetteer of this thread: read from the package's files once, then shared.
 *
 * @param ownPlaces the office's own list, where it has one.
 * @throws Error naming the file, and the line, that cannot be read.
 */
export function loadGazetteer(ownPlaces?: string): Gazetteer {
  const known = loaded.get(ownPlaces);
  if (known !== undefined) return known;
  const gazetteer = buildGazetteer(readGazetteer(ownPlaces));
  loaded.set(ownPlaces, gazetteer);
  return gazetteer;
}

/** Lets go of what was read, so that the next one is read from the files as they are then. */
export const forgetGazetteers = (): void => loaded.clear();

/** What the tokeniser's dictionary is made of with this list of the office. @throws as loadGazetteer does */
export const dictionaryWith = (ownPlaces: string): string[] => wordsOf(readGazetteer(ownPlaces));

/** Place names for the tokeniser's user dictionary; the same in every run of one release. */
export const gazetteerWords = (): string[] => loadGazetteer().words();

/** Names only, for threads that do not search texts: a third of the memory. */
export const loadRegionNames = (): KnownRegions => nameRegions(readDivisions(readDivisionsFile()));
