import type { IncidentId } from '../pipelines/domain/incident.ts';
import type { PostId } from '../pipelines/domain/post.ts';
import { seesIncident, withinOf, type Scope } from '../pipelines/domain/person.ts';
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
  readonly desk: Pick<DeskStore, 'evidenceRungs' | 'incident' | 'evidence'>;
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

  /** Of an incident that may not be seen nothing is found, as of one that is not there. */
  function evidenceOf(scope: Scope, id: IncidentId): readonly PostId[] {
    const incident = desk.incident(id);
    return incident !== undefined && seesIncident(scope, incident) ? desk.evidence(id, MOST_NAMED) : [];
  }

  return {
    rungPosts,
    /** @throws PeriodTooLong where a rung is asked for over more evidence than can be named */
    async question(scope: Scope, text: string, { rung, incident, ids, ...rest }: SearchQuestion): Promise<TallyQuery> {
      const within = withinOf(scope);
      const asked = await wordsOf(text);
      const posts = rung === undefined ? undefined : rungPosts(scope, rest);
      if (posts === null)
        throw new PeriodTooLong(`over ${MOST_NAMED} posts are evidence in this period: ask for a shorter one.`);
      const named = [
        ...(ids === undefined ? [] : [ids]),
        ...(incident === undefined ? [] : [evidenceOf(scope, incident)]),
        ...(posts === undefined || rung === undefined || rung === 'none' ? [] : [posts.get(rung) ?? []]),
      ];
      return {
        ...rest,
        ...(asked.all.length + asked.none.length === 0 ? {} : { asked }),
        ...(named.length === 0 ? {} : { ids: named.reduce(inBoth) }),
        ...(posts !== undefined && rung === 'none' ? { notIds: [...posts.values()].flat() } : {}),
        ...(within === undefined ? {} : { within }),
      };
    },
  };
}

function inBoth(one: readonly PostId[], other: readonly PostId[]): readonly PostId[] {
  const known = new Set(other);
  return one.filter((id) => known.has(id));
}
