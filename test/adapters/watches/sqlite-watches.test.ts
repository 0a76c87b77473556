import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openWatches } from '../../../server/adapters/watches/sqlite-watches.ts';
import { watchBookSuite } from '../../suites/watch-book-suite.ts';

describe('watches in SQLite', () => {
  watchBookSuite(() => {
    const dir = mkdtempSync(join(tmpdir(), 'wenbida-watches-'));
    return {
      book: () => openWatches(join(dir, 'watches.sqlite')),
      clear: () => rmSync(dir, { recursive: true, force: true }),
    };
  });
});
