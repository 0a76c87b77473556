import { expect, test } from 'vitest';
import { EVERYTHING, type Scope } from '../../pipelines/domain/person.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import type { PostQuery } from '../../pipelines/ports/post-store.ts';
import type { TallyKey, TallyRow } from '../../pipelines/ports/post-tally.ts';
import { loadRegionNames } from '../../server/load-gazetteer.ts';
import { buildSearch } from '../../server/search-services.ts';

const YIYANG: Scope = { regions: [regionCode('410327')], incidents: new Set() };

/** A store that keeps what it was asked. */
function searching(counted: Partial<Record<TallyKey, readonly TallyRow[]>> = {}) {
  const asked: PostQuery[] = [];
  const search = buildSearch({
    clock: { now: () => 0 },
    pool: { cut: async (text) => text.split(' ') },
    regions: loadRegionNames(),
    drill: false,
    store: {
      async find(query) {
        asked.push(query);
        return { posts: [], total: 0, atLeast: false };
      },
      async histogram(query) {
        asked.push(query);
        return [];
      },
      async tally(query, [key]) {
        asked.push(query);
        return counted[key!] ?? [];
      },
    },
  });
  return { asked, search };
}

test('everything that is counted or brought out lies within what the asker may see', async () => {
  const { asked, search } = searching();
  const question = { region: regionCode('410000') };
  await search.facets(YIYANG, '停水 电话', question);
  await search.histogram(YIYANG, '停水 电话', { ...question, from: 0, to: 1 }, 1);
  await search.csv(YIYANG, '停水 电话', question);
  expect(asked.length).toBe(11);
  for (const query of asked) expect(query).toMatchObject({ within: ['410327'], words: ['停水', '电话'] });
});

test('a facet is counted without its own filter and with all others', async () => {
  const { asked, search } = searching();
  await search.facets(EVERYTHING, '', { platform: 'weibo', need: '求助' });
  expect(asked.filter(({ platform }) => platform === undefined)).toEqual([{ need: '求助', words: [] }]);
  expect(asked.filter(({ need }) => need === undefined)).toEqual([{ platform: 'weibo', words: [] }]);
});

test('places are counted as the counties they lie in, by name, most first', async () => {
  const { search } = searching({
    region: [
      { keys: ['410311'], posts: 2, first: 1 },
      { keys: ['410327'], posts: 1, first: 1 },
      { keys: ['410327100'], posts: 4, first: 2 },
      { keys: [null], posts: 9, first: 9 },
    ],
    sentiment: [
      { keys: ['negative'], posts: 5, first: 3 },
      { keys: ['neutral'], posts: 2, first: 1 },
    ],
  });
  const { facets, posts, first } = await search.facets(EVERYTHING, '', {});
  expect(facets.region).toEqual([
    { value: '410327', name: '河南省洛阳市宜阳县', posts: 5, first: 3 },
    { value: '410311', name: '河南省洛阳市洛龙区', posts: 2, first: 1 },
  ]);
  expect([posts, first]).toEqual([7, 4]);
});
