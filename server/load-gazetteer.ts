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
