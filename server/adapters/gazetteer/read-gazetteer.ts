import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Converter } from 'opencc-js/t2cn';
import type { GazetteerFiles } from '../../../pipelines/ports/gazetteer.ts';
import { packageRoot } from '../../package-root.ts';

/** The package's own types import each other without extensions, which this module resolution cannot follow. */
const makeConverter = Converter as (between: { from: string; to: string }) => (text: string) => string;

const FIRST_IDEOGRAPH = 0x4e00;
const LAST_IDEOGRAPH = 0x9fff;

/** OpenCC's characters one by one: phrases would change a text's length, and with it every position in it. */
function traditionalPairs(): [string, string][] {
  const toSimplified = makeConverter({ from: 't', to: 'cn' });
  const all: string[] = [];
  for (let unit = FIRST_IDEOGRAPH; unit <= LAST_IDEOGRAPH; unit++) all.push(String.fromCharCode(unit));
  const simplified = toSimplified(all.join('\n')).split('\n');
  const pairs: [string, string][] = [];
  all.forEach((traditional, index) => {
    const plain = simplified[index];
    if (plain !== undefined && plain !== traditional && plain.length === 1) pairs.push([traditional, plain]);
  });
  return pairs;
}

function readOwn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`本单位地名表 ${file} 读不了：${why}；请检查 WENBIDA_PLACES（--places）写的路径`, { cause: error });
  }
}

const FOLDER = join(packageRoot(), 'pipelines', '2-understand', 'gazetteer');

/** The list of divisions alone, for whoever only names them. @throws Error naming the file */
export const readDivisionsFile = (): string => readFileSync(join(FOLDER, 'divisions.txt'), 'utf8');

/**
 * Reads the gazetteer's files.
 * @param ownPlaces the office's own list of places, where it has one.
 * @throws Error naming the file that is missing or cannot be read.
 */
export function readGazetteer(ownPlaces?: string): GazetteerFiles {
  const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
  return {
    divisions: readDivisionsFile(),
    otherNames: read('other-names.txt'),
    abbreviations: read('abbreviations.txt'),
    places: read('places.txt'),
    genericPlaces: read('generic-places.txt'),
    alsoWords: read('also-words.txt'),
    bestKnown: read('best-known.txt'),
    abroad: read('abroad.txt'),
    traps: read('traps.txt'),
    contexts: read('contexts.txt'),
    traditional: traditionalPairs(),
    ...(ownPlaces === undefined ? {} : { ownPlaces: { file: ownPlaces, text: readOwn(ownPlaces) } }),
  };
}
