import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openNotifyBook } from '../../../server/adapters/notify-book/open-notify-book.ts';
import { openSecretBox } from '../../../server/adapters/secrets/secret-box.ts';
import { openDb } from '../../../server/adapters/sqlite/open-db.ts';
import { aChannel, aTarget, notifyBookSuite } from '../../suites/notify-book-suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'notify-book-'));
afterAll(() => rmSync(folder, { recursive: true }));
const keyFile = join(folder, 'keys', 'notify.secret');
const open = (name: string) => openNotifyBook(join(folder, `${name}.sqlite`), openSecretBox(keyFile));

notifyBookSuite('sqlite', open);

test('no secret lies on the disk in clear, and the key is for its owner only', () => {
  const book = open('canaries');
  book.channels.add(aChannel({ id: 'a' }));
  book.close();
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())) {
    const bytes = readFileSync(join(file.parentPath, file.name)).toString('latin1');
    expect(bytes.includes('canary-token-91') || bytes.includes('canary-secret-92'), file.name).toBe(false);
  }
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
});

test('with another key, or a changed text, nothing opens, and it is said what to do', () => {
  const book = open('another');
  book.channels.add(aChannel({ id: 'a' }));
  book.close();
  writeFileSync(join(folder, 'other.secret'), `${'ab'.repeat(32)}\n`);
  const other = openNotifyBook(join(folder, 'another.sqlite'), openSecretBox(join(folder, 'other.secret')));
  expect(other.channels.list()).toHaveLength(1);
  expect(() => other.channels.target('a')).toThrow(/密文打不开/u);
  other.close();
  const box = openSecretBox(keyFile);
  const sealed = box.seal(JSON.stringify(aTarget));
  expect(sealed).not.toBe(box.seal(JSON.stringify(aTarget)));
  expect(() => box.open(`${sealed.slice(0, -6)}AAAA==`)).toThrow(/密文打不开/u);
});

test('what happened is never changed and a mute never removed, whoever tries', () => {
  open('held').close();
  const db = openDb(join(folder, 'held.sqlite'));
  db.exec("INSERT INTO call (incident, at, act, body) VALUES ('i', 1, 'began', '{}')");
  db.exec("INSERT INTO mute (body, until) VALUES ('{}', 1)");
  expect(() => db.exec('UPDATE call SET at = 2')).toThrow(/never changed/);
  expect(() => db.exec('DELETE FROM mute')).toThrow(/never removed/);
  db.close();
});
