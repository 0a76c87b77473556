import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addToken, readTokens } from '../../../server/http/tokens.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wenbida-tokens-'));
  path = join(folder, 'var', 'tokens.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a token names its source, and another one names nobody', () => {
  const token = addToken(path, 'weibo-feed');
  const book = readTokens(path);
  expect(book.sourceOf(token)).toBe('weibo-feed');
  expect(book.sourceOf(`${token}x`)).toBeUndefined();
  expect(book.sourceOf('')).toBeUndefined();
});

test('the file keeps only a hash and only its owner may read it', () => {
  const token = addToken(path, '热榜');
  expect(readFileSync(path, 'utf8')).not.toContain(token.slice(4));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a source may hold two tokens, so one can be replaced without a pause', () => {
  const old = addToken(path, 'feed');
  const next = addToken(path, 'feed');
  const book = readTokens(path);
  expect([book.sourceOf(old), book.sourceOf(next)]).toEqual(['feed', 'feed']);
});

test('a token added or struck out while the book is open counts at once', () => {
  const book = readTokens(path);
  const token = addToken(path, 'feed');
  expect(book.sourceOf(token)).toBe('feed');
  writeFileSync(path, '{"tokens":[]}');
  expect(book.sourceOf(token)).toBeUndefined();
});

test('a name that can not name a source is refused', () => {
  for (const name of ['', ' ', 'a b', '../x', 'x'.repeat(65)])
    expect(() => addToken(path, name)).toThrow(/can not name/);
});

test.each(['{', '{"tokens":1}', '{"tokens":[{"name":"a","sha256":"short"}]}', '{"tokens":[],"more":1}'])(
  'a file that holds %s is refused with its name',
  (text) => {
    addToken(path, 'feed');
    writeFileSync(path, text);
    expect(() => readTokens(path)).toThrow(path);
  },
);
