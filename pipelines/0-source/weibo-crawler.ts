import { basename } from 'node:path';
import { repairOf } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';
import type { AuthorKind } from '../domain/post.ts';
import { alignCells } from './format.ts';
import type { About, Aligned, Candidate, Fields, FormatReader, RowReader, Shape, TableShape } from './format.ts';
import { candidate, countsOf, firstOf, given, tidyId, topicsOf, words } from './values.ts';

const JSON_MARKS = ['id', 'bid', 'text', 'created_at', 'attitudes_count', 'full_created_at'];
const CSV_MARKS = ['id', 'bid', '正文', '头条文章url', '日期'];
const LIVE_PHOTO = 'Live Photo视频url';
/** Columns of the three tables of `weibodata.db` that hold posts. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  weibo: ['id', 'bid', 'text', 'created_at', 'attitudes_count', 'edit_count'],
  comments: ['id', 'weibo_id', 'created_at', 'text', 'like_count', 'root_id'],
  reposts: ['id', 'weibo_id', 'created_at', 'text', 'like_count'],
};
/** The comments' CSV; it has no root_id. */
const COMMENT_MARKS = ['id', 'weibo_id', 'created_at', 'text', 'like_count', 'user_screen_name'];

const has = (columns: readonly string[], marks: readonly string[]): boolean =>
  marks.every((mark) => columns.includes(mark));

type Part = 'json' | 'csv' | 'weibo' | 'comments' | 'reposts';

function partOf({ name, columns }: TableShape, container?: Shape['container']): Part | undefined {
  // weibo-search's table has nearly the same columns, and this one besides.
  if (columns.includes('user_authentication')) return undefined;
  if (has(columns, CSV_MARKS)) return 'csv';
  if (has(columns, JSON_MARKS)) return 'json';
  if (name !== '' && container !== 'document' && has(columns, TABLES[name] ?? ['\0'])) return name as Part;
  return has(columns, COMMENT_MARKS) ? 'comments' : undefined;
}

/** weibo-crawler: JSON of one account, CSV with tabs after ids and short rows, and SQLite, the only one with rows of reposts. */
export const weiboCrawler: FormatReader = {
  format: 'weibo-crawler',
  recognise({ tables, container }) {
    const parts = tables.flatMap((table) => partOf(table, container) ?? []);
    switch (parts[0]) {
      case undefined:
        return undefined;
      case 'csv':
        return { confidence: 0.95, because: '表头有 bid、正文、头条文章url' };
      case 'json':
        return { confidence: 0.95, because: '有 bid、attitudes_count、full_created_at' };
      case 'comments':
      case 'reposts':
      case 'weibo':
        return {
          confidence: 0.9,
          because: `有 weibo-crawler 的${parts.length > 1 ? '表' : '列'}：${parts.join('、')}`,
        };
    }
  },
  readerOf(about): RowReader | undefined {
    switch (partOf(about.table)) {
      case undefined:
        return undefined;
      case 'json':
        return (fields) => fromJson(fields, about);
      case 'weibo':
        return (fields) => [fromTable(fields)];
      case 'csv':
        return (fields) => fromCsv(fields, about);
      case 'comments':
        return (fields) => [fromReply(fields, 'comment')];
      case 'reposts':
        return (fields) => [fromReply(fields, 'repost')];
    }
  },
  align: alignShifted,
};

const COUNTS = {
  like: ['attitudes_count', '点赞数'],
  comment: ['comments_count', '评论数'],
  repost: ['reposts_count', '转发数'],
} as const;

/** The address without the author's number in it. */
const urlOf = (id: unknown): string | undefined => {
  const known = words(id);
  return known === undefined ? undefined : `https://m.weibo.cn/detail/${known}`;
};

/** Weibo's own marks: 1 government, 3 media; other marks are companies, schools and persons; below 0 and above 200 none. */
function kindOf(type: unknown): AuthorKind | undefined {
  const number = typeof type === 'number' ? type : Number(words(type) ?? Number.NaN);
  if (Number.isNaN(number)) return undefined;
  if (number === 1) return 'official';
  if (number === 3) return 'media';
  return number >= 0 && number < 200 ? 'verified' : 'ordinary';
}

function fromJson(fields: Fields, { members, path }: About): readonly [Candidate, ...Candidate[]] {
  const user = asFields(members?.['user']);
  const original = asFields(fields['retweet']);
  const repeated = original === undefined ? undefined : words(original['id']);
  const owner = given(user?.['id']) ?? ownerOf(path);
  const own = fromStatus(fields, owner, kindOf(user?.['verified_type']), repeated);
  return original === undefined ? [own] : [own, fromStatus(original, undefined, undefined, undefined)];
}

function fromStatus(
  fields: Fields,
  owner: unknown,
  kind: AuthorKind | undefined,
  repeated: string | undefined,
): Candidate {
  const repairs: Repair[] = [];
  const id = tidyId(fields['id'], 'id', repairs);
  const author = given(fields['user_id']) ?? owner;
  const poi = words(fields['location']);
  return candidate(
    {
      id,
      platform: 'weibo',
      kind: repeated === undefined ? 'post' : 'repost',
      text: words(fields['text']),
      url: urlOf(id),
      time: firstOf(fields, 'full_created_at', 'created_at'),
      parent: repeated,
      root: repeated,
      author: author === undefined ? undefined : { key: words(author), ...(kind !== undefined && { kind }) },
      counts: countsOf(fields, COUNTS),
      hints: poi === undefined ? undefined : { poi },
      topics: topicsOf(fields['topics']),
    },
    repairs,
  );
}

const fromTable = (fields: Fields): Candidate => fromStatus(fields, undefined, undefined, words(fields['retweet_id']));

function fromCsv(fields: Fields, { path }: About): readonly [Candidate, ...Candidate[]] {
  const original = csvPart(fields, '源微博');
  const repeated = words(original['id']);
  const own = fromStatus(csvPart(fields, ''), ownerOf(path), undefined, repeated);
  if (repeated === undefined) return [own];
  return [own, fromStatus({ ...original, user_id: fields['源用户id'] }, undefined, undefined, undefined)];
}

const CSV_NAMES: Readonly<Record<string, string>> = {
  id: 'id',
  正文: 'text',
  位置: 'location',
  日期: 'created_at',
  完整日期: 'full_created_at',
  点赞数: 'attitudes_count',
  评论数: 'comments_count',
  转发数: 'reposts_count',
  话题: 'topics',
};

function csvPart(fields: Fields, before: string): Fields {
  return Object.fromEntries(Object.entries(CSV_NAMES).map(([name, key]) => [key, fields[`${before}${name}`]]));
}

/** Comments and reposts carry the interface's own time, and stand under a post. */
function fromReply(fields: Fields, kind: 'comment' | 'repost'): Candidate {
  const repairs: Repair[] = [];
  const id = tidyId(fields['id'], 'id', repairs);
  const root = tidyId(fields['weibo_id'], 'root', repairs);
  const answered = words(fields['root_id']);
  const author = words(fields['user_id']);
  return candidate(
    {
      id,
      platform: 'weibo',
      kind,
      text: words(fields['text']),
      time: given(fields['created_at']),
      // A comment of the first level names itself as its root.
      parent: answered === undefined || answered === '0' || answered === words(id) ? root : answered,
      root,
      author: author === undefined ? undefined : { key: author },
      counts: countsOf(fields, { like: 'like_count' }),
    },
    repairs,
  );
}

/** The account is only in the name of its file: <user_id>.csv. */
function ownerOf(path: string): string | undefined {
  return /^(\d{5,12})\.(?:csv|json)(?:\.gz)?$/i.exec(basename(path))?.[1];
}

/** Files begun before the column for live photos was named have its cells all the same, after the video's. */
function alignShifted(columns: readonly string[], cells: readonly unknown[]): Aligned {
  const shifted = !columns.includes(LIVE_PHOTO) && columns.includes('视频url') && cells.length > columns.length;
  if (!shifted) return alignCells(columns, cells);
  const whole = columns.flatMap((name) =>
    /视频url$/.test(name) ? [name, name.replace('视频url', LIVE_PHOTO)] : [name],
  );
  const aligned = alignCells(whole, cells);
  if ('broken' in aligned) return aligned;
  return {
    fields: aligned.fields,
    repairs: [repairOf('id', 'columns-moved', `${columns.length} 列`, `${cells.length} 格`)],
  };
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
