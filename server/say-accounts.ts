import { existsSync } from 'node:fs';
import { regionCode } from '../pipelines/domain/region.ts';
import { openMatrix } from './adapters/matrix/sqlite-matrix.ts';
import type { Config } from './config.ts';
import { loadRegionNames } from './load-gazetteer.ts';
import { matrixFile } from './matrix-office.ts';
import { MatrixNow } from './matrix-now.ts';
import { readMatrix, sayFinding, type ReadMatrix } from './read-matrix.ts';
import { exampleFile } from './seed-matrix.ts';

/** A matrix as it stands: the kept one, or before the first start the file it would be made from. @throws AccountsError */
export function standingMatrix(config: Config): ReadMatrix & { readonly from: string } {
  const names = loadRegionNames();
  const home = config.home === undefined ? undefined : regionCode(config.home);
  if (!existsSync(matrixFile(config))) {
    const file = config.accounts ?? exampleFile();
    return { from: file, ...readMatrix(file, names, home) };
  }
  // A file that was named is looked at too, though the kept matrix is what counts.
  if (config.accounts !== undefined) readMatrix(config.accounts, names, home);
  const store = openMatrix(matrixFile(config));
  try {
    const accounts = store.accounts();
    const { findings } = new MatrixNow(store, names, home).checked;
    return { from: matrixFile(config), accounts, findings };
  } finally {
    store.close();
  }
}

/** One line for `wenbida check`. @throws AccountsError */
export function sayAccounts(config: Config): string {
  const { accounts, findings, from } = standingMatrix(config);
  const holes = findings.filter(({ severity }) => severity !== 'hint');
  return [`${accounts.length} 个账号（${from}）`, ...holes.map(sayFinding)].join('；');
}
