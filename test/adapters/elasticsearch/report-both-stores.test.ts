import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@elastic/elasticsearch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventIncidents } from '../../../bench/report/invent-week.ts';
import { inventPosts } from '../../../bench/report/invent-posts.ts';
import { openInventedOffice, type InventedReport } from '../../../bench/report/invented-office.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import { weekOf } from '../../../pipelines/domain/week.ts';
import type { RestampedStore } from '../../../pipelines/ports/post-store.ts';
import { openElasticsearchStore } from '../../../server/adapters/elasticsearch/elasticsearch-store.ts';
import { openEmbeddedStore } from '../../../server/adapters/embedded/embedded-store.ts';
import { missingForNode, startNode, type RunningNode } from '../../elasticsearch/node.ts';
import { describeLane } from '../../lane.ts';

const WEEK = weekOf('2026-W47');
const POSTS = 6_000;

describeLane('one week in both stores', missingForNode(), () => {
  let node: RunningNode;
  let dir: string;
  beforeAll(async () => {
    node = await startNode();
    dir = mkdtempSync(join(tmpdir(), 'wenbida-both-stores-'));
  });
  afterAll(async () => {
    await node?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  test('the reports of the whole and of a county are the same to the byte', async () => {
    const incidents = inventIncidents(WEEK, 40, POSTS);
    const posts = inventPosts(WEEK, incidents, POSTS);
    const reportsOf = async (store: RestampedStore, settle: () => Promise<void>): Promise<InventedReport[]> => {
      await store.open('test');
      for (const batch of posts.batches(1_000)) await store.save(batch);
      await settle();
      expect(await store.count()).toBe(POSTS);
      const office = openInventedOffice(join(dir, store.name), store, WEEK, incidents, posts);
      const made = [await office.report(), await office.report(regionCode('410327'))];
      office.close();
      await store.close();
      return made;
    };
    const embedded = await reportsOf(openEmbeddedStore({ dir: join(dir, 'posts'), synchronous: 'NORMAL' }), () =>
      Promise.resolve(),
    );
    const client = new Client({ node: node.url });
    const elastic = await reportsOf(openElasticsearchStore({ url: node.url, prefix: 'both' }), async () => {
      await client.indices.refresh({ index: 'both-posts-v1-*' });
    });
    await client.close();
    expect(elastic.map(({ numbers }) => numbers)).toEqual(embedded.map(({ numbers }) => numbers));
    expect(elastic.map(({ report }) => JSON.stringify(report))).toEqual(
      embedded.map(({ report }) => JSON.stringify(report)),
    );
    expect(embedded[0]!.numbers.split('\n').length).toBeGreaterThan(500);
  });
});
