import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDoor, type Door } from '../../../server/adapters/door/open-door.ts';
import { openDb } from '../../../server/adapters/sqlite/open-db.ts';
import { checkpointsSuite, countsBookSuite, sourceBookSuite } from '../../suites/door-suite.ts';

let dir: string;
const opened: Door[] = [];
const open = (): Door => {
  const door = openDoor(join(dir, 'door.sqlite'), { mostCounted: 8 });
  opened.push(door);
  return door;
};
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-door-'));
});
afterEach(() => {
  for (const door of opened.splice(0)) door.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('the door in SQLite', () => {
  sourceBookSuite(() => open().book);
  countsBookSuite(() => open().counts, 8);
  checkpointsSuite(() => open().checkpoints);

  test('of the first version gains feeds at the next start and keeps its sources', () => {
    const about = { name: '县里', way: 'http' as const, caps: ['50 页'], createdAt: 1, paused: false };
    open().book.add(about);
    opened.pop()?.close();
    const db = openDb(join(dir, 'door.sqlite'), { synchronous: 'NORMAL' });
    db.exec('DROP TABLE feed; ALTER TABLE source DROP COLUMN every; PRAGMA user_version = 1');
    db.close();
    const { book, feeds } = open();
    expect(book.list()).toEqual([about]);
    const mark = { url: 'https://gov.example/', nextAt: 5, failures: 1, trouble: '对方答 500', etag: '"v1"' };
    feeds.keep('通知', mark);
    expect(feeds.get('通知')).toEqual(mark);
  });

  test('of a later version is left alone, with the remedy', () => {
    open();
    opened.pop()?.close();
    const db = openDb(join(dir, 'door.sqlite'), { synchronous: 'NORMAL' });
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => open()).toThrow(/version 99.*update it/);
  });
});
