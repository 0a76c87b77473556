import { readDivisions } from '../pipelines/2-understand/divisions.ts';
import { nameRegions, type KnownRegions } from '../pipelines/2-understand/name-regions.ts';
import { buildGazetteer, type Gazetteer } from '../pipelines/2-understand/gazetteer.ts';
import { readGazetteer } from './adapters/gazetteer/read-gazetteer.ts';

let loaded: Gazetteer | undefined;

/** The gazetteer of this thread: read from the package's files once, then shared. */
export function loadGazetteer(): Gazetteer {
  loaded ??= buildGazetteer(readGazetteer());
  return loaded;
}

/** Place names for the tokeniser's user dictionary; the same in every run of one release. */
export const gazetteerWords = (): string[] => loadGazetteer().words();

/** Names only, for threads that do not search texts: a third of the memory. */
export const loadRegionNames = (): KnownRegions => nameRegions(readDivisions(readGazetteer().divisions));
