import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { openErased } from '../../../server/adapters/erased/erased-file.ts';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)] as [PostId, PostId];
let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-erased-'));
  path = join(dir, 'erased.jsonl');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a post that was erased is known, also after a restart and in a process that had the file open', () => {
  const open = openErased(path);
  expect(open.has(A, 1, () => [])).toBe(false);
  openErased(path).add([A], [], 5);
  expect(open.has(A, 1, () => [])).toBe(true);
  expect(openErased(path).posts()).toEqual([A]);
});

test('an erased author covers what was written until then, under any key that still exists', () => {
  const erased = openErased(path);
  erased.add([], ['e1-x', 'e2-x'], 100);
  expect(erased.has(B, 100, () => ['e2-x'])).toBe(true);
  expect(erased.has(B, 101, () => ['e2-x'])).toBe(false);
  expect(erased.has(B, 50, () => ['e2-y'])).toBe(false);
});

test('nobody pays for pseudonyms while no author is erased', () => {
  expect(
    openErased(path).has(A, 1, () => {
      throw new Error('not to be asked');
    }),
  ).toBe(false);
});

test('lines of another list can be added to it, as a restore does', () => {
  openErased(path).add([A], [], 5);
  const other = join(dir, 'other.jsonl');
  openErased(other).add([B], [], 6);
  appendFileSync(path, readFileSync(other));
  expect(openErased(path).posts()).toEqual([A, B]);
});

test.each(['{"at":', '[]', '{"post":"x"}'])('a line %s is refused by its number', (line) => {
  writeFileSync(path, `{"at":1,"post":"x"}\n${line}\n`);
  expect(() => openErased(path)).toThrow(/第 2 行/);
});
