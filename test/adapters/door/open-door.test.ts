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

  test('runs of the retention job that found nothing to do are one with the last of their kind', () => {
    const run = { days: 30, masked: 0, held: 2, keysDestroyed: 0 };
    const { runs } = open();
    for (const at of [1, 2, 3]) runs.add({ ...run, at });
    runs.add({ ...run, at: 4, masked: 7 });
    for (const at of [5, 6]) runs.add({ ...run, at });
    expect(runs.list(10).map(({ at, masked }) => [at, masked])).toEqual([
      [6, 0],
      [4, 7],
      [3, 0],
    ]);
  });

  test('of the first version gains feeds and the numbers of its silences at the next start, and keeps its sources', () => {
    const about = { name: '县里', way: 'http' as const, caps: ['50 页'], createdAt: 1, paused: false };
    open().book.add(about);
    opened.pop()?.close();
    const db = openDb(join(dir, 'door.sqlite'), { synchronous: 'NORMAL' });
    db.exec(
      "INSERT INTO silence(source, since, noticed, usual, ended) VALUES ('县里', 1, 20, 10, 50), ('县里', 60, 80, 10, NULL)",
    );
    db.exec(
      'DROP TABLE retention_run; DROP TABLE silence_event; DROP TABLE feed; ALTER TABLE source DROP COLUMN every; PRAGMA user_version = 1',
    );
    db.close();
    const { book, feeds } = open();
    expect(book.list()).toEqual([about]);
    expect(book.silenceEvents(0, 10).map(({ event, at, silence }) => [event, at, silence])).toEqual([
      ['silent', 20, 1],
      ['ended', 50, 1],
      ['silent', 80, 2],
    ]);
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
