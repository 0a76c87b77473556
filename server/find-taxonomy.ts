import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';

/** What opening understanding needs to know of it: nothing where there is none. */
export function taxonomyOption(config: Pick<Config, 'taxonomy' | 'varDir'>): { taxonomy?: string } {
  const taxonomy = findTaxonomy(config);
  return taxonomy === undefined ? {} : { taxonomy };
}

/** The office's taxonomy file: WENBIDA_TAXONOMY, else taxonomy.json in the data folder where there is one. */
export function findTaxonomy({ taxonomy, varDir }: Pick<Config, 'taxonomy' | 'varDir'>): string | undefined {
  if (taxonomy !== undefined) return taxonomy;
  const own = join(varDir, 'taxonomy.json');
  return existsSync(own) ? own : undefined;
}
