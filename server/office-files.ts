import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CALIBRATION_FILE } from './adapters/models/calibration-file.ts';
import type { Config } from './config.ts';

/** What an office keeps for understanding, as paths; what is absent is as released. */
export interface OfficeFiles {
  readonly places?: string;
  readonly taxonomy?: string;
  /** Looked for each time: it may be made while the server is up. */
  readonly calibration: string;
}

/** Each file as the setting names it, else under its usual name in the data folder where there is one. */
export function officeFiles(config: Pick<Config, 'places' | 'taxonomy' | 'varDir'>): OfficeFiles {
  const places = config.places ?? kept(join(config.varDir, 'places.txt'));
  const taxonomy = config.taxonomy ?? kept(join(config.varDir, 'taxonomy.json'));
  return {
    calibration: join(config.varDir, CALIBRATION_FILE),
    ...(places === undefined ? {} : { places }),
    ...(taxonomy === undefined ? {} : { taxonomy }),
  };
}

const kept = (file: string): string | undefined => (existsSync(file) ? file : undefined);
