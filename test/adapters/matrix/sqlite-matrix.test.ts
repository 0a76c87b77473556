import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openMatrix } from '../../../server/adapters/matrix/sqlite-matrix.ts';
import { openDb } from '../../../server/adapters/sqlite/open-db.ts';
import type { MatrixStore } from '../../../pipelines/ports/matrix-store.ts';
import { anAccount } from '../../seeds/accounts.ts';
import { matrixStoreSuite } from '../../suites/matrix-store-suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'matrix-'));
const opened: MatrixStore[] = [];
afterAll(() => {
  for (const store of opened) store.close();
  rmSync(folder, { recursive: true });
});
const open = (name: string): MatrixStore => {
  const store = openMatrix(join(folder, `${name}.sqlite`));
  opened.push(store);
  return store;
};

matrixStoreSuite('SQLite', open);

test('the file itself refuses to edit or remove a change', () => {
  open('guarded').change(0, { changes: [{ put: anAccount() }], at: 1, by: '某', why: '某' });
  const db = openDb(join(folder, 'guarded.sqlite'));
  expect(() => db.exec("UPDATE change SET by = 'nobody'")).toThrow(/never edited/);
  expect(() => db.exec('DELETE FROM change')).toThrow(/never removed/);
  db.close();
});
