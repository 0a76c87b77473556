import type { PostMatch } from '../../../pipelines/domain/post-match.ts';
import type { SqlValue } from '../sqlite/open-db.ts';
import { quoted, rangeOf } from './terms.ts';

export interface MatchConditions {
  /** Questions to the full-text index, all of which must hold. */
  readonly words: readonly string[];
  readonly conditions: readonly { readonly condition: string; readonly values: readonly SqlValue[] }[];
}

const occurs = (term: readonly string[]): string => `(${term.map(quoted).join(' AND ')})`;
const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** What matchesPost asks, as SQL over `post` and the full-text index `word`. */
export function matchConditions(match: PostMatch | undefined): MatchConditions {
  if (match === undefined) return { words: [], conditions: [] };
  const { all, any, none, regions, needs, duties, kinds } = match;
  const words = all.map(occurs);
  if (any.length > 0) words.push(`(${any.map(occurs).join(' OR ')})`);
  const conditions: { condition: string; values: readonly SqlValue[] }[] = [];
  const add = (condition: string, values: readonly SqlValue[]): void => void conditions.push({ condition, values });
  if (none.length > 0)
    // The index has no NOT without something before it.
    add('post.n NOT IN (SELECT rowid FROM word WHERE word MATCH ?)', [none.map(occurs).join(' OR ')]);
  if (regions.length > 0)
    add(`(${regions.map(() => '(post.region >= ? AND post.region < ?)').join(' OR ')})`, regions.flatMap(rangeOf));
  if (needs.length > 0) add(`post.need IN (${marks(needs)})`, needs);
  if (duties.length > 0)
    add(
      `(${duties.map(() => "instr(' ' || post.duty || ' ', ?) > 0").join(' OR ')})`,
      duties.map((duty) => ` ${duty} `),
    );
  if (kinds.length > 0) add(`post.kind IN (${marks(kinds)})`, kinds);
  return { words, conditions };
}
