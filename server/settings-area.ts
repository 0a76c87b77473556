import { join } from 'node:path';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { KnownRegions } from '../pipelines/2-understand/name-regions.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { PostStore } from '../pipelines/ports/post-store.ts';
import type { ReviewStore } from '../pipelines/ports/review-store.ts';
import type { SettingsBook } from '../pipelines/ports/settings-book.ts';
import { CALIBRATION_FILE } from './adapters/models/calibration-file.ts';
import type { Config } from './config.ts';
import type { FrontDoor } from './front-door.ts';
import { buildModelsDesk } from './models-desk.ts';
import { INDEXED_PLACES_FILE, officeFiles } from './office-files.ts';
import { buildPlacesDesk } from './places-desk.ts';
import { buildRetentionDesk } from './retention-desk.ts';
import { ruleFile } from './rule-file.ts';
import type { SettingsServices } from './services/settings.ts';
import { buildTaxonomyDesk } from './taxonomy-desk.ts';
import { openTrials } from './trial.ts';
import type { UnderstandPool } from './understand-pool.ts';

export interface SettingsAreaParts {
  readonly config: Pick<Config, 'varDir' | 'places' | 'taxonomy' | 'retentionDays'>;
  readonly book: SettingsBook;
  readonly clock: Clock;
  readonly home: RegionCode;
  readonly regions: KnownRegions;
  readonly pool: UnderstandPool;
  readonly front: FrontDoor;
  readonly store: PostStore;
  readonly desk: DeskStore;
  readonly reviews: ReviewStore;
  readonly drill: boolean;
}

export interface SettingsArea {
  readonly services: SettingsServices;
  close(): Promise<void>;
}

/** What an office sets about its own deployment, with every version of it (settings.sqlite) and the threads that try drafts. */
export function openSettingsArea(parts: SettingsAreaParts): SettingsArea {
  const { config, book, clock, home, regions, pool, front, store, desk, reviews, drill } = parts;
  const { varDir } = config;
  const trials = openTrials();
  const office = () => ({ home, ...officeFiles(config) });
  const rules = { book, clock, pool, trials, drill, apply: () => pool.takeRules(office()) };
  return {
    services: {
      taxonomy: buildTaxonomyDesk({
        ...rules,
        file: ruleFile(config.taxonomy ?? join(varDir, 'taxonomy.json')),
      }),
      places: buildPlacesDesk({
        ...{ ...rules, regions, home },
        file: ruleFile(config.places ?? join(varDir, 'places.txt')),
        indexed: ruleFile(join(varDir, INDEXED_PLACES_FILE)),
      }),
      retention: buildRetentionDesk({
        ...{ book, clock, front, store, desk, drill },
        configured: config.retentionDays,
      }),
      models: buildModelsDesk({
        ...{ ...rules, varDir, office, reviews },
        file: ruleFile(join(varDir, CALIBRATION_FILE)),
      }),
    },
    async close() {
      await trials.close();
      book.close();
    },
  };
}
