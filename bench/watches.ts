import { WatchMatcher } from '../pipelines/4-watch/match-watches.ts';
import { StandingWatches, type StandingWatch } from '../pipelines/4-watch/standing-watches.ts';
import { DUTIES } from '../pipelines/domain/duty.ts';
import { NEEDS, type FoldedPost, type PostId } from '../pipelines/domain/post.ts';
import { readPost } from '../pipelines/domain/post-match.ts';
import { searchWords } from '../pipelines/domain/search-words.ts';
import { understanding } from '../pipelines/pipeline.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { WatchId } from '../pipelines/domain/watch.ts';
import { openUnderstanding } from '../server/open-understanding.ts';
import { corpusOf } from './corpus.ts';
import { machine, round, type Report } from './figure.ts';

const WATCHES = 5_000;
const TEXTS = 8_000;
const BATCH = 256;
const START = Date.UTC(2026, 10, 1);
/** Ten posts a second. */
const GAP = 100;
const MINUTE = 60_000;

/**
 * 5,000 standing watches asked of understood posts, in one thread: words taken evenly from the corpus's own, so that they do occur; a
 * half of the watches in one county or city each, one in ten without a word.
 *
 * @param posts how many posts are asked
 */
export async function benchWatches(posts: number, report: Report): Promise<void> {
  const corpus = await corpusOf(TEXTS, START);
  const { parts } = await openUnderstanding({});
  const understand = understanding(parts);
  const texts = corpus.posts.flatMap(({ id, text }, at) =>
    understand([
      {
        ...{ id: id as PostId, platform: 'bench', nativeId: id, kind: 'post', text, source: 'bench' },
        ...{ time: START + at * GAP, seenAt: START + at * GAP },
      },
    ]),
  );
  const watches = watchesOver(
    texts.map(({ tokens }) => searchWords(tokens)),
    texts.flatMap(({ region }) => (region === null ? [] : [region.code])),
  );
  const standing = new StandingWatches();
  standing.use(watches);
  const noRung = (): undefined => undefined;
  let [hits, matched] = [0, 0];
  const matcher = new WatchMatcher(watches.map(({ match }) => match));
  for (const text of texts.slice(0, posts)) matched += matcher.match(readPost(text)).length;
  const cpu = process.cpuUsage();
  for (let at = 0; at < posts; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, posts - at) }, (_, next): FoldedPost => {
      const post = texts[(at + next) % texts.length]!;
      const id = `${at + next}` as PostId;
      return { ...post, id, group: id, time: START + (at + next) * GAP };
    });
    hits += standing.take(batch, noRung).length;
  }
  const spent = process.cpuUsage(cpu);
  const rate = posts / ((spent.user + spent.system) / 1e6);
  report({
    bench: 'watches',
    name: `understood posts asked of ${WATCHES} standing watches in a CPU second`,
    value: round(rate, 0),
    unit: 'posts/s',
    bar: '≥ 20000',
    ok: rate >= 20_000,
    note: `${posts} posts of ${texts.length} texts, ${corpus.from}, ${hits} opened or closed, ${round(matched / Math.min(posts, texts.length), 1)} watches take a post, ${machine()}`,
  });
}

function watchesOver(words: readonly (readonly string[])[], regions: readonly RegionCode[]): StandingWatch[] {
  let seed = 20_261_128;
  const dice = (sides: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((seed / 0x8000_0000) * sides);
  };
  const texts = new Map<string, number>();
  for (const post of words) for (const word of new Set(post)) texts.set(word, (texts.get(word) ?? 0) + 1);
  // People watch for words that say something: not single signs, not what every fiftieth post holds, not what hardly occurs.
  const vocabulary = [...texts].flatMap(([word, count]) =>
    word.length > 1 && count >= 3 && count <= words.length / 50 ? [word] : [],
  );
  const word = (): string => vocabulary[dice(vocabulary.length)]!;
  return Array.from({ length: WATCHES }, (_, at): StandingWatch => {
    const shape = dice(10);
    const terms = (count: number): string[][] => Array.from({ length: count }, () => [word()]);
    const place = dice(2) === 0 || shape === 0 ? [regions[dice(regions.length)]!] : [];
    const match = {
      all: shape > 3 ? terms(1 + dice(2)) : [],
      any: shape > 0 && shape <= 3 ? terms(2 + dice(4)) : [],
      none: dice(4) === 0 ? terms(1) : [],
      regions: place,
      needs: dice(10) === 0 ? [NEEDS[dice(NEEDS.length)]!] : [],
      duties: dice(10) === 0 ? [DUTIES[dice(DUTIES.length)]!] : [],
      kinds: [],
    };
    return {
      match,
      watch: {
        ...{ id: `w${at}` as WatchId, version: 1, since: 1, name: `w${at}`, quiet: null, channel: null },
        query: { all: [], any: [], none: [], regions: [], needs: [], duties: [], kinds: [], rung: null },
        hysteresis: { open: { posts: 1 + dice(5), ms: 30 * MINUTE }, close: { posts: 1, ms: 60 * MINUTE } },
        ...{ paused: false, deleted: false, savedAt: 0, by: { id: 'bench', name: 'bench' }, why: '' },
      },
    };
  });
}
