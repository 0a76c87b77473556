import { csvRow } from '../pipelines/domain/csv-row.ts';
import { withinOf, type Scope } from '../pipelines/domain/person.ts';
import { platformName } from '../pipelines/domain/platform.ts';
import { isRegionCode, regionAt } from '../pipelines/domain/region.ts';
import { searchWords } from '../pipelines/domain/search-words.ts';
import { clockOf, dateOf, minuteOfDay } from '../pipelines/domain/shanghai-time.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { PostStore, TallyQuery } from '../pipelines/ports/post-store.ts';
import type { TallyRow } from '../pipelines/ports/post-tally.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import { FACETS, type Facet, type FacetCount, type FacetsBody } from './contract/search.ts';
import type { PostRow } from './contract/http.ts';
import type { SearchQuestion, SearchServices } from './services/search.ts';
import { postRow } from './views.ts';

const PAGE = 200;
const MOST_ROWS = 10_000;
const iso = (time: number): string => new Date(time).toISOString();

interface SearchParts {
  readonly clock: Clock;
  readonly store: Pick<PostStore, 'find' | 'histogram' | 'tally'>;
  readonly pool: { cut(text: string): Promise<string[]> };
  readonly regions: RegionNames;
  readonly drill: boolean;
}

/** Counts and files of a search, each by the same words, cut to what the asker may see. */
export function buildSearch({ clock, store, pool, regions, drill }: SearchParts): SearchServices {
  async function asked<Q extends SearchQuestion>(scope: Scope, text: string, question: Q) {
    const words = text.trim() === '' ? [] : await pool.cut(text);
    const within = withinOf(scope);
    return { ...question, words, ...(within === undefined ? {} : { within }) };
  }

  function named(facet: Facet, value: string): string {
    if (facet === 'platform') return platformName(value);
    return facet === 'region' && isRegionCode(value) ? regions.regionName(value) : value;
  }

  async function countsOf(question: TallyQuery, facet: Facet): Promise<FacetCount[]> {
    const { [facet]: _own, ...rest } = question;
    const rows = await store.tally(rest, [facet]);
    return summed(rows, facet)
      .map(({ value, posts, first }) => ({ value, name: named(facet, value), posts, first }))
      .sort((a, b) => b.posts - a.posts || (a.value < b.value ? -1 : 1));
  }

  return {
    async facets(scope, text, question) {
      const whole = await asked(scope, text, question);
      const [all, ...lists] = await Promise.all([
        store.tally(whole, ['sentiment']),
        ...FACETS.map(async (facet) => [facet, await countsOf(whole, facet)] as const),
      ]);
      return {
        now: iso(clock.now()),
        posts: all.reduce((sum, { posts }) => sum + posts, 0),
        first: all.reduce((sum, { first }) => sum + first, 0),
        place: question.region === undefined ? null : regions.regionName(question.region),
        words: [...new Set(searchWords(whole.words))],
        facets: Object.fromEntries(lists) as FacetsBody['facets'],
        drill,
      };
    },
    async histogram(scope, text, question, stepMs) {
      const buckets = await store.histogram(await asked(scope, text, question), stepMs);
      return { buckets: buckets.map(({ at, ...counts }) => ({ at: iso(at), ...counts })) };
    },
    async csv(scope, text, question) {
      const whole = await asked(scope, text, question);
      const lines = [csvRow(HEAD)];
      let after: string | undefined;
      do {
        const found = await store.find({ ...whole, limit: PAGE, ...(after === undefined ? {} : { after }) });
        for (const post of found.posts) lines.push(csvRow(cellsOf(postRow(post, 1))));
        after = found.next;
      } while (after !== undefined && lines.length <= MOST_ROWS);
      return `\uFEFF${lines.join('')}`;
    },
  };
}

/** By value, without those that have none; places as the counties they lie in. */
function summed(
  rows: readonly TallyRow[],
  facet: Facet,
): { readonly value: string; readonly posts: number; readonly first: number }[] {
  const sums = new Map<string, { value: string; posts: number; first: number }>();
  for (const { keys, posts, first } of rows) {
    const [key] = keys;
    if (key === undefined || key === null) continue;
    const value = facet === 'region' && isRegionCode(key) ? (regionAt(key, 'county') ?? key) : key;
    const sum = sums.get(value) ?? { value, posts: 0, first: 0 };
    sums.set(value, { value, posts: sum.posts + posts, first: sum.first + first });
  }
  return [...sums.values()];
}

const HEAD = [
  '时间',
  '平台',
  '来源',
  '标题',
  '正文',
  '诉求',
  '急件',
  '情绪',
  '待核实',
  '地点',
  '区划代码',
  '主管',
  '帖文编号',
];
const SENTIMENT_WORDS = { negative: '负面', neutral: '中性', positive: '正面' } as const;
const localTime = (at: number): string => `${dateOf(at)} ${clockOf(minuteOfDay(at))}`;
const yes = (is: boolean): string => (is ? '是' : '');

const cellsOf = (post: PostRow): string[] => [
  localTime(Date.parse(post.time)),
  platformName(post.platform),
  post.source,
  post.title ?? '',
  post.text,
  post.need ?? '',
  yes(post.urgent),
  SENTIMENT_WORDS[post.sentiment],
  yes(post.needsCheck),
  post.regionName ?? '',
  post.region ?? '',
  post.duty.join('、'),
  post.id,
];
