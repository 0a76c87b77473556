import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { MatrixOrigin, MatrixStore } from '../pipelines/ports/matrix-store.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import { AccountsError } from './adapters/accounts/read-accounts.ts';
import { packageRoot } from './package-root.ts';
import { readMatrix } from './read-matrix.ts';

export interface SeedParts {
  readonly store: MatrixStore;
  readonly names: RegionNames;
  readonly clock: Clock;
  readonly home?: RegionCode;
  /** The accounts file the deployment was told of; without one the drill's matrix, so that a first look shows something. */
  readonly file?: string;
}

/** The matrix of the drill, shipped with the package. */
export const exampleFile = (): string => join(packageRoot(), 'accounts', 'luoyang.json');

/**
 * Fills an empty matrix from the accounts file. A matrix that is there already is never overwritten: people may have changed it since.
 * A file that was named must be readable all the same, because whoever names it means it.
 * @returns what to tell people where the file has changed since it was taken over.
 * @throws AccountsError where the file can't be used
 */
export function seedMatrix({ store, names, clock, home, file }: SeedParts): string | undefined {
  const empty = store.last() === 0;
  if (file === undefined && !empty) return undefined;
  const path = file ?? exampleFile();
  const { accounts } = readMatrix(path, names, home);
  const origin: MatrixOrigin = { file: path, sha256: sha256Of(path), at: clock.now() };
  if (empty) {
    store.change(
      0,
      { changes: accounts.map((put) => ({ put })), at: clock.now(), by: '首次启动', why: `取自${basename(path)}` },
      origin,
    );
    return undefined;
  }
  if (store.origin()?.sha256 === origin.sha256) return undefined;
  return `矩阵以数据目录里的为准，没有用文件覆盖：${path}与当初采用的不同；要采用它，请运行 wenbida accounts import ${path}`;
}

export const sha256Of = (file: string): string => {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch (error) {
    throw new AccountsError(
      `矩阵账号文件 ${file} 读不了：${error instanceof Error ? error.message : String(error)}；请检查路径`,
      {
        cause: error,
      },
    );
  }
};
