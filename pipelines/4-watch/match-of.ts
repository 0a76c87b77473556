import type { PostMatch } from '../domain/post-match.ts';
import { searchWords } from '../domain/search-words.ts';
import type { WatchQuery } from '../domain/watch.ts';

/**
 * A watch's query with its words cut. A term of which nothing is left (signs alone) asks nothing.
 *
 * @param cut words of a term as the store's tokeniser cuts it
 */
export function matchOf(query: WatchQuery, cut: (term: string) => readonly string[]): PostMatch {
  const terms = (typed: readonly string[]): string[][] =>
    typed.map((term) => [...new Set(searchWords(cut(term)))]).filter((words) => words.length > 0);
  const { regions, needs, duties, kinds } = query;
  return { all: terms(query.all), any: terms(query.any), none: terms(query.none), regions, needs, duties, kinds };
}

/** False for a query that would take whatever comes: it must ask for a word, a place, a need, a duty, a kind or a rung. */
export const asksSomething = ({ all, any, regions, needs, duties, kinds }: PostMatch): boolean =>
  [all, any, regions, needs, duties, kinds].some((list) => list.length > 0);
