import { join } from 'node:path';
import { suggestTier } from '../pipelines/5-respond/suggest-tier.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { AnswerCase, Suggestion } from '../pipelines/domain/suggestion.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { MatrixStore } from '../pipelines/ports/matrix-store.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import { openMatrix } from './adapters/matrix/sqlite-matrix.ts';
import type { Config } from './config.ts';
import { MatrixNow } from './matrix-now.ts';
import { sayFinding } from './read-matrix.ts';
import { seedMatrix } from './seed-matrix.ts';

/** The matrix of a deployment, open: its store, what is in force, and the question put to it. */
export interface MatrixOffice {
  readonly store: MatrixStore;
  readonly now: MatrixNow;
  /** The accounts file has changed since it was taken over; the sentence to show. */
  readonly notice: string | undefined;
  /** By the matrix in force and the hours on duty of this moment. */
  suggest(theCase: AnswerCase): Suggestion;
  close(): void;
}

export interface OfficeParts {
  readonly config: Pick<Config, 'varDir' | 'accounts'>;
  readonly clock: Clock;
  readonly regions: RegionNames;
  readonly home: RegionCode;
  readonly log: { warn(message: string): void };
  /** false: an empty matrix stays empty, for whoever is about to fill it. */
  readonly seed?: boolean;
}

/** @throws AccountsError where the accounts file can't be used */
export function openMatrixOffice({ config, clock, regions, home, log, seed = true }: OfficeParts): MatrixOffice {
  const store = openMatrix(matrixFile(config));
  try {
    const file = config.accounts === undefined ? {} : { file: config.accounts };
    const notice = seed ? seedMatrix({ store, names: regions, clock, home, ...file }) : undefined;
    const now = new MatrixNow(store, regions, home);
    if (notice !== undefined) log.warn(notice);
    for (const finding of now.checked.findings) if (finding.severity !== 'hint') log.warn(sayFinding(finding));
    return {
      store,
      now,
      notice,
      suggest: (theCase) =>
        suggestTier({ at: clock.now(), ...theCase }, now.matrix, { regionName: (code) => regions.regionName(code) }),
      close: () => store.close(),
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

export const matrixFile = ({ varDir }: Pick<Config, 'varDir'>): string => join(varDir, 'matrix.sqlite');
