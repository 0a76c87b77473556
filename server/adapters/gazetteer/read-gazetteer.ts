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

/**
 * Reads the gazetteer's files.
 * @throws Error naming the file that is missing or cannot be read.
 */
export function readGazetteer(): GazetteerFiles {
  const folder = join(packageRoot(), 'pipelines', '2-understand', 'gazetteer');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return {
    divisions: read('divisions.txt'),
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
  };
}
