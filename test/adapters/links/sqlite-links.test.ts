import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openLinks } from '../../../server/adapters/links/sqlite-links.ts';
import { linkBookSuite } from '../../suites/link-book-suite.ts';

describe('links in SQLite', () => {
  linkBookSuite(() => {
    const dir = mkdtempSync(join(tmpdir(), 'wenbida-links-'));
    return {
      make: () => openLinks(join(dir, 'links.sqlite')),
      clear: () => rmSync(dir, { recursive: true, force: true }),
    };
  });
});
