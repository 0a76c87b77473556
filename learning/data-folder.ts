import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packageRoot } from '../server/package-root.ts';

/** WENBIDA_DATA, or ../shared/data beside the package. Throws where it is absent, with the remedy. */
export function dataFolder(): string {
  const folder = resolve(packageRoot(), process.env['WENBIDA_DATA'] ?? '../shared/data');
  if (!existsSync(folder))
    throw new Error(
      `The data folder ${folder} does not exist. Set WENBIDA_DATA to the folder that holds smp2020-ewect, ced, taidi2020c …; the trained weights work without it.`,
    );
  return folder;
}

/** All rows of a gzip JSON Lines file, such as `ced/posts.jsonl.gz`. */
export function readRows<Row>(data: string, name: string): Row[] {
  const file = join(data, name);
  if (!existsSync(file)) throw new Error(`The data file ${file} is absent; see the list in its folder's README.md.`);
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}
