import { Client } from '@elastic/elasticsearch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openElasticsearchStore } from '../../../server/adapters/elasticsearch/elasticsearch-store.ts';
import { missingForNode, startNode } from '../../elasticsearch/node.ts';
import type { RunningNode } from '../../elasticsearch/node.ts';
import { describeLane } from '../../lane.ts';
import { aFoldedPost, id, NOON } from '../../suites/post-seeds.ts';
import { openIncidentIndex } from '../../../server/adapters/elasticsearch/incident-index.ts';
import { incidentStoreSuite } from '../../suites/incident-store-suite.ts';
import { postStoreSuite } from '../../suites/post-store-suite.ts';

describeLane('Elasticsearch', missingForNode(), () => {
  let node: RunningNode;
  let client: Client;
  let benches = 0;
  beforeAll(async () => {
    node = await startNode();
    client = new Client({ node: node.url });
  });
  afterAll(async () => {
    await client?.close();
    await node?.stop();
  });

  const bench = () => {
    const prefix = `test${(benches += 1)}`;
    return {
      prefix,
      store: () => openElasticsearchStore({ url: node.url, prefix }),
      settle: async () => {
        await client.indices.refresh({ index: `${prefix}-posts-v1-*` });
      },
      clear: async () => {
        await dropIndices(prefix);
        await client.indices.deleteIndexTemplate({ name: `${prefix}-posts-v1` }, { ignore: [404] });
      },
    };
  };
  const indicesOf = async (prefix: string): Promise<string[]> =>
    Object.keys(await client.indices.get({ index: `${prefix}-posts-v1-*` })).sort();
  /** By their names: Elasticsearch refuses to delete by pattern. */
  const dropIndices = async (prefix: string): Promise<void> => {
    const index = await indicesOf(prefix);
    if (index.length > 0) await client.indices.delete({ index });
  };

  describe('keeps the promises of the port', () => {
    postStoreSuite(bench);
  });

  describe('keeps the promises of the port of incidents', () => {
    incidentStoreSuite(() => {
      const prefix = `test${(benches += 1)}`;
      const pattern = `${prefix}-incidents-v2-*`;
      return {
        store: () => openIncidentIndex({ url: node.url, prefix }),
        settle: async () => {
          await client.indices.refresh({ index: pattern });
        },
        clear: async () => {
          const index = Object.keys(await client.indices.get({ index: pattern }));
          if (index.length > 0) await client.indices.delete({ index });
        },
      };
    });
  });

  test('posts go to the index of their month, odd times to one of their own', async () => {
    const { prefix, store: open, clear } = bench();
    const store = open();
    await store.open('stamp');
    await store.save([
      aFoldedPost({ id: id('a'), time: Date.UTC(2026, 9, 31, 23, 59), seenAt: NOON }),
      aFoldedPost({ id: id('b'), time: Date.UTC(2026, 10, 1), seenAt: NOON }),
      aFoldedPost({ id: id('c'), time: 0, seenAt: NOON }),
      aFoldedPost({ id: id('d'), time: Date.UTC(2031, 0, 1), seenAt: NOON }),
    ]);
    expect(await indicesOf(prefix)).toEqual(['2026.10', '2026.11', 'other'].map((end) => `${prefix}-posts-v1-${end}`));
    await store.close();
    await clear();
  });

  test('a version with another month finds the document it replaces, before a refresh and after a restart', async () => {
    const { store: open, clear } = bench();
    const store = open();
    await store.open('stamp');
    const month = (n: number, seenAt: number) => aFoldedPost({ id: id('a'), time: Date.UTC(2026, n, 1), seenAt });
    await store.save([aFoldedPost({ id: id('b'), time: Date.UTC(2026, 8, 1) })]);
    await store.save([month(5, NOON)]);
    await store.save([month(6, NOON + 1)]);
    await store.close();
    const again = open();
    await again.open('stamp');
    await again.save([month(8, NOON + 2)]);
    await again.save([month(4, NOON - 1)]);
    await client.indices.refresh();
    expect(await again.count()).toBe(2);
    expect((await again.find({ ids: [id('a')] })).posts.map((post) => post.seenAt)).toEqual([NOON + 2]);
    await again.close();
    await clear();
  });

  test('an index deleted while the store runs is made again as it was', async () => {
    const { prefix, store: open, clear } = bench();
    const store = open();
    await store.open('stamp');
    await store.save([aFoldedPost({ id: id('a') })]);
    await dropIndices(prefix);
    await store.save([aFoldedPost({ id: id('b') })]);
    const made = Object.values(await client.indices.get({ index: `${prefix}-posts-v1-*` }));
    expect(made.map((index) => index.mappings?.dynamic)).toEqual(['strict']);
    expect(made.map((index) => Object.keys(index.aliases ?? {}))).toEqual([[`${prefix}-posts`]]);
    await store.close();
    await clear();
  });

  test('an index that somebody else made with other fields stops the writing instead of burying every post', async () => {
    const { prefix, store: open, clear } = bench();
    const store = open();
    await store.open('stamp');
    await client.indices.deleteIndexTemplate({ name: `${prefix}-posts-v1` });
    await client.indices.create({
      index: `${prefix}-posts-v1-2026.11`,
      mappings: { dynamic: 'strict', properties: { id: { type: 'keyword' } } },
    });
    await expect(store.save([aFoldedPost({ id: id('a') })])).rejects.toThrow(
      /refuses every post .*strict_dynamic_mapping/,
    );
    await store.close();
    await clear();
  });

  test('a healthy cluster answers a ping, also before the index was opened', async () => {
    const store = openElasticsearchStore({ url: node.url, prefix: 'nothing-yet' });
    await expect(store.ping()).resolves.toBeUndefined();
    await store.close();
  });
});
