import { expect, test } from 'vitest';
import { EVERYTHING, type Scope } from '../../pipelines/domain/person.ts';
import type { PostId } from '../../pipelines/domain/post.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import type { Tier } from '../../pipelines/domain/tier.ts';
import type { PostQuery } from '../../pipelines/ports/post-store.ts';
import type { TallyKey, TallyRow } from '../../pipelines/ports/post-tally.ts';
import { PeriodTooLong } from '../../server/services/search.ts';
import { loadRegionNames } from '../../server/load-gazetteer.ts';
import { FACETS, PostFilters } from '../../server/contract/search.ts';
import { anIncident, incidentId } from '../seeds/incidents.ts';
import { buildSearch } from '../../server/search-services.ts';

const YIYANG: Scope = { regions: [regionCode('410327')], incidents: new Set() };

const EVIDENCE = [
  { post: 'a' as PostId, rung: 'city' as const },
  { post: 'b' as PostId, rung: 'city' as const },
  { post: 'c' as PostId, rung: 'town' as const },
];

/** A store that keeps what it was asked, and a desk that keeps whose evidence was asked for. */
function searching(
  counted: Partial<Record<TallyKey, readonly TallyRow[]>> = {},
  evidence: readonly { readonly post: PostId; readonly rung: Tier }[] = [],
) {
  const asked: PostQuery[] = [];
  const scopes: Scope[] = [];
  const search = buildSearch({
    clock: { now: () => 0 },
    pool: { cut: async (text) => [text] },
    desk: {
      incident: (id) => (id === 'i1' ? anIncident({ region: regionCode('410311') }) : undefined),
      evidence: () => EVIDENCE.map(({ post }) => post),
      evidenceRungs({ scope, limit }) {
        scopes.push(scope);
        return evidence.slice(0, limit);
      },
    },
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
        if (query.ids !== undefined) return [{ keys: ['neutral'], posts: query.ids.length, first: 1 }];
        return counted[key!] ?? [];
      },
    },
  });
  return { asked, scopes, search };
}

test('everything that is counted or brought out lies within what the asker may see', async () => {
  const { asked, scopes, search } = searching({}, EVIDENCE);
  const question = { region: regionCode('410000') };
  await search.facets(YIYANG, '停水 -演习', question);
  await search.histogram(YIYANG, '停水 -演习', { ...question, from: 0, to: 1 }, 1);
  await search.file('csv', YIYANG, '停水 -演习', { ...question, rung: 'city' });
  expect(asked.length).toBe(14);
  const words = { all: [[{ words: ['停水'] }]], none: [{ words: ['演习'] }] };
  for (const query of asked) expect(query).toMatchObject({ within: ['410327'], asked: words });
  for (const scope of scopes) expect(scope).toBe(YIYANG);
  expect(asked.at(-1)).toMatchObject({ ids: ['a', 'b'] });
});

test('a rung is counted by the evidence of incidents that stand there, what is left is evidence of none', async () => {
  const { asked, search } = searching({ sentiment: [{ keys: ['neutral'], posts: 10, first: 4 }] }, EVIDENCE);
  const { facets, rungsCut } = await search.facets(EVERYTHING, '', { ids: ['a', 'c', 'x'] as PostId[] });
  expect(facets.rung.map(({ value, posts }) => [value, posts])).toEqual([
    ['city', 1],
    ['town', 1],
    ['none', 1],
  ]);
  expect(rungsCut).toBe(false);
  await search.file('csv', EVERYTHING, '', { rung: 'none' });
  expect(asked.at(-1)).toMatchObject({ notIds: ['a', 'b', 'c'] });
  await search.file('csv', EVERYTHING, '', { rung: 'city', ids: ['b', 'c'] as PostId[] });
  expect(asked.at(-1)).toMatchObject({ ids: ['b'] });
  await search.file('csv', EVERYTHING, '', { rung: 'nation' });
  expect(asked.at(-1)).toMatchObject({ ids: [] });
});

test('where a period holds too much evidence, rungs are not counted and cannot be asked for', async () => {
  const many = Array.from({ length: 50_001 }, (_, at) => ({ post: `p${at}` as PostId, rung: 'city' as const }));
  const { search } = searching({}, many);
  const { facets, rungsCut } = await search.facets(EVERYTHING, '', {});
  expect([facets.rung, rungsCut]).toEqual([[], true]);
  await expect(search.file('csv', EVERYTHING, '', { rung: 'city' })).rejects.toBeInstanceOf(PeriodTooLong);
});

test('a facet is counted without its own filter and with all others', async () => {
  const { asked, search } = searching();
  await search.facets(EVERYTHING, '', { platform: 'weibo', need: '求助' });
  expect(asked.filter(({ platform }) => platform === undefined)).toEqual([{ need: '求助' }]);
  expect(asked.filter(({ need }) => need === undefined)).toEqual([{ platform: 'weibo' }]);
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

test('within a place what lies one step below it is counted, and the way up is named', async () => {
  const { asked, search } = searching({
    region: [
      { keys: ['410327'], posts: 1, first: 1 },
      { keys: ['410327100'], posts: 4, first: 2 },
      { keys: ['410327100001'], posts: 2, first: 1 },
    ],
  });
  const { facets, path } = await search.facets(EVERYTHING, '', { region: regionCode('410327') });
  expect(facets.region.map(({ value, posts }) => [value, posts])).toEqual([
    ['410327100', 6],
    ['410327', 1],
  ]);
  expect(path.map(({ code }) => code)).toEqual(['410000', '410300', '410327']);
  expect(asked.every(({ region }) => region === '410327')).toBe(true);
});

test('there is no way to ask by author, in any filter', () => {
  const fields = [...Object.keys(PostFilters.properties), ...FACETS];
  expect(fields.filter((field) => /author|user|name|uid|account|作者/iu.test(field))).toEqual([]);
});

test('an incident is asked for by its evidence, and nothing is found of one that is not seen', async () => {
  const { asked, search } = searching({}, EVIDENCE);
  await search.file('csv', EVERYTHING, '', { incident: incidentId('i1'), rung: 'city' });
  expect(asked.at(-1)).toMatchObject({ ids: ['a', 'b'] });
  for (const [scope, id] of [
    [YIYANG, 'i1'],
    [EVERYTHING, 'i2'],
  ] as const) {
    await search.file('csv', scope, '', { incident: incidentId(id) });
    expect(asked.at(-1)).toMatchObject({ ids: [] });
  }
});
