import { afterEach, beforeEach, expect } from 'vitest';
import type { PostStore, RestampedStore } from '../../pipelines/ports/post-store.ts';
import { amendSuite } from './amend-suite.ts';
import { askedSuite } from './asked-suite.ts';
import { countingSuite } from './counting-suite.ts';
import { findingSuite } from './finding-suite.ts';
import { openingSuite } from './opening-suite.ts';
import { reindexSuite } from './reindex-suite.ts';
import { retentionSuite } from './retention-suite.ts';
import { savingSuite } from './saving-suite.ts';
import { STAMP, type StoreBed } from './store-bed.ts';

/** A place where stores keep their data: several stores opened on one bench see the same documents. */
export interface Bench {
  store(): RestampedStore;
  /** Makes what was saved visible at once, where that takes the store a moment. */
  settle(): Promise<void>;
  clear(): Promise<void>;
}

/** Every promise of the PostStore port; each adapter runs it. */
export function postStoreSuite(bench: () => Bench): void {
  let place: Bench;
  let store: RestampedStore;
  const opened: PostStore[] = [];
  const another = (): RestampedStore => {
    const made = place.store();
    opened.push(made);
    return made;
  };
  beforeEach(async () => {
    place = bench();
    store = another();
    await store.open(STAMP);
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
    await place.clear();
  });
  const bed: StoreBed = {
    get store() {
      return store;
    },
    another,
    settle: () => place.settle(),
    async saved(...posts) {
      expect(await store.save(posts)).toEqual([]);
      await place.settle();
    },
    idsOf: async (query) => (await store.find(query)).posts.map((post) => post.id),
  };

  savingSuite(bed);
  amendSuite(bed);
  findingSuite(bed);
  askedSuite(bed);
  countingSuite(bed);
  openingSuite(bed);
  reindexSuite(() => bed);
  retentionSuite(() => bed);
}
