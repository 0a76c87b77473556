import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CALIBRATION_FILE } from './adapters/models/calibration-file.ts';
import type { Config } from './config.ts';

/** What an office keeps for understanding, as paths; what is absent is as released. */
export interface OfficeFiles {
  readonly places?: string;
  /** The list whose names the index's words were cut with, where `places` has changed since on the page 地名. */
  readonly indexedPlaces?: string;
  readonly taxonomy?: string;
  /** Looked for each time: it may be made while the server is up. */
  readonly calibration: string;
}

export const INDEXED_PLACES_FILE = 'places.indexed.txt';

/** Each file as the setting names it, else under its usual name in the data folder where there is one. */
export function officeFiles(config: Pick<Config, 'places' | 'taxonomy' | 'varDir'>): OfficeFiles {
  const places = config.places ?? kept(join(config.varDir, 'places.txt'));
  const indexedPlaces = kept(join(config.varDir, INDEXED_PLACES_FILE));
  const taxonomy = config.taxonomy ?? kept(join(config.varDir, 'taxonomy.json'));
  return {
    calibration: join(config.varDir, CALIBRATION_FILE),
    ...(places === undefined ? {} : { places }),
    ...(indexedPlaces === undefined ? {} : { indexedPlaces }),
    ...(taxonomy === undefined ? {} : { taxonomy }),
  };
}

const kept = (file: string): string | undefined => (existsSync(file) ? file : undefined);
