import type { RawRow } from '../ports/source.ts';

/** `verified_type` as Weibo gives it: government and media offices have their own numbers, a person's is 0, nobody's -1. */
const AUTHOR_KIND: Readonly<Record<number, 'official' | 'media' | 'verified'>> = {
  0: 'verified',
  1: 'official',
  2: 'verified',
  3: 'media',
  4: 'verified',
  5: 'verified',
  6: 'verified',
  7: 'verified',
};
const DEPTH = 3;

type Bag = Readonly<Record<string, unknown>>;
const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value);
const idIn = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/**
 * What weibo-crawler pushes, `{"user": {…}, "weibo": […]}`, as canonical rows in their order; the post that a repost passes on is a
 * row of its own before it. Of the user only the id and the kind of account are read. undefined: this is no such body.
 */
export function weiboCrawlerRows(body: unknown): RawRow[] | undefined {
  if (!isBag(body) || !Array.isArray(body['weibo'])) return undefined;
  const user = isBag(body['user']) ? body['user'] : {};
  const rows: RawRow[] = [];
  for (const item of body['weibo'] as unknown[]) take(item, user, rows, 0);
  return rows;
}

/** Answers the id of the post it has taken. */
function take(item: unknown, user: Bag, rows: RawRow[], depth: number): string | undefined {
  const row = rows.length + 1;
  if (!isBag(item)) {
    rows.push({ row, broken: 'weibo 里的每一项应为一个 JSON 对象', raw: JSON.stringify(item)?.slice(0, 65_536) ?? '' });
    return undefined;
  }
  const inner = item['retweet'];
  const root = isBag(inner) && depth < DEPTH ? take(inner, {}, rows, depth + 1) : undefined;
  const value = canonicalOf(item, user, root);
  rows.push({ row: rows.length + 1, value, raw: JSON.stringify(value) });
  return typeof value['id'] === 'string' ? value['id'] : undefined;
}

function canonicalOf(item: Bag, user: Bag, root: string | undefined): Record<string, unknown> {
  const id = idIn(item['id']);
  const author = idIn(item['user_id']);
  const bid = idIn(item['bid']);
  const official =
    author !== '' && author === idIn(user['id']) ? AUTHOR_KIND[Number(user['verified_type'])] : undefined;
  return {
    id: id === '' ? undefined : id,
    platform: 'weibo',
    kind: root === undefined ? 'post' : 'repost',
    text: item['text'],
    // Only the first has seconds where a version of the crawler writes a date alone into the second.
    time: item['full_created_at'] ?? item['created_at'],
    ...(bid !== '' && { url: `https://m.weibo.cn/status/${bid}` }),
    ...(author !== '' && { author: { key: author, ...(official !== undefined && { kind: official }) } }),
    ...(root !== undefined && { root, parent: root }),
    counts: {
      like: item['attitudes_count'] ?? null,
      comment: item['comments_count'] ?? null,
      repost: item['reposts_count'] ?? null,
    },
    ...(typeof item['location'] === 'string' && item['location'] !== '' && { hints: { poi: item['location'] } }),
    ...(typeof item['topics'] === 'string' && item['topics'] !== '' && { topics: item['topics'].split(',') }),
  };
}
