import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StoreUnavailable } from '../../../pipelines/ports/post-store.ts';
import type { PostStore } from '../../../pipelines/ports/post-store.ts';
import { openElasticsearchStore } from '../../../server/adapters/elasticsearch/elasticsearch-store.ts';
import { startStub } from '../../elasticsearch/stub.ts';
import type { BulkFault, StubElasticsearch } from '../../elasticsearch/stub.ts';
import { aFoldedPost, id, NOON } from '../../suites/post-seeds.ts';

describe('writing to a faulty Elasticsearch', () => {
  let stub: StubElasticsearch;
  let store: PostStore;
  let waits: number[];
  beforeEach(async () => {
    stub = await startStub();
    waits = [];
    store = openElasticsearchStore({
      url: stub.url,
      requestTimeoutMs: 400,
      patience: { sleep: async (ms) => void waits.push(ms), random: () => 0.5 },
    });
    await store.open('stamp');
  });
  afterEach(async () => {
    await store.close();
    await stub.stop();
  });

  const batch = (size: number, text = '停水') =>
    Array.from({ length: size }, (_, n) => aFoldedPost({ id: id(`p${n}`), text: `${text} ${n}` }));
  const stored = () => [...stub.documents.keys()].sort();
  const idsOf = (posts: readonly { id: string }[]) => posts.map((post) => post.id).sort();

  const passing: readonly (readonly [string, readonly BulkFault[]])[] = [
    ['a third of the rows refused with 429, five times', Array<BulkFault>(5).fill({ items: 429, every: 3 })],
    ['every row refused with 429, five times', Array<BulkFault>(5).fill({ items: 429, every: 1 })],
    ['rows refused with 503', Array<BulkFault>(5).fill({ items: 503, every: 2 })],
    ['the whole request refused with 429', Array<BulkFault>(5).fill({ whole: 429 })],
    ['the whole request refused with 503', Array<BulkFault>(5).fill({ whole: 503 })],
    ['a gateway between that says 502', [{ whole: 502 }]],
    ['a connection cut before anything was written', ['reset before', 'reset before']],
    ['a connection cut after all was written', ['reset after', 'reset after']],
    ['no answer at all', ['hang']],
    ['an answer cut in half', ['cut in half', 'cut in half']],
    ['an answer with an item missing', ['one item short', 'one item short']],
    ['one after the other', ['reset after', { items: 429, every: 2 }, 'cut in half', { whole: 503 }, 'reset before']],
  ];
  test.each(passing)('%s: nothing is lost and nothing is there twice', async (_, faults) => {
    stub.faults.push(...faults);
    const posts = batch(120);
    expect(await store.save(posts)).toEqual([]);
    expect(stored()).toEqual(idsOf(posts));
    expect(stub.faults).toEqual([]);
    expect(waits).toHaveLength(faults.length);
  });

  test('waits double from a tenth of a second, by chance somewhere below, while nothing goes forward', async () => {
    stub.faults.push(...Array<BulkFault>(5).fill({ whole: 429 }));
    await store.save(batch(10));
    expect(waits).toEqual([100, 200, 400, 800, 1600]);
  });

  test('waits stay short while some rows go forward', async () => {
    stub.faults.push(...Array<BulkFault>(4).fill({ items: 429, every: 2 }));
    await store.save(batch(100));
    expect(waits).toEqual([50, 50, 50, 50]);
  });

  test('requests shrink while the server is overloaded and grow again after', async () => {
    stub.faults.push({ whole: 429 }, { whole: 429 }, { whole: 429 });
    await store.save(batch(1200));
    expect(stub.requests).toEqual([500, 250, 125, 62, 112, 162, 212, 262, 312, 78]);
    expect(stored()).toHaveLength(1200);
  });

  test('only what was refused is sent again', async () => {
    stub.faults.push({ items: 429, every: 4 });
    await store.save(batch(100));
    expect(stub.requests).toEqual([100, 25]);
  });

  test('a fault that stays makes the store unavailable, and the same batch can be saved later', async () => {
    stub.faults.push(...Array<BulkFault>(6).fill({ whole: 503 }));
    const posts = batch(50);
    await expect(store.save(posts)).rejects.toBeInstanceOf(StoreUnavailable);
    expect(stored()).toEqual([]);
    expect(await store.save(posts)).toEqual([]);
    expect(stored()).toEqual(idsOf(posts));
  });

  test('a server that is gone makes the store unavailable for every question', async () => {
    await stub.stop();
    await expect(store.save(batch(3))).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.find({})).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.count()).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.ping()).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.histogram({ from: 0, to: 10 }, 1)).rejects.toBeInstanceOf(StoreUnavailable);
  });

  test('wrong credentials are not tried again and the remedy is named', async () => {
    stub.faults.push({ whole: 401 });
    await expect(store.save(batch(3))).rejects.toThrow(/refuses our credentials \(401\); set ELASTICSEARCH_API_KEY/);
    expect(stub.requests).toEqual([3]);
  });

  test('a version older than the stored one counts as done and changes nothing', async () => {
    await store.save([aFoldedPost({ id: id('a'), text: 'new', seenAt: NOON + 1 })]);
    expect(await store.save([aFoldedPost({ id: id('a'), text: 'old', seenAt: NOON })])).toEqual([]);
    expect(stub.documents.get('a')?.text).toBe('new');
  });

  test('rows that can never be stored are named, and every neighbour is kept', async () => {
    stub.poison = 'poison';
    const posts = batch(100).map((post, n) => (n % 10 === 3 ? { ...post, text: 'poison' } : post));
    stub.faults.push({ items: 429, every: 2 });
    const rejected = await store.save(posts);
    expect(idsOf(rejected)).toEqual(idsOf(posts.filter((post) => post.text === 'poison')));
    expect(rejected[0]?.because).toBe('document_parsing_exception: the stub says document_parsing_exception');
    expect(stored()).toEqual(idsOf(posts.filter((post) => post.text !== 'poison')));
  });

  test('a request refused as a whole for one row is narrowed down to that row', async () => {
    stub.poison = 'poison';
    stub.refuseWhole = true;
    const posts = batch(64).map((post, n) => (n === 41 ? { ...post, text: 'poison' } : post));
    const rejected = await store.save(posts);
    expect(rejected.map((row) => row.id)).toEqual(['p41']);
    expect(stored()).toHaveLength(63);
  });

  test('a request too large is sent in parts, and a row too large on its own is named', async () => {
    stub.mostBytes = 20_000;
    const posts = batch(64).map((post, n) => (n === 5 ? { ...post, text: '长'.repeat(30_000) } : post));
    const rejected = await store.save(posts);
    expect(rejected.map((row) => row.id)).toEqual(['p5']);
    expect(stored()).toHaveLength(63);
  });

  test.each(passing)('%s: all that is to be erased is gone', async (_, faults) => {
    const posts = batch(120);
    await store.save(posts);
    stub.faults.push(...faults);
    expect(await store.amend(posts.slice(0, 100).map((post) => ({ id: post.id, erased: true })))).toEqual([]);
    expect(stored()).toEqual(idsOf(posts.slice(100)));
    expect(stub.faults).toEqual([]);
  });

  test('an erasure that meets a post just being written goes on until the post is gone', async () => {
    const posts = batch(9);
    await store.save(posts);
    stub.faults.push({ items: 409, type: 'version_conflict_engine_exception', every: 2 });
    expect(await store.amend(posts.map((post) => ({ id: post.id, erased: true })))).toEqual([]);
    expect(stored()).toEqual([]);
  });

  test('an erasure that cannot be carried out says so, and can be carried out later', async () => {
    const posts = batch(50);
    await store.save(posts);
    const erasures = posts.map((post) => ({ id: post.id, erased: true }) as const);
    stub.faults.push(...Array<BulkFault>(6).fill({ whole: 503 }));
    await expect(store.amend(erasures)).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await store.amend(erasures)).toEqual([]);
    expect(stored()).toEqual([]);
  });

  test('an amendment that is refused for now is sent again, one that is refused for good is said', async () => {
    await store.save(batch(4));
    stub.faults.push({ items: 429, every: 2 });
    const masked = (text: string) => batch(4).map((post) => ({ id: post.id, text, title: undefined }));
    expect(await store.amend(masked('请打138********'))).toEqual([]);
    expect([...stub.documents.values()].map(({ text }) => text)).toEqual(Array(4).fill('请打138********'));
    stub.poison = 'poison';
    await expect(store.amend(masked('poison'))).rejects.toThrow(/an amended post was refused: document_parsing/);
  });

  test('whatever faults come in whatever order, acknowledged means stored once, in its newest version', async () => {
    const fault = fc.constantFrom<BulkFault>(
      'none',
      'reset before',
      'reset after',
      'cut in half',
      'one item short',
      { items: 429, every: 2 },
      { items: 503, every: 3 },
      { whole: 429 },
      { whole: 503 },
    );
    const version = fc.record({ post: fc.integer({ min: 0, max: 9 }), seenAt: fc.integer({ min: 0, max: 5 }) });
    const batches = fc.array(fc.array(version, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(batches, fc.array(fault, { maxLength: 20 }), async (saves, faults) => {
        stub.documents.clear();
        stub.faults.splice(0, stub.faults.length, ...faults);
        const newest = new Map<string, number>();
        for (const versions of saves) {
          const posts = versions.map(({ post, seenAt }) => aFoldedPost({ id: id(`p${post}`), seenAt: NOON + seenAt }));
          for (const post of posts) newest.set(post.id, Math.max(post.seenAt, newest.get(post.id) ?? 0));
          await savedAtLast(posts);
        }
        expect(new Map([...stub.documents].map(([key, document]) => [key, document.version]))).toEqual(newest);
      }),
      { numRuns: 60 },
    );
  });

  /** As the flow does it: the same batch again until it is taken. */
  async function savedAtLast(posts: Parameters<PostStore['save']>[0]): Promise<void> {
    for (;;) {
      try {
        expect(await store.save(posts)).toEqual([]);
        return;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
      }
    }
  }
});
