import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSettings } from '../../../server/adapters/settings/sqlite-settings.ts';
import { openDb } from '../../../server/adapters/sqlite/open-db.ts';
import { settingsBookSuite } from '../../suites/settings-book-suite.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'settings-book-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the book of settings in SQLite', () => {
  settingsBookSuite(() => openSettings(join(dir, 'settings.sqlite')));

  test('refuses to change or remove a version, whoever asks', () => {
    const path = join(dir, 'settings.sqlite');
    const book = openSettings(path);
    book.keep(0, [{ kind: 'retention', at: 1, by: '安岚', why: '试', body: '60', restores: null }]);
    book.close();
    const db = openDb(path, { synchronous: 'FULL' });
    expect(() => db.exec("UPDATE version SET body = '1'")).toThrow(/never edited/);
    expect(() => db.exec('DELETE FROM version')).toThrow(/never removed/);
    db.close();
  });
});
