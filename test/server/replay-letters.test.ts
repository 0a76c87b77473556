import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFrontDoor, type FrontDoor } from '../../server/front-door.ts';
import { replayLetters } from '../../server/replay-letters.ts';

const clock = { now: () => Date.parse('2026-11-20T13:00:00Z') };
let dir: string;
let front: FrontDoor;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-letters-'));
  front = openFrontDoor(dir, clock);
});
afterEach(async () => {
  await front.close();
  rmSync(dir, { recursive: true, force: true });
});

const take = (source: string, values: readonly unknown[]) =>
  front.intake.accept(
    values.map((value, at) => ({ row: at + 1, value, raw: JSON.stringify(value) })),
    source,
  );
const kept = () => front.inbox.letters.count().kept;
const TIME = '2026-11-20T20:03:05+08:00';

test('after the mapping is fixed and all are replayed, none is left and every row is in the inbox once', async () => {
  const rows = Array.from({ length: 600 }, (_, at) => ({ 编号: String(at), 内容: `第${at}户停水`, time: TIME }));
  await take('导出', rows);
  expect(kept()).toBe(600);
  const answer = await replayLetters(
    front,
    { source: '导出', mending: { rename: { 编号: 'id', 内容: 'text' } } },
    clock,
  );
  expect(answer).toEqual({ replayed: 600, accepted: 600, duplicate: 0, rejected: 0, skipped: 0 });
  expect(kept()).toBe(0);
  expect(new Set(front.inbox.read(0, 1_000).map(({ post }) => post.nativeId)).size).toBe(600);
});

test('a row that is still refused stays as it came, with the newer reason, and is not there twice', async () => {
  await take('推送', [{ id: '1', text: '停水' }]);
  const [before] = front.inbox.letters.list({ limit: 9 });
  expect(before?.because).toContain('time');
  await replayLetters(front, { mending: { rename: { id: 'x' } } }, clock);
  const letters = front.inbox.letters.list({ limit: 9 });
  expect(letters).toHaveLength(1);
  expect(letters[0]).toMatchObject({ seq: before?.seq, raw: before?.raw });
  expect(letters[0]?.because).not.toBe(before?.because);
});

test('only what is named is tried, and a row known by now leaves as a duplicate', async () => {
  await take('a', [{ id: '1', text: '停水' }]);
  await take('b', [{ id: '2', text: '停电' }]);
  await take('a', [{ id: '1', platform: 'a', text: '停水', time: TIME }]);
  const [ofA] = front.inbox.letters.list({ limit: 1, source: 'a' });
  const answer = await replayLetters(front, { seqs: [ofA!.seq], mending: { set: { time: TIME } } }, clock);
  expect(answer).toMatchObject({ replayed: 1, duplicate: 1 });
  expect(front.inbox.letters.list({ limit: 9 }).map(({ source }) => source)).toEqual(['b']);
});

test('what the store refused and what can no longer be read is passed over and said', async () => {
  front.inbox.bury([{ at: 1, source: 's', row: 1, because: 'too long', raw: '{}', door: 'index' }]);
  expect(await replayLetters(front, {}, clock)).toMatchObject({ replayed: 0, skipped: 1 });
  expect(kept()).toBe(1);
});
