import type { Scope } from '../pipelines/domain/person.ts';
import { platformName } from '../pipelines/domain/platform.ts';
import { isRegionCode, pathOf, regionAt, tierOfRegion, type RegionCode } from '../pipelines/domain/region.ts';
import { TIERS, TIER_NAMES, type Tier } from '../pipelines/domain/tier.ts';
import type { AskedWords } from '../pipelines/domain/typed-question.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { PostStore, TallyQuery } from '../pipelines/ports/post-store.ts';
import type { TallyRow } from '../pipelines/ports/post-tally.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import { askPosts, type AskParts, type RungPosts } from './ask-posts.ts';
import { COUNTED_FACETS, type CountedFacet, type FacetCount, type FacetsBody } from './contract/search.ts';
import type { PostRow } from './contract/http.ts';
import { exportFile } from './export-rows.ts';
import type { SearchQuestion, SearchServices } from './services/search.ts';
import { postRow } from './views.ts';

const PAGE = 200;
const MOST_ROWS = 10_000;
const iso = (time: number): string => new Date(time).toISOString();
/** Places are counted one step below the place asked for; without one, and above counties, as counties. */
const STEP_BELOW: Partial<Record<Tier, Tier>> = { county: 'town', town: 'village', village: 'village' };

interface SearchParts extends AskParts {
  readonly clock: Clock;
  readonly store: Pick<PostStore, 'find' | 'histogram' | 'tally'>;
  readonly regions: RegionNames;
  readonly drill: boolean;
}

type Count = Pick<FacetCount, 'value' | 'posts' | 'first'>;

export function buildSearch({ clock, store, pool, desk, regions, drill }: SearchParts): SearchServices {
  const ask = askPosts({ pool, desk });

  function named(facet: CountedFacet, value: string, within: RegionCode | undefined): string {
    if (facet === 'platform') return platformName(value);
    if (facet !== 'region' || !isRegionCode(value)) return value;
    return within === undefined ? regions.regionName(value) : regions.shortName(value);
  }

  async function countsOf(question: TallyQuery, facet: CountedFacet): Promise<FacetCount[]> {
    const { [facet]: own, ...rest } = question;
    // Of places the one asked for stays: what lies in it is counted.
    const rows = await store.tally(facet === 'region' ? question : rest, [facet]);
    const place = facet === 'region' ? (own as RegionCode | undefined) : undefined;
    return mostFirst(
      summed(rows, facet === 'region' ? byStep(place) : (key) => key).map((count) => ({
        ...count,
        name: named(facet, count.value, place),
      })),
    );
  }

  /** Each rung by itself, and what is evidence of nothing as the rest. */
  async function rungCounts(question: TallyQuery, posts: RungPosts): Promise<FacetCount[]> {
    if (posts === null) return [];
    const wanted = question.ids === undefined ? undefined : new Set(question.ids);
    const all = totalOf(await store.tally(question, ['sentiment']));
    const counts: Count[] = [];
    for (const tier of [...TIERS].reverse()) {
      const ids = (posts.get(tier) ?? []).filter((id) => wanted?.has(id) ?? true);
      if (ids.length > 0)
        counts.push({ value: tier, ...totalOf(await store.tally({ ...question, ids }, ['sentiment'])) });
    }
    const rest = (key: 'posts' | 'first'): number => counts.reduce((left, count) => left - count[key], all[key]);
    return [...counts, { value: 'none', posts: rest('posts'), first: rest('first') }]
      .filter((count) => count.posts > 0)
      .map((count) => ({ ...count, name: count.value === 'none' ? '' : TIER_NAMES[count.value as Tier] }));
  }

  return {
    async facets(scope, text, question) {
      const { rung: _, ...whatever } = question;
      const posts = ask.rungPosts(scope, question);
      const [whole, anyRung] = await Promise.all([
        ask.question(scope, text, question),
        ask.question(scope, text, whatever),
      ]);
      const [all, rung, ...lists] = await Promise.all([
        store.tally(whole, ['sentiment']),
        rungCounts(anyRung, posts),
        ...COUNTED_FACETS.map(async (facet) => [facet, await countsOf(whole, facet)] as const),
      ]);
      return {
        now: iso(clock.now()),
        ...totalOf(all),
        place: question.region === undefined ? null : regions.regionName(question.region),
        path: (question.region === undefined ? [] : pathOf(question.region))
          .toSorted((a, b) => TIERS.indexOf(tierOfRegion(b)) - TIERS.indexOf(tierOfRegion(a)))
          .map((code) => ({ code, name: regions.shortName(code) })),
        words: markedOf(whole.asked),
        facets: { ...(Object.fromEntries(lists) as Omit<FacetsBody['facets'], 'rung'>), rung },
        rungsCut: posts === null,
        drill,
      };
    },
    async histogram(scope, text, question, stepMs) {
      const { from, to } = question;
      const buckets = await store.histogram({ ...(await ask.question(scope, text, question)), from, to }, stepMs);
      return { buckets: buckets.map(({ at, ...counts }) => ({ at: iso(at), ...counts })) };
    },
    async file(format, scope, text, question) {
      const rows = rowsOf(scope, text, question);
      // The first is read before the answer begins, so that a store that is down is said as such.
      const first = await rows.next();
      return exportFile(format, begunWith(first, rows));
    },
  };

  async function* rowsOf(scope: Scope, text: string, question: SearchQuestion): AsyncGenerator<PostRow> {
    const whole = await ask.question(scope, text, question);
    let after: string | undefined;
    let left = MOST_ROWS;
    do {
      const limit = Math.min(PAGE, left);
      const found = await store.find({ ...whole, limit, ...(after === undefined ? {} : { after }) });
      for (const post of found.posts) yield postRow(post, 1);
      left -= found.posts.length;
      after = found.next;
    } while (after !== undefined && left > 0);
  }
}

async function* begunWith<T>(first: IteratorResult<T, unknown>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

const byStep =
  (place: RegionCode | undefined) =>
  (key: string): string => {
    if (!isRegionCode(key)) return key;
    const tier = (place === undefined ? undefined : STEP_BELOW[tierOfRegion(place)]) ?? 'county';
    return regionAt(key, tier) ?? key;
  };

const totalOf = (rows: readonly TallyRow[]): { readonly posts: number; readonly first: number } => ({
  posts: rows.reduce((sum, { posts }) => sum + posts, 0),
  first: rows.reduce((sum, { first }) => sum + first, 0),
});

const mostFirst = (counts: FacetCount[]): FacetCount[] =>
  counts.sort((a, b) => b.posts - a.posts || (a.value < b.value ? -1 : 1));

/** By value, without those that have none. */
function summed(rows: readonly TallyRow[], valueOf: (key: string) => string): Count[] {
  const sums = new Map<string, Count>();
  for (const { keys, posts, first } of rows) {
    const [key] = keys;
    if (key === undefined || key === null) continue;
    const value = valueOf(key);
    const sum = sums.get(value) ?? { value, posts: 0, first: 0 };
    sums.set(value, { value, posts: sum.posts + posts, first: sum.first + first });
  }
  return [...sums.values()];
}

/** What is to be marked in the texts: a phrase whole, all else by its words. */
const markedOf = (asked: AskedWords | undefined): string[] => [
  ...new Set((asked?.all ?? []).flat().flatMap(({ words, written }) => (written === undefined ? words : [written]))),
];
