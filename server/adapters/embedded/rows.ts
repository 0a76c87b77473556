import type { Duty } from '../../../pipelines/domain/duty.ts';
import type { PostDocument } from '../../../pipelines/domain/post-document.ts';
import type { AuthorKind, Mood, NeedKind, PostId, PostKind, Sentiment } from '../../../pipelines/domain/post.ts';
import type { RegionCode } from '../../../pipelines/domain/region.ts';
import type { StoredPost } from '../../../pipelines/ports/post-store.ts';
import type { SqlValue } from '../sqlite/open-db.ts';

/** Columns of `post` in the order that valuesOf gives their values. */
export const COLUMNS = [
  'id',
  'time',
  'seen_at',
  'region',
  'grp',
  'sentiment',
  'need',
  'platform',
  'kind',
  'mood',
  'rumor',
  'needs_check',
  'urgent',
  'author_kind',
  'source',
  'duty',
  'likes',
  'comments',
  'reposts',
  'views',
  'region_name',
  'title',
  'url',
  'text',
] as const;

/** One document on its way to the worker: the words, then the columns. Plain arrays cross threads cheaper than objects. */
export type DocumentValues = readonly [words: string, ...columns: SqlValue[]];

export const valuesOf = (post: PostDocument): DocumentValues => [
  post.words,
  post.id,
  post.time,
  post.seenAt,
  post.region,
  post.first ? null : post.group,
  post.sentiment,
  post.need,
  post.platform,
  post.kind,
  post.mood,
  post.rumor,
  post.needsCheck ? 1 : 0,
  post.urgent ? 1 : 0,
  post.authorKind ?? null,
  post.source,
  post.duty.join(' '),
  post.counts.like,
  post.counts.comment,
  post.counts.repost,
  post.counts.view,
  post.regionName,
  post.title ?? null,
  post.url ?? null,
  post.text,
];

/** A row as SQLite gives it; the casts below are safe because only valuesOf writes. */
export interface PostRow {
  readonly id: string;
  readonly time: number;
  readonly seen_at: number;
  readonly region: string | null;
  readonly grp: string | null;
  readonly sentiment: string;
  readonly need: string | null;
  readonly platform: string;
  readonly kind: string;
  readonly mood: string;
  readonly rumor: number;
  readonly needs_check: number;
  readonly urgent: number;
  readonly author_kind: string | null;
  readonly source: string;
  readonly duty: string;
  readonly likes: number;
  readonly comments: number;
  readonly reposts: number;
  readonly views: number;
  readonly region_name: string | null;
  readonly title: string | null;
  readonly url: string | null;
  readonly text: string;
}

export const storedOf = (row: PostRow): StoredPost => ({
  id: row.id as PostId,
  platform: row.platform,
  kind: row.kind as PostKind,
  text: row.text,
  ...(row.title === null ? {} : { title: row.title }),
  ...(row.url === null ? {} : { url: row.url }),
  time: row.time,
  seenAt: row.seen_at,
  source: row.source,
  ...(row.author_kind === null ? {} : { authorKind: row.author_kind as AuthorKind }),
  region: row.region as RegionCode | null,
  regionName: row.region_name,
  sentiment: row.sentiment as Sentiment,
  mood: row.mood as Mood,
  rumor: row.rumor,
  needsCheck: row.needs_check === 1,
  need: row.need as NeedKind | null,
  urgent: row.urgent === 1,
  duty: (row.duty === '' ? [] : row.duty.split(' ')) as Duty[],
  group: (row.grp ?? row.id) as PostId,
  counts: { like: row.likes, comment: row.comments, repost: row.reposts, view: row.views },
});
