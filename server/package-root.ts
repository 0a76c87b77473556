import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

const isOurs = (folder: string): boolean => {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return false;
  const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'name' in parsed && parsed.name === 'wenbida';
};

/**
 * The folder that holds our package.json, so that data files are found from server/ and from dist/server/ alike.
 * @throws Error where no folder above this file is ours.
 */
export function packageRoot(): string {
  if (found !== undefined) return found;
  const start = dirname(fileURLToPath(import.meta.url));
  for (let at = start; ; at = dirname(at)) {
    if (isOurs(at)) return (found = at);
    if (dirname(at) === at) throw new Error(`no package.json named "wenbida" above ${start}: reinstall the package`);
  }
}
