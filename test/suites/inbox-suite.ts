import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Post, PostId } from '../../pipelines/domain/post.ts';
import type { DeadLetter, Inbox } from '../../pipelines/ports/inbox.ts';

/** What every inbox promises. `open` opens the same place again and again; `fresh` makes it empty before each test. */
export interface InboxUnderTest {
  readonly fresh: () => void;
  readonly open: () => Inbox;
  readonly postId: (nativeId: string) => PostId;
}

export function inboxSuite(name: string, { fresh, open, postId }: InboxUnderTest): void {
  describe(`inbox: ${name}`, () => {
    let inbox: Inbox;
    beforeEach(() => {
      fresh();
      inbox = open();
    });
    afterEach(() => inbox.close());

    const post = (nativeId: string, text = `第${nativeId}条`): Post => ({
      id: postId(nativeId),
      platform: 'weibo',
      nativeId,
      kind: 'post',
      text,
      time: 1_795_000_000_000,
      seenAt: 1_795_000_001_000,
      source: '测试',
    });
    const posts = (from: number, to: number): Post[] =>
      Array.from({ length: to - from }, (_, at) => post(String(from + at)));
    const texts = (rows: ReturnType<Inbox['read']>): string[] => rows.map((row) => row.post.nativeId);

    test('begins empty', () => {
      expect([inbox.last(), inbox.passed('watch'), inbox.passed('index')]).toEqual([0, 0, 0]);
      expect([inbox.read(0, 10), inbox.tally(), inbox.deadLetters(10)]).toEqual([[], [], []]);
    });

    test('gives posts back as they were, oldest first, from after an offset', async () => {
      const full: Post = {
        ...post('a', '有人落水了[泪]\u200b😀'),
        title: '求助',
        author: { key: 'k', kind: 'media', followersLog10: 5.4 },
        counts: { like: 3 },
        hints: { province: '河南' },
        topics: ['落水'],
        root: 'r',
      };
      expect(await inbox.append([full, post('b')])).toEqual([true, true]);
      const [first, second] = inbox.read(0, 10);
      expect(first?.post).toEqual(full);
      expect(texts(inbox.read(first?.offset ?? 0, 10))).toEqual(['b']);
      expect(texts(inbox.read(0, 1))).toEqual(['a']);
      expect(inbox.last()).toBe(second?.offset);
    });

    test('takes the same post once: in one batch, in a later one and in one made at the same time', async () => {
      expect(await inbox.append([post('a'), post('a', '改过'), post('b')])).toEqual([true, false, true]);
      expect(await inbox.append([post('b')])).toEqual([false]);
      const answers = await Promise.all([inbox.append([post('c')]), inbox.append([post('c'), post('d')])]);
      expect(answers).toEqual([[true], [false, true]]);
      expect(texts(inbox.read(0, 10))).toEqual(['a', 'b', 'c', 'd']);
    });

    test('answers an empty batch and many calls at once, each with its own', async () => {
      expect(await inbox.append([])).toEqual([]);
      const answers = await Promise.all(posts(0, 2_500).map((one) => inbox.append([one])));
      expect(answers.every((answer) => answer.length === 1 && answer[0] === true)).toBe(true);
      expect(inbox.read(0, 5_000)).toHaveLength(2_500);
    });

    test('keeps everything over closing and opening, and never gives an offset twice', async () => {
      await inbox.append(posts(0, 5));
      inbox.count('测试', 5, 0, 0);
      const last = inbox.last();
      inbox.pass('watch', last);
      inbox.pass('index', last);
      await inbox.close();
      inbox = open();
      expect([inbox.last(), inbox.passed('watch')]).toEqual([last, last]);
      expect(await inbox.append([post('0'), post('new')])).toEqual([false, true]);
      expect(inbox.last()).toBeGreaterThan(last);
      expect(inbox.tally()).toEqual([{ name: '测试', accepted: 5, duplicate: 0, rejected: 0 }]);
    });

    test('closing accepts what was still waiting, and refuses what comes later', async () => {
      const waiting = inbox.append([post('a')]);
      await inbox.close();
      expect(await waiting).toEqual([true]);
      await expect(inbox.append([post('b')])).rejects.toThrow(/closed/);
      inbox = open();
      expect(texts(inbox.read(0, 10))).toEqual(['a']);
    });

    test('consumers only move forward; rows leave when all have passed them, and ids are still known', async () => {
      await inbox.append(posts(0, 10));
      const offsets = inbox.read(0, 10).map((row) => row.offset);
      inbox.pass('watch', offsets[7] ?? 0);
      inbox.pass('watch', offsets[3] ?? 0);
      expect(inbox.passed('watch')).toBe(offsets[7]);
      expect(inbox.read(0, 100)).toHaveLength(10);
      inbox.pass('index', offsets[4] ?? 0);
      expect(texts(inbox.read(0, 100))).toEqual(['5', '6', '7', '8', '9']);
      expect(await inbox.append([post('0')])).toEqual([false]);
    });

    test('rows carry what watching folded them onto', async () => {
      await inbox.append(posts(0, 3));
      const [first, second, third] = inbox.read(0, 3);
      const group = first?.post.id ?? postId('?');
      inbox.pass('watch', third?.offset ?? 0, new Map([[second?.offset ?? 0, group]]));
      expect(inbox.read(0, 3).map((row) => row.group)).toEqual([undefined, group, undefined]);
    });

    test('keeps refused rows with their reasons, newest first, and cuts what they were at 64 KiB', () => {
      const letter = (row: number, raw: string): DeadLetter => ({
        at: 1,
        source: '测试',
        row,
        because: '缺少 id',
        raw,
        door: 'intake',
      });
      inbox.bury([letter(1, '{}'), letter(2, '停'.repeat(50_000))]);
      const [newest, oldest] = inbox.deadLetters(10);
      expect(oldest).toMatchObject({ ...letter(1, '{}'), times: 1 });
      expect(newest?.row).toBe(2);
      expect(Buffer.byteLength(newest?.raw ?? '')).toBeLessThanOrEqual(64 * 1024 + 2);
      expect(newest?.raw?.startsWith('停停')).toBe(true);
      expect(inbox.deadLetters(1)).toHaveLength(1);
    });

    test('the same refused row again is one letter that counts, and takes the newer reason', () => {
      const letter = (row: number, because: string): DeadLetter => ({
        at: row,
        source: '测试',
        row,
        because,
        raw: '{"id":1}',
        door: 'intake',
      });
      inbox.bury([letter(1, '缺少 text'), letter(2, '缺少 text')]);
      inbox.bury([letter(1, '缺少 time')]);
      expect(inbox.letters.list({ limit: 10 }).map(({ row, times, because }) => [row, times, because])).toEqual([
        [2, 1, '缺少 text'],
        [1, 2, '缺少 time'],
      ]);
    });

    test('letters are listed by source and page, taken off by number, and counted', () => {
      const letter = (source: string, row: number): DeadLetter => ({
        at: 1,
        source,
        row,
        because: '缺少 id',
        raw: `{"row":${row}}`,
        door: 'intake',
      });
      inbox.bury([1, 2, 3].flatMap((row) => [letter('a', row), letter('b', row)]));
      const page = inbox.letters.list({ limit: 2, source: 'a' });
      expect(page.map(({ row }) => row)).toEqual([3, 2]);
      const last = page.at(-1)!;
      expect(inbox.letters.list({ limit: 2, source: 'a', before: last.seq }).map(({ row }) => row)).toEqual([1]);
      expect(inbox.letters.remove([last.seq, last.seq])).toBe(1);
      expect(inbox.letters.get(last.seq)).toBeUndefined();
      expect(inbox.letters.count()).toEqual({
        kept: 5,
        lost: 0,
        bySource: new Map([
          ['a', 2],
          ['b', 3],
        ]),
      });
    });

    test('knows who wrote what until that is forgotten, and erases what still waits', async () => {
      const by = (nativeId: string, key: string, seenAt: number): Post => ({
        ...post(nativeId),
        seenAt,
        author: { key, kind: 'ordinary' },
      });
      await inbox.append([by('a', 'e1-x', 1_000), by('b', 'e2-x', 2_000), by('c', 'e2-y', 2_000)]);
      await inbox.append([by('a', 'e1-x', 1_000)]);
      expect(inbox.authors.postsOf(['e1-x', 'e2-x'])).toEqual([postId('a'), postId('b')]);
      inbox.erase([postId('b')]);
      expect(texts(inbox.read(0, 10))).toEqual(['a', 'c']);
      expect(inbox.authors.postsOf(['e2-x'])).toEqual([]);
      expect(await inbox.append([by('b', 'e2-x', 2_000)])).toEqual([false]);
      inbox.authors.forget(2_000);
      expect(inbox.authors.postsOf(['e1-x', 'e2-y'])).toEqual([postId('c')]);
    });

    test('adds up what each source brought', () => {
      inbox.count('b', 1, 2, 3);
      inbox.count('a', 1, 0, 0);
      inbox.count('b', 10, 20, 30);
      expect(inbox.tally()).toEqual([
        { name: 'a', accepted: 1, duplicate: 0, rejected: 0 },
        { name: 'b', accepted: 11, duplicate: 22, rejected: 33 },
      ]);
    });
  });
}
