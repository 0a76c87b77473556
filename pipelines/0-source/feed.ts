import { repairOf, shanghaiTime } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';
import type { Feed, FeedItem, RawRow, SourceMoments } from '../ports/source.ts';
import { htmlToText } from './html-text.ts';
import { present, stamp, words } from './values.ts';

/** The largest feed read, in bytes or UTF-16 units. */
export const LARGEST_FEED = 10 * 1024 * 1024;
/** Elements inside one another: what readers write is some ten deep. */
const DEEPEST = 100;
const RAW = 64 * 1024;

/**
 * Why a feed's text must not be parsed, as a sentence; undefined where nothing speaks against it. A document that declares
 * entities is refused before anything could expand them, and so is one nested deeper than any feed. JSON feeds have neither.
 */
export function refusedFeed(text: string): string | undefined {
  if (text.length > LARGEST_FEED) return '订阅源超过 10 MB，请减少条数';
  if (!/^[\s\uFEFF]*</.test(text)) return undefined;
  if (/<!ENTITY/i.test(text)) return '订阅源声明了实体（ENTITY），可能是实体炸弹或外部实体，不读';
  const head = text.slice(0, 64 * 1024);
  if (/<!doctype html|<html[\s>]/i.test(head.slice(0, 1_000))) return '这是网页，不是订阅源，请核对地址';
  if (/<!DOCTYPE[^>[]*\[/i.test(head)) return '订阅源带有内部 DTD，不读';
  return tooDeep(text) ? `订阅源嵌套超过 ${DEEPEST} 层，不读` : undefined;
}

function tooDeep(text: string): boolean {
  let depth = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const next = text[at + 1];
    const end = text.startsWith('<![CDATA[', at)
      ? text.indexOf(']]>', at)
      : text.startsWith('<!--', at)
        ? text.indexOf('-->', at)
        : endOfTag(text, at + 1);
    if (end === -1) return false;
    if (next === '/') depth--;
    else if (next !== '!' && next !== '?' && text[end - 1] !== '/' && ++depth > DEEPEST) return true;
    at = end;
  }
  return false;
}

/** Where a tag's `>` is, past those in quotes; -1 where it never ends. */
function endOfTag(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const mark = text[at] ?? '';
    if (quote !== '') {
      if (mark === quote) quote = '';
    } else if (mark === '>') return at;
    else if (mark === '"' || mark === "'") quote = mark;
  }
  return -1;
}

/** What a feed's rows may need to know beside it. */
export interface FeedContext {
  /** Where it was fetched from or the file's path: for relative links and, without a link of its own, for its name. */
  readonly from: string;
  readonly moments?: SourceMoments;
}

/**
 * The items of a feed as candidates, numbered from 1. Markup is taken out, relative links are completed; an item without a date
 * takes the moment it was seen, where that is known.
 */
export function feedRows(feed: Feed, { from, moments }: FeedContext): RawRow[] {
  const base = [feed.link, from].find((url) => url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url));
  const platform = `rss-${base === undefined ? 'file' : new URL(base).hostname}`.slice(0, 50);
  return feed.items.map((item, at) => {
    const repairs: Repair[] = [];
    const value = articleOf(item, platform, base, moments, repairs);
    return {
      row: at + 1,
      value,
      repairs,
      ...(moments !== undefined && { moments }),
      get raw() {
        return JSON.stringify(item).slice(0, RAW);
      },
    };
  });
}

function articleOf(
  item: FeedItem,
  platform: string,
  base: string | undefined,
  moments: SourceMoments | undefined,
  repairs: Repair[],
): unknown {
  const link = completed(words(item.link), base, repairs);
  const title = htmlToText(words(item.title) ?? '', 'title', repairs);
  const content = htmlToText(words(item.content) ?? '', 'text', repairs);
  const named = words(item.id) ?? link;
  const seen = moments?.seen;
  let time: unknown = words(item.time);
  if (time === undefined && seen !== undefined) {
    time = new Date(seen).toISOString();
    repairs.push(repairOf('time', 'time-from-source', '', shanghaiTime(seen)));
  }
  return present({
    id: named === undefined || named.length > 200 ? stamp(`${named ?? ''}|${title}|${words(item.time) ?? ''}`) : named,
    platform,
    kind: 'article',
    text: content === '' ? title : content,
    title: content === '' || title === '' ? undefined : title,
    url: link,
    time,
  });
}

function completed(link: string | undefined, base: string | undefined, repairs: Repair[]): string | undefined {
  if (link === undefined || /^[a-z][a-z0-9+.-]*:/i.test(link)) return link;
  if (base === undefined || !URL.canParse(link, base)) return link;
  const whole = new URL(link, base).href;
  repairs.push(repairOf('url', 'url-completed', link, whole));
  return whole;
}
