import { searchWords } from '../../../pipelines/domain/search-words.ts';
import type { PostQuery } from '../../../pipelines/ports/post-store.ts';
import type { SqlValue } from '../sqlite/open-db.ts';
import { askedConditions } from './asked-conditions.ts';
import { matchConditions } from './match-conditions.ts';
import { quoted, rangeOf } from './terms.ts';

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
  const asked = [matchConditions(query.match), askedConditions(query.asked)];
  const found = [...words.map(quoted), ...asked.flatMap((each) => each.words)].join(' AND ');
  if (found !== '') add('word MATCH ?', found);
  for (const { condition, values: given } of asked.flatMap((each) => each.conditions)) add(condition, ...given);
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
  if (query.source !== undefined) add('post.source = ?', query.source);
  if (query.mood !== undefined) add('post.mood = ?', query.mood);
  if (query.kind !== undefined) add('post.kind = ?', query.kind);
  if (query.duty !== undefined) add("instr(' ' || post.duty || ' ', ?) > 0", ` ${query.duty} `);
  if (query.urgent !== undefined) add('post.urgent = ?', Number(query.urgent));
  if (query.needsCheck !== undefined) add('post.needs_check = ?', Number(query.needsCheck));
  if (query.groups !== undefined)
    add('coalesce(post.grp, post.id) IN (SELECT value FROM json_each(?))', JSON.stringify(query.groups));
  if (query.ids !== undefined) add('post.id IN (SELECT value FROM json_each(?))', JSON.stringify(query.ids));
  if (query.notIds !== undefined) add('post.id NOT IN (SELECT value FROM json_each(?))', JSON.stringify(query.notIds));
  if (query.url !== undefined) add('post.url = ?', query.url);
  if (query.seenFrom !== undefined) add('post.seen_at >= ?', query.seenFrom);
  if (query.seenTo !== undefined) add('post.seen_at < ?', query.seenTo);
  if (query.folded === true) add('post.grp IS NULL');
  return {
    from: found !== '' ? 'word CROSS JOIN post ON post.n = word.rowid' : 'post',
    where: conditions.length > 0 ? conditions.join(' AND ') : 'TRUE',
    values,
  };
}
