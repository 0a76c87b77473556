import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openRefutations } from '../../../server/adapters/refutations/sqlite-refutations.ts';
import { refutationStoreSuite } from '../../suites/refutation-store-suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'refutations-'));
afterAll(() => rmSync(folder, { recursive: true }));
refutationStoreSuite('sqlite', (name) => openRefutations(join(folder, `${name}.sqlite`)));
