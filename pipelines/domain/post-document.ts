import type { Duty } from './duty.ts';
import type { AuthorKind, FoldedPost, Mood, NeedKind, PostId, PostKind, Sentiment } from './post.ts';
import { pathOf } from './region.ts';
import type { RegionCode } from './region.ts';
import { searchWords } from './search-words.ts';

/** A post as a search store keeps it: what readers get back, and below the line what only finding needs. */
export interface PostDocument {
  readonly id: PostId;
  readonly platform: string;
  readonly kind: PostKind;
  readonly text: string;
  readonly title?: string;
  readonly url?: string;
  readonly time: number;
  readonly seenAt: number;
  readonly source: string;
  readonly authorKind?: AuthorKind;
  readonly region: RegionCode | null;
  readonly regionName: string | null;
  readonly sentiment: Sentiment;
  readonly mood: Mood;
  readonly rumor: number;
  readonly needsCheck: boolean;
  readonly need: NeedKind | null;
  readonly urgent: boolean;
  readonly duty: readonly Duty[];
  readonly group: PostId;
  readonly counts: { readonly like: number; readonly comment: number; readonly repost: number; readonly view: number };

  /** Search words joined by single spaces. */
  readonly words: string;
  /** The region and all above it. */
  readonly path: readonly RegionCode[];
  /** True for the first post seen of its text. */
  readonly first: boolean;
}

/** Shapes a post for the store. Every character that no store can give back (NUL, half a surrogate pair) becomes U+FFFD. */
export function documentOf(post: FoldedPost): PostDocument {
  const region = post.region?.code ?? null;
  // Not spread: this is done for every post, and an object put together from spreads is slow.
  const document: { -readonly [key in keyof PostDocument]: PostDocument[key] } = {
    id: post.id,
    platform: storable(post.platform),
    kind: post.kind,
    text: storable(post.text),
    time: post.time,
    seenAt: post.seenAt,
    source: storable(post.source),
    region,
    regionName: post.region === null ? null : storable(post.region.name),
    sentiment: post.sentiment.label,
    mood: post.sentiment.mood,
    rumor: post.rumor.score,
    needsCheck: post.rumor.needsCheck,
    need: post.need.kind,
    urgent: post.need.urgent,
    duty: post.duty,
    group: post.group,
    counts: {
      like: wholeCount(post.counts?.like),
      comment: wholeCount(post.counts?.comment),
      repost: wholeCount(post.counts?.repost),
      view: wholeCount(post.counts?.view),
    },
    words: storable(searchWords(post.tokens).join(' ')),
    path: region === null ? [] : pathOf(region),
    first: post.group === post.id,
  };
  if (post.title !== undefined) document.title = storable(post.title);
  if (post.url !== undefined) document.url = storable(post.url);
  if (post.author !== undefined) document.authorKind = post.author.kind;
  return document;
}

/** SQLite ends a text at NUL. */
export function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\uFFFD') : whole;
}

export const wholeCount = (count: number | undefined): number =>
  count !== undefined && count > 0 ? Math.min(Math.trunc(count), Number.MAX_SAFE_INTEGER) : 0;

const FARTHEST = 8.64e15;
const LONGEST_ID_BYTES = 512;
const LONGEST_TERM_BYTES = 32_766;
const LONGEST_TEXT = 10_000_000;

/** Why no store can ever take this document, in one sentence; undefined where it can be taken. Limits are Lucene's, and ours for the text. */
export function refusalOf(document: PostDocument): string | undefined {
  const idBytes = utf8Bytes(document.id);
  if (idBytes === 0 || idBytes > LONGEST_ID_BYTES) {
    return `id takes ${idBytes} bytes; it must take 1 to ${LONGEST_ID_BYTES}`;
  }
  for (const name of ['time', 'seenAt'] as const) {
    const at = document[name];
    if (!Number.isInteger(at) || Math.abs(at) > FARTHEST) return `${name} is ${at}, not a moment in milliseconds`;
  }
  if (!Number.isFinite(document.rumor)) return `rumor is ${document.rumor}, not a number`;
  for (const name of ['platform', 'source', 'group'] as const) {
    const bytes = utf8Bytes(document[name]);
    if (bytes > LONGEST_TERM_BYTES) return `${name} takes ${bytes} bytes; the most is ${LONGEST_TERM_BYTES}`;
  }
  if (document.text.length > LONGEST_TEXT) {
    return `text has ${document.text.length} characters; the most is ${LONGEST_TEXT}`;
  }
  return undefined;
}

const encoder = new TextEncoder();
/** Counts exactly only where it could matter: a UTF-16 unit takes at most three bytes. */
const utf8Bytes = (text: string): number =>
  text.length * 3 <= LONGEST_ID_BYTES ? text.length : encoder.encode(text).length;
