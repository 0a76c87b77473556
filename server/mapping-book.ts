import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mapping } from '../pipelines/0-source/mapping.ts';
import { loadMappings } from './load-mappings.ts';

/** The mappings of a deployment: those that ship as examples, and those that people drew and saved in `<data>/sources/`. */
export interface MappingBook {
  list(): readonly Mapping[];
  /** In a file of its own, in the place of one of the same name; tables are recognised by it from now on. */
  save(mapping: Mapping): Promise<void>;
}

/** @throws Error naming the mapping file that can't be read */
export async function openMappingBook(varDir: string): Promise<MappingBook> {
  let mappings = await loadMappings(varDir);
  return {
    list: () => mappings,
    async save(mapping) {
      const folder = join(varDir, 'sources');
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${mapping.name.replace(/[^\p{L}\p{N}-]+/gu, '-')}.json`);
      // Written beside and renamed, so that a reader never sees half of it.
      await writeFile(`${path}.new`, `${JSON.stringify(mapping, null, 2)}\n`);
      await rename(`${path}.new`, path);
      mappings = await loadMappings(varDir);
    },
  };
}
