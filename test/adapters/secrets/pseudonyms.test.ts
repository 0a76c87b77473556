import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPseudonyms } from '../../../server/adapters/secrets/pseudonyms.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-key-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('the same deployment gives the same pseudonym after a restart, another one a different one', () => {
  const first = openPseudonyms(join(dir, 'a'))('weibo|u1');
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(openPseudonyms(join(dir, 'a'))('weibo|u1')).toBe(first);
  expect(openPseudonyms(join(dir, 'a'))('weibo|u2')).not.toBe(first);
  expect(openPseudonyms(join(dir, 'b'))('weibo|u1')).not.toBe(first);
});

test('only the owner can read the key', () => {
  openPseudonyms(dir);
  expect(statSync(join(dir, 'secret.key')).mode & 0o777).toBe(0o600);
});

test('a spoilt key is one sentence that names the file', () => {
  writeFileSync(join(dir, 'secret.key'), 'oops');
  expect(() => openPseudonyms(dir)).toThrow(/secret\.key.*64 位/);
});
