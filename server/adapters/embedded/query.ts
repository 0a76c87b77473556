import { prefixOf, type RegionCode } from '../../../pipelines/domain/region.ts';
import { searchWords } from '../../../pipelines/domain/search-words.ts';
import type { PostQuery } from '../../../pipelines/ports/post-store.ts';
import type { SqlValue } from '../sqlite/open-db.ts';

/** What stands between SELECT … and ORDER BY, with its values. */
export interface Selection {
  readonly from: string;
  readonly where: string;
  readonly values: readonly SqlValue[];
}

/** Everything of the question but its page. */
export function selectionOf(query: PostQuery): Selection {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const add = (condition: string, ...given: SqlValue[]): void => {
    conditions.push(condition);
    values.push(...given);
  };
  const words = [...new Set(searchWords(query.words ?? []))];
  if (words.length > 0) add('word MATCH ?', words.map(quoted).join(' AND '));
  if (query.region !== undefined) add('post.region >= ? AND post.region < ?', ...rangeOf(query.region));
  if (query.within !== undefined) {
    const ranges = query.within.map(() => '(post.region >= ? AND post.region < ?)');
    add(ranges.length === 0 ? 'FALSE' : `(${ranges.join(' OR ')})`, ...query.within.flatMap(rangeOf));
  }
  if (query.from !== undefined) add('post.time >= ?', query.from);
  if (query.to !== undefined) add('post.time < ?', query.to);
  if (query.platform !== undefined) add('post.platform = ?', query.platform);
  if (query.sentiment !== undefined) add('post.sentiment = ?', query.sentiment);
  if (query.need !== undefined) add('post.need = ?', query.need);
  if (query.ids !== undefined) add('post.id IN (SELECT value FROM json_each(?))', JSON.stringify(query.ids));
  if (query.url !== undefined) add('post.url = ?', query.url);
  if (query.seenFrom !== undefined) add('post.seen_at >= ?', query.seenFrom);
  if (query.seenTo !== undefined) add('post.seen_at < ?', query.seenTo);
  if (query.folded === true) add('post.grp IS NULL');
  return {
    from: words.length > 0 ? 'word CROSS JOIN post ON post.n = word.rowid' : 'post',
    where: conditions.length > 0 ? conditions.join(' AND ') : 'TRUE',
    values,
  };
}

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/** Codes at and below a region as a range of texts: 410300 is all that begins with 4103. */
function rangeOf(region: RegionCode): [string, string] {
  const start = prefixOf(region);
  // ':' is the character after '9'.
  return [start, `${start}:`];
}
