import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Post } from '../../../pipelines/domain/post.ts';
import { InboxFull } from '../../../pipelines/ports/inbox.ts';
import { postIdOf } from '../../../server/adapters/inbox/post-id.ts';
import { openInbox } from '../../../server/adapters/inbox/sqlite-inbox.ts';
import { openPseudonyms } from '../../../server/adapters/secrets/pseudonyms.ts';
import { openDb } from '../../../server/adapters/sqlite/open-db.ts';
import { inboxSuite } from '../../suites/inbox-suite.ts';

let dir: string;
let path: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-inbox-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const fresh = (): void => {
  rmSync(dir, { recursive: true, force: true });
  path = join(dir, 'inbox.sqlite');
};

inboxSuite('SQLite', { fresh, open: () => openInbox(path), postId: (id) => postIdOf('weibo', id) });

const post = (nativeId: string, text = '停水了', seenAt = 1_795_000_000_000): Post => ({
  id: postIdOf('weibo', nativeId),
  platform: 'weibo',
  nativeId,
  kind: 'post',
  text,
  time: seenAt,
  seenAt,
  source: '测试',
});

describe('the SQLite inbox', () => {
  beforeEach(fresh);

  test('shows one process what another has accepted, and both know the same ids', async () => {
    const server = openInbox(path);
    const importer = openInbox(path);
    expect(await importer.append([post('a'), post('b')])).toEqual([true, true]);
    expect(server.read(0, 10).map((row) => row.post.nativeId)).toEqual(['a', 'b']);
    expect(server.last()).toBe(importer.last());
    expect(await server.append([post('b'), post('c')])).toEqual([false, true]);
    server.pass('watch', 2);
    expect(importer.passed('watch')).toBe(2);
    await Promise.all([server.close(), importer.close()]);
  });

  test('says InboxFull where there is no more room, keeps what it had, and goes on when there is room again', async () => {
    const small = openInbox(path, { maxBytes: 200_000 });
    const accepted: string[] = [];
    await expect(
      (async () => {
        for (let at = 0; at < 100; at++) {
          await small.append([post(String(at), '水'.repeat(2_000))]);
          accepted.push(String(at));
        }
      })(),
    ).rejects.toThrow(InboxFull);
    expect(accepted.length).toBeGreaterThan(5);
    expect(small.read(0, 100).map((row) => row.post.nativeId)).toEqual(accepted);
    await small.close();
    const large = openInbox(path);
    expect(await large.append([post('0'), post(String(accepted.length))])).toEqual([false, true]);
    await large.close();
  });

  test('a full disk refuses every call of the group, none half', async () => {
    const small = openInbox(path, { maxBytes: 120_000 });
    const calls = Array.from({ length: 40 }, (_, at) => small.append([post(String(at), '水'.repeat(2_000))]));
    const settled = await Promise.allSettled(calls);
    expect(settled.every((call) => call.status === 'rejected' && call.reason instanceof InboxFull)).toBe(true);
    expect(small.read(0, 100)).toEqual([]);
    await small.close();
  });

  test('a damaged file is one sentence that names the file and what to do', () => {
    openInboxAndClose();
    for (const side of ['-wal', '-shm']) rmSync(`${path}${side}`, { force: true });
    writeFileSync(path, 'this was never a database, it only stands where one should be'.repeat(100));
    expect(() => openInbox(path)).toThrow(new RegExp(`收件箱文件 ${path} 打不开.*移走`));
  });

  test('a file of a later program is refused', () => {
    openInboxAndClose();
    const db = openDb(path);
    db.exec('PRAGMA user_version = 9');
    db.close();
    expect(() => openInbox(path)).toThrow(/version 9/);
  });

  test('keeps rows behind the slowest consumer where it is told to', async () => {
    const inbox = openInbox(path, { keep: 3 });
    await inbox.append(['a', 'b', 'c', 'd', 'e'].map((id) => post(id)));
    inbox.pass('watch', 5);
    inbox.pass('index', 5);
    expect(inbox.read(0, 10).map((row) => row.post.nativeId)).toEqual(['c', 'd', 'e']);
    await inbox.close();
  });

  test('forgets ids after the days it was told to remember them', async () => {
    const day = 86_400_000;
    const inbox = openInbox(path, { rememberDays: 10 });
    await inbox.append([post('old'), post('recent', '停水', 1_795_000_000_000 + 15 * day)]);
    await inbox.append([post('new', '停水', 1_795_000_000_000 + 20 * day)]);
    inbox.pass('watch', 3);
    inbox.pass('index', 3);
    expect(await inbox.append([post('old'), post('recent'), post('new')])).toEqual([true, false, false]);
    await inbox.close();
  });

  test('does not grow for ever: the room of rows that left is used again', async () => {
    const inbox = openInbox(path);
    const round = async (name: string): Promise<void> => {
      await inbox.append(Array.from({ length: 500 }, (_, at) => post(`${name}${at}`, '水'.repeat(500))));
      inbox.pass('watch', inbox.last());
      inbox.pass('index', inbox.last());
    };
    await round('first');
    const size = (): number => statSync(path).size + statSync(`${path}-wal`).size;
    for (let at = 0; at < 3; at++) await round(`warm${at}`);
    const before = size();
    for (let at = 0; at < 10; at++) await round(`more${at}`);
    expect(size()).toBeLessThan(before * 1.5);
    await inbox.close();
  });

  test('keeps at most so many refused rows, lets the oldest go, and says how many went', async () => {
    const inbox = openInbox(path, { mostLetters: 3 });
    inbox.bury(
      [1, 2, 3, 4, 5].map((row) => ({
        at: 1,
        source: 's',
        row,
        because: 'b',
        raw: String(row),
        door: 'intake' as const,
      })),
    );
    expect(inbox.letters.list({ limit: 9 }).map(({ row }) => row)).toEqual([5, 4, 3]);
    expect(inbox.letters.count()).toMatchObject({ kept: 3, lost: 2 });
    await inbox.close();
  });

  test('a refused row lies sealed in the file, and what has left is in no byte of it', async () => {
    const keys = openPseudonyms(dir, { now: () => 1_795_000_000_000 });
    const inbox = openInbox(path, { sealing: keys });
    inbox.bury([{ at: 1, source: 's', row: 1, because: 'b', raw: '{"user_id":"5087341290"}', door: 'intake' }]);
    await inbox.append([post('a', '打13812345678'), post('b', '停水')]);
    inbox.pass('watch', 2);
    inbox.pass('index', 2);
    inbox.authors.forget(0);
    expect(inbox.letters.list({ limit: 1 })[0]?.raw).toBe('{"user_id":"5087341290"}');
    for (const name of readdirSync(dir).filter((file) => file.startsWith('inbox'))) {
      const bytes = readFileSync(join(dir, name), 'latin1');
      expect(bytes, name).not.toContain('5087341290');
      expect(bytes, name).not.toContain('13812345678');
    }
    await inbox.close();
  });

  test('a file of the first version is taken over with what it holds', async () => {
    const db = openDb(path);
    db.exec(`
      CREATE TABLE posts (place INTEGER PRIMARY KEY AUTOINCREMENT, post TEXT NOT NULL, folded TEXT);
      CREATE TABLE seen (id BLOB PRIMARY KEY, day INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE consumers (name TEXT PRIMARY KEY, passed INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE sources (name TEXT PRIMARY KEY, accepted INTEGER NOT NULL, duplicate INTEGER NOT NULL,
        rejected INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE dead (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, source TEXT NOT NULL, line INTEGER NOT NULL,
        because TEXT NOT NULL, raw TEXT NOT NULL, door TEXT NOT NULL);
      INSERT INTO consumers VALUES ('watch', 0), ('index', 0);
      INSERT INTO dead VALUES (1, 1, 's', 1, 'b', '{}', 'intake'), (2, 1, 's', 2, 'b', '{}', 'intake');
      PRAGMA user_version = 1;`);
    db.close();
    const inbox = openInbox(path);
    expect(inbox.letters.list({ limit: 9 })).toHaveLength(2);
    expect(await inbox.append([post('a')])).toEqual([true]);
    await inbox.close();
  });

  test('after closing, the file alone is the whole inbox', async () => {
    const inbox = openInbox(path);
    await inbox.append([post('a')]);
    await inbox.close();
    const copy = join(dir, 'copy.sqlite');
    copyFileSync(path, copy);
    const again = openInbox(copy);
    expect(again.read(0, 10).map((row) => row.post.nativeId)).toEqual(['a']);
    await again.close();
  });

  test('ids are sha256 of platform and native id', () => {
    expect(postIdOf('weibo', '1')).toMatch(/^[0-9a-f]{64}$/);
    expect(postIdOf('weibo', '1')).not.toBe(postIdOf('douyin', '1'));
    expect(postIdOf('weibo', '4891234567')).toBe('5a0803f6490cc14c74d8aed149e41b3593c89846ac0fbae3ad6435d16acb3f64');
  });

  function openInboxAndClose(): void {
    const inbox = openInbox(path);
    inbox.count('测试', 1, 0, 0);
    void inbox.close();
  }
});
