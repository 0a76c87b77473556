import { AUTHOR_KINDS, POST_KINDS } from '../domain/post.ts';
import type { Counts, PostId } from '../domain/post.ts';
import { repairOf } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';
import { readCount } from './count.ts';
import type { PostDraft } from './draft.ts';
import { Refused, longWords, memberOf, nativeIdOf, objectOf, shortWords } from './fields.ts';
import { readTime } from './time.ts';
import type { Moments } from './time.ts';
import { LONGEST_TEXT, cleanWords, saysNothing } from './words.ts';

export interface ParseContext {
  /** Name of the source; a row may name its own. */
  readonly source: string;
  /** Platform of rows that name none; default the source's name, or `unknown` where that is empty. */
  readonly platform?: string;
  /** Epoch ms. */
  readonly now: number;
  readonly postId: (platform: string, nativeId: string) => PostId;
  /** What to do with keys the canonical post does not have; default reject. */
  readonly unknownKeys?: 'reject' | 'ignore';
  /** Rows without a time take this one, epoch ms; default: they are refused. */
  readonly timeless?: number;
  /** Nothing in the source is newer than this, epoch ms (a file's last write). */
  readonly until?: number | undefined;
  /** When the source saw its rows, epoch ms, for rows that don't say it themselves; default unknown, and kept as now. */
  readonly seen?: number | undefined;
}

export type Parsed = { readonly post: PostDraft; readonly repairs: readonly Repair[] } | { readonly because: string };

const KEYS: ReadonlySet<string> = new Set([
  ...['id', 'platform', 'kind', 'text', 'title', 'url', 'time', 'seenAt', 'parent', 'root'],
  ...['author', 'counts', 'hints', 'topics', 'source'],
  // For `understand --replies`; intake passes over it.
  'replies',
]);
const AUTHOR_KEYS: ReadonlySet<string> = new Set(['key', 'kind', 'followersLog10']);
const COUNT_KEYS = ['like', 'comment', 'repost', 'view'] as const;
const COUNTS_KNOWN: ReadonlySet<string> = new Set(COUNT_KEYS);
const HINT_KEYS: ReadonlySet<string> = new Set(['province', 'poi']);
const WEB = /^https?:\/\/[^\s<>"']{3,}$/i;

/**
 * A canonical post (design section 6) as one row gave it, checked. Only id, text and time are required; null stands for absent.
 * Every repair is stated in `repairs`; a row that can't be taken is answered with the reason, a sentence in Chinese naming field
 * and remedy. Never throws on any value that JSON can hold.
 */
export function parse(row: unknown, context: ParseContext): Parsed {
  const repairs: Repair[] = [];
  try {
    return { post: draftOf(row, context, repairs), repairs };
  } catch (error) {
    if (error instanceof Refused) return { because: error.message };
    throw error;
  }
}

function draftOf(row: unknown, context: ParseContext, repairs: Repair[]): PostDraft {
  const strict = context.unknownKeys !== 'ignore';
  const from = objectOf('这一行', row, KEYS, strict);
  const nativeId = nativeIdOf('id', from['id']);
  if (nativeId === undefined) throw new Refused('缺少 id：每条帖文要有平台给的编号');
  const source = shortWords('source', from['source'], 100) ?? context.source;
  const platform = shortWords('platform', from['platform'], 50) ?? context.platform ?? (context.source || 'unknown');
  const text = textOf(from['text'], repairs);
  const title = longWords('title', from['title'], 1_000, repairs);
  const url = urlOf(from['url'], repairs);
  const parent = nativeIdOf('parent', from['parent']);
  const root = nativeIdOf('root', from['root']);
  const id = context.postId(platform, nativeId);
  const author = authorOf(from['author'], id, strict);
  const counts = countsOf(from['counts'], strict, repairs);
  const hints = hintsOf(from['hints'], strict, repairs);
  const topics = topicsOf(from['topics'], repairs);
  const { now, until, seen, timeless } = context;
  const saidSeen = timeOf('seenAt', from['seenAt'], { now, until }, repairs) ?? seen;
  const time = timeOf('time', from['time'], { now, until, seen: saidSeen }, repairs) ?? timeless;
  if (time === undefined) throw new Refused('缺少 time：请给出发布时间，例如 2026-11-20T21:03:05+08:00');
  return {
    id,
    platform,
    nativeId,
    kind: memberOf('kind', from['kind'], POST_KINDS) ?? 'post',
    text,
    ...(title !== undefined && { title }),
    ...(url !== undefined && { url }),
    time,
    seenAt: saidSeen ?? now,
    ...(parent !== undefined && { parent }),
    ...(root !== undefined && { root }),
    ...(author !== undefined && { author }),
    ...(counts !== undefined && { counts }),
    ...(hints !== undefined && { hints }),
    ...(topics !== undefined && { topics }),
    source,
  };
}

function textOf(value: unknown, repairs: Repair[]): string {
  if (value === undefined || value === null) throw new Refused('缺少 text：每条帖文要有正文');
  if (typeof value !== 'string') throw new Refused('text 应为字符串');
  const clean = cleanWords('text', value, LONGEST_TEXT);
  repairs.push(...clean.repairs);
  if (saysNothing(clean.words)) throw new Refused('text 是空的：没有正文的帖文不收');
  return clean.words;
}

function timeOf(field: string, value: unknown, moments: Moments, repairs: Repair[]): number | undefined {
  if (value === undefined || value === null) return undefined;
  const read = readTime(field, value, moments);
  if ('because' in read) throw new Refused(read.because);
  if (read.repair !== undefined) repairs.push(read.repair);
  return read.at;
}

function urlOf(value: unknown, repairs: Repair[]): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new Refused('url 应为字符串');
  const url = value.trim();
  if (url.length <= 2_048 && WEB.test(url)) return url.toWellFormed();
  // A post is worth more than its link, and a link of another kind (javascript:, data:) is never kept.
  repairs.push(repairOf('url', 'url-dropped', url, ''));
  return undefined;
}

function authorOf(value: unknown, id: PostId, strict: boolean): PostDraft['author'] {
  if (value === undefined || value === null) return undefined;
  const from = objectOf('author', value, AUTHOR_KEYS, strict);
  const key = nativeIdOf('author.key', from['key']);
  const followers = from['followersLog10'] ?? undefined;
  if (followers !== undefined && !(typeof followers === 'number' && followers >= 0 && followers <= 10)) {
    throw new Refused('author.followersLog10 应为 0 到 10 的数字（粉丝数的常用对数）');
  }
  return {
    key: key ?? `post|${id}`,
    kind: memberOf('author.kind', from['kind'], AUTHOR_KINDS) ?? 'ordinary',
    ...(followers !== undefined && { followersLog10: followers }),
  };
}

function countsOf(value: unknown, strict: boolean, repairs: Repair[]): Counts | undefined {
  if (value === undefined || value === null) return undefined;
  const from = objectOf('counts', value, COUNTS_KNOWN, strict);
  const counts: { -readonly [key in keyof Counts]: Counts[key] } = {};
  for (const key of COUNT_KEYS) {
    if (from[key] === undefined) continue;
    const read = readCount(`counts.${key}`, from[key]);
    if ('because' in read) throw new Refused(read.because);
    if (read.repair !== undefined) repairs.push(read.repair);
    if (read.count !== undefined) counts[key] = read.count;
  }
  return counts;
}

function hintsOf(value: unknown, strict: boolean, repairs: Repair[]): PostDraft['hints'] {
  if (value === undefined || value === null) return undefined;
  const from = objectOf('hints', value, HINT_KEYS, strict);
  const province = longWords('hints.province', from['province'], 100, repairs);
  const poi = longWords('hints.poi', from['poi'], 200, repairs);
  return { ...(province !== undefined && { province }), ...(poi !== undefined && { poi }) };
}

function topicsOf(value: unknown, repairs: Repair[]): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw new Refused('topics 应为字符串数组，例如 ["停水"]');
  const topics: string[] = [];
  for (const item of value as unknown[]) {
    const topic = longWords('topics', item, 100, repairs);
    if (topic !== undefined) topics.push(topic);
  }
  if (topics.length <= 50) return topics;
  repairs.push(repairOf('topics', 'topics-cut', topics.length, 50));
  return topics.slice(0, 50);
}
