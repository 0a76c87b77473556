import type { PostId } from '../pipelines/domain/post.ts';
import { withinOf, type Scope } from '../pipelines/domain/person.ts';
import { searchWords } from '../pipelines/domain/search-words.ts';
import type { Tier } from '../pipelines/domain/tier.ts';
import { readTyped, type AskedTerm, type AskedWords, type TypedTerm } from '../pipelines/domain/typed-question.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { TallyQuery } from '../pipelines/ports/post-store.ts';
import { PeriodTooLong, type SearchQuestion } from './services/search.ts';

/** A post as event time places it and as its source corrected it since may lie this far apart. */
const CORRECTED_BY = 86_400_000;
/** Evidence that one question may name to the store; an office has some thousands a month. */
const MOST_NAMED = 50_000;

/** The evidence of what may be seen, by the rung of its incident now, of several the highest. Null: more than one question may name. */
export type RungPosts = ReadonlyMap<Tier, readonly PostId[]> | null;

export interface AskParts {
  readonly pool: { cut(text: string): Promise<string[]> };
  readonly desk: Pick<DeskStore, 'evidenceRungs'>;
}

/** Turns what a person asks into what a store is asked: words cut, rungs as their posts, cut to what they may see. */
export function askPosts({ pool, desk }: AskParts) {
  const cut = async ({ text, exact }: TypedTerm): Promise<AskedTerm> => {
    const words = [...new Set(searchWords(await pool.cut(text)))];
    return exact ? { words, written: text } : { words };
  };
  const saysSomething = ({ words, written }: AskedTerm): boolean => words.length > 0 || written !== undefined;

  async function wordsOf(text: string): Promise<AskedWords> {
    const { all, none } = readTyped(text);
    const clauses = await Promise.all(
      all.map(async (terms) => (await Promise.all(terms.map(cut))).filter(saysSomething)),
    );
    return {
      all: clauses.filter((terms) => terms.length > 0),
      none: (await Promise.all(none.map(cut))).filter(saysSomething),
    };
  }

  function rungPosts(scope: Scope, { from, to }: Pick<SearchQuestion, 'from' | 'to'>): RungPosts {
    const rows = desk.evidenceRungs({
      scope,
      from: from === undefined ? Number.MIN_SAFE_INTEGER : from - CORRECTED_BY,
      to: to === undefined ? Number.MAX_SAFE_INTEGER : to + CORRECTED_BY,
      limit: MOST_NAMED + 1,
    });
    if (rows.length > MOST_NAMED) return null;
    const sets = new Map<Tier, PostId[]>();
    for (const { post, rung } of rows) {
      const set = sets.get(rung);
      if (set === undefined) sets.set(rung, [post]);
      else set.push(post);
    }
    return sets;
  }

  return {
    rungPosts,
    /** @throws PeriodTooLong where a rung is asked for over more evidence than can be named */
    async question(scope: Scope, text: string, { rung, ...rest }: SearchQuestion): Promise<TallyQuery> {
      const within = withinOf(scope);
      const asked = await wordsOf(text);
      return {
        ...rest,
        ...(asked.all.length + asked.none.length === 0 ? {} : { asked }),
        ...(rung === undefined ? {} : narrowed(rest.ids, rung, rungPosts(scope, rest))),
        ...(within === undefined ? {} : { within }),
      };
    },
  };
}

function narrowed(
  named: readonly PostId[] | undefined,
  rung: Tier | 'none',
  posts: RungPosts,
): Pick<TallyQuery, 'ids' | 'notIds'> {
  if (posts === null)
    throw new PeriodTooLong(`over ${MOST_NAMED} posts are evidence in this period: ask for a shorter one.`);
  if (rung === 'none') return { notIds: [...posts.values()].flat() };
  const ids = posts.get(rung) ?? [];
  const wanted = named === undefined ? undefined : new Set(named);
  return { ids: wanted === undefined ? ids : ids.filter((id) => wanted.has(id)) };
}
