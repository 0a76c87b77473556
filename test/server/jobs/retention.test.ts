import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mask } from '../../../pipelines/1-intake/mask.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { openEmbeddedStore } from '../../../server/adapters/embedded/embedded-store.ts';
import { openFrontDoor, type FrontDoor } from '../../../server/front-door.ts';
import { applyErasures } from '../../../server/jobs/erase.ts';
import { retain } from '../../../server/jobs/retention.ts';
import { showCounts } from '../../../server/jobs/show-counts.ts';
import type { PostStore } from '../../../pipelines/ports/post-store.ts';
import { aFoldedPost, NOON } from '../../suites/post-seeds.ts';

const DAY = 86_400_000;
const PHONE = '13812345678';
const hex = (letter: string): PostId => letter.repeat(64) as PostId;
const [A, B, C] = [hex('a'), hex('b'), hex('c')];

let dir: string;
let front: FrontDoor;
let store: PostStore;
let evidence: Set<PostId>;
let now: number;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-retention-'));
  now = NOON;
  front = openFrontDoor(dir, { now: () => now }, 30);
  store = openEmbeddedStore({ dir: join(dir, 'posts') });
  await store.open('stamp');
  evidence = new Set();
});
afterEach(async () => {
  await store.close();
  await front.close();
  rmSync(dir, { recursive: true, force: true });
});

const retainNow = () =>
  retain({
    store,
    desk: { evidenceAmong: (ids) => new Set(ids.filter((id) => evidence.has(id))) },
    marks: front.door.marks,
    inbox: front.inbox,
    counts: front.door.counts,
    pseudonyms: front.pseudonyms,
    mask,
    now,
    days: 30,
  });
const aPlea = (id: PostId, seenAt: number) =>
  aFoldedPost({ id, seenAt, time: seenAt, text: `求助，请打${PHONE}`, tokens: ['求助', '请', '打'] });
const textOf = async (id: PostId) => (await store.find({ ids: [id] })).posts[0]?.text;
const grep = (words: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name), 'latin1').includes(words))
    .map(({ name }) => name);

test('texts are masked once they are old, in the store and in every byte of its files, and evidence stays whole', async () => {
  evidence.add(B);
  await store.save([aPlea(A, NOON), aPlea(B, NOON), aPlea(C, NOON + 5 * DAY)]);
  now = NOON + 29 * DAY;
  expect(await retainNow()).toMatchObject({ masked: 0, held: 0 });
  now = NOON + 31 * DAY;
  expect(await retainNow()).toMatchObject({ masked: 1, held: 1 });
  expect([await textOf(A), await textOf(B), await textOf(C)]).toEqual([
    '求助，请打138********',
    `求助，请打${PHONE}`,
    `求助，请打${PHONE}`,
  ]);
  expect(await retainNow()).toMatchObject({ masked: 0, held: 1 });
  evidence.clear();
  now = NOON + 40 * DAY;
  expect(await retainNow()).toMatchObject({ masked: 2, held: 0 });
  expect(await textOf(B)).toBe('求助，请打138********');
  expect(grep(PHONE)).toEqual([]);
});

test('keys and who wrote what go with the time they served', async () => {
  await front.intake.accept(
    [{ row: 1, value: { id: '1', text: '停水', time: NOON - 1_000, author: { key: 'u5087341290' } }, raw: '{}' }],
    '测试',
  );
  const [key = ''] = front.pseudonyms.everyKeyed('测试|u5087341290');
  expect(front.inbox.authors.postsOf([key])).toHaveLength(1);
  now = NOON + 61 * DAY;
  expect((await retainNow()).keysDestroyed).toBe(1);
  expect(front.inbox.authors.postsOf([key])).toEqual([]);
  expect(front.pseudonyms.everyKeyed('测试|u5087341290')).not.toContain(key);
});

test('counts of a post seen again reach the store once it is there', async () => {
  const row = (like: number) => [
    { row: 1, value: { id: '1', text: '停水', time: NOON - 1_000, counts: { like } }, raw: '{}' },
  ];
  await front.intake.accept(row(1), '测试');
  now += 60_000;
  expect((await front.intake.accept(row(5), '测试'))[0]?.outcome).toBe('duplicate');
  now += 60_000;
  await front.intake.accept(row(5), '测试');
  const post = front.inbox.read(0, 1)[0]!.post;
  expect(front.door.counts.history(post.id).map(({ at, counts }) => [at - NOON, counts.like])).toEqual([
    [0, 1],
    [60_000, 5],
  ]);
  expect(await showCounts(front.door.counts, store, now)).toBe(0);
  await store.save([aFoldedPost({ id: post.id, counts: { like: 1 } })]);
  expect(await showCounts(front.door.counts, store, now)).toBe(1);
  expect((await store.find({})).posts[0]?.counts.like).toBe(5);
  expect(await showCounts(front.door.counts, store, now)).toBe(0);
});

test('what was erased is gone everywhere, does not come in again, and goes again after a restore', async () => {
  const row = { row: 1, value: { id: '1', text: `求助${PHONE}`, time: NOON - 1_000, counts: { like: 1 } }, raw: '{}' };
  await front.intake.accept([row], '测试');
  const post = front.inbox.read(0, 1)[0]!.post;
  await store.save([aFoldedPost({ id: post.id, text: post.text, tokens: ['求助'] })]);
  front.erased.add([post.id], [], now);
  const parts = { erased: front.erased, inbox: front.inbox, counts: front.door.counts, store };
  expect(await applyErasures(parts, 0)).toBe(1);
  front.inbox.authors.forget(0);
  expect([await store.count(), front.inbox.read(0, 9), front.door.counts.history(post.id)]).toEqual([0, [], []]);
  expect(grep(PHONE)).toEqual([]);
  expect((await front.intake.accept([row], '测试'))[0]).toMatchObject({ outcome: 'rejected' });
  expect(front.inbox.letters.count().kept).toBe(0);
  await store.save([aFoldedPost({ id: post.id })]);
  expect(await applyErasures(parts, 0)).toBe(1);
  expect(await store.count()).toBe(0);
});

test('an author is erased by the platform’s id, and what they wrote before never comes back', async () => {
  const row = (id: string, time: number) => ({
    row: 1,
    value: { id, platform: 'weibo', text: '停水', time, author: { key: '5087341290' } },
    raw: '{}',
  });
  await front.intake.accept([row('1', NOON - 1_000)], '测试');
  const keys = front.pseudonyms.everyKeyed('weibo|5087341290');
  const posts = front.inbox.authors.postsOf(keys);
  expect(posts).toHaveLength(1);
  front.erased.add(posts, keys, now);
  now += DAY;
  const outcomes = await front.intake.accept([row('2', NOON - 5_000), row('3', now - 1_000)], '测试');
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['rejected', 'accepted']);
});
