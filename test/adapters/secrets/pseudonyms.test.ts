import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Pseudonyms } from '../../../pipelines/ports/pseudonyms.ts';
import { openPseudonyms } from '../../../server/adapters/secrets/pseudonyms.ts';

const DAY = 86_400_000;
/** The first moment of epoch 690. */
const START = 690 * 30 * DAY;
const EPOCH = 690;
let dir: string;
let now: number;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-key-'));
  now = START;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const open = (name = 'a'): Pseudonyms => openPseudonyms(join(dir, name), { now: () => now });

test('the same deployment gives the same pseudonym after a restart, another one a different one', () => {
  const first = open().keyed('weibo|u1');
  expect(first).toMatch(/^e690-[0-9a-f]{32}$/);
  expect(open().keyed('weibo|u1')).toBe(first);
  expect(open().keyed('weibo|u2')).not.toBe(first);
  expect(open('b').keyed('weibo|u1')).not.toBe(first);
});

test('the key changes with the epoch, and the old one is kept for as long as raw text is', () => {
  const book = open();
  const first = book.keyed('weibo|u1');
  now = START + 30 * DAY;
  const second = book.keyed('weibo|u1');
  expect(second).toMatch(/^e691-/);
  expect(second.slice(5)).not.toBe(first.slice(5));
  expect(book.everyKeyed('weibo|u1')).toEqual([first, second]);
  now = START + 60 * DAY - 1;
  expect(book.destroyOld()).toEqual([]);
  now = START + 60 * DAY;
  expect(book.destroyOld()).toEqual([EPOCH]);
  expect(existsSync(join(dir, 'a', 'keys', '690.key'))).toBe(false);
  expect(book.everyKeyed('weibo|u1')).toEqual([second]);
});

test('what was sealed can be read until its key is destroyed, and shows nothing of itself', () => {
  const book = open();
  const sealed = book.seal('{"id":"1","user_id":"5087341290"}');
  expect(sealed).not.toContain('5087341290');
  expect(open().unseal(sealed)).toBe('{"id":"1","user_id":"5087341290"}');
  expect(open('b').unseal(sealed.replace('s690.', 's689.'))).toBeUndefined();
  now = START + 60 * DAY;
  book.destroyOld();
  expect(book.unseal(sealed)).toBeUndefined();
});

test('what was sealed and changed since is refused', () => {
  const book = open();
  const sealed = book.seal('停水');
  const last = sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA';
  expect(() => book.unseal(sealed.slice(0, -4) + last)).toThrow();
});

test('the key of an older deployment becomes the key of the epoch', () => {
  writeFileSync(join(dir, 'secret.key'), `${'ab'.repeat(32)}\n`);
  openPseudonyms(dir, { now: () => now });
  expect(existsSync(join(dir, 'secret.key'))).toBe(false);
  expect(readdirSync(join(dir, 'keys'))).toEqual(['690.key']);
});

test('only the owner can read the key', () => {
  open();
  expect(statSync(join(dir, 'a', 'keys', '690.key')).mode & 0o777).toBe(0o600);
});

test('a spoilt key is one sentence that names the file', () => {
  open();
  writeFileSync(join(dir, 'a', 'keys', '690.key'), 'oops');
  expect(() => open()).toThrow(/690\.key.*64 位/);
});
