import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { repairOf } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';
import type { AuthorKind } from '../domain/post.ts';
import type { Candidate, Fields } from './format.ts';

/** What crawlers write where they have nothing. */
const NOTHING: ReadonlySet<string> = new Set(['', 'none', 'null', 'nan', 'undefined', '\\n']);

/** The value, or undefined where it says nothing. */
export function given(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' && NOTHING.has(value.trim().toLowerCase()) ? undefined : value;
}

/** The value as trimmed words; numbers as digits; undefined where it says nothing or is an object. */
export function words(value: unknown): string | undefined {
  const known = given(value);
  if (typeof known === 'string') return known.trim();
  return typeof known === 'number' || typeof known === 'bigint' ? String(known) : undefined;
}

/** The first of several fields that says something. */
export function firstOf(fields: Fields, ...names: readonly string[]): unknown {
  for (const name of names) {
    const value = given(fields[name]);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** An id as given, without the blanks around it (weibo-crawler ends its ids with a tab so that spreadsheets leave them alone). */
export function tidyId(value: unknown, field: string, repairs: Repair[]): unknown {
  const id = given(value);
  if (typeof id !== 'string') return id;
  const tidy = id.trim();
  if (tidy !== id) repairs.push(repairOf(field, 'id-trimmed', id.replaceAll('\t', '⇥'), tidy));
  return tidy;
}

/** An object without the members that are undefined; undefined where none is left. */
export function present(members: Fields): Fields | undefined {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Counts as given, absent ones left out. "None" and the like stay, so that intake says that there was no count. */
export function countsOf(
  fields: Fields,
  names: Readonly<Record<string, string | readonly string[]>>,
): Fields | undefined {
  const counts: Record<string, unknown> = {};
  for (const [count, of] of Object.entries(names)) {
    for (const name of typeof of === 'string' ? [of] : of) {
      const value = fields[name];
      if (value === undefined || value === null) continue;
      counts[count] = value;
      break;
    }
  }
  return present(counts);
}

/** #停水#, 停水,断电 → the topics without their marks. */
export function topicsOf(value: unknown): readonly string[] | undefined {
  const list = Array.isArray(value) ? (value as unknown[]) : (words(value)?.split(/[;；,，]/) ?? []);
  const topics = list.flatMap((topic) => {
    const tidy = typeof topic === 'string' ? topic.replaceAll('#', '').trim() : '';
    return tidy === '' ? [] : [tidy];
  });
  return topics.length === 0 ? undefined : topics;
}

/**
 * Title and text of a work that has both: a title that only repeats how the text begins (xhs takes it from there) is left out,
 * and where there is no text the title is the text.
 */
export function titleAndText(title: unknown, text: unknown, repairs: Repair[]): { title?: string; text?: string } {
  const [head, body] = [words(title), words(text)];
  if (body === undefined) return head === undefined ? {} : { text: head };
  if (head === undefined) return { text: body };
  if (!body.startsWith(head)) return { title: head, text: body };
  if (head !== body) repairs.push(repairOf('title', 'title-repeated', head, ''));
  return { text: body };
}

/** 16 hex digits that stand for words: an id for what has none of its own. */
export const stamp = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const DAY = /(?<!\d)(20\d{2})-?(\d{2})-?(\d{2})(?!\d)/;

/** The day a file's name states: 2026-11-20.db → 2026-11-20. */
export function dayInName(path: string): string | undefined {
  const found = DAY.exec(basename(path));
  return found === null ? undefined : `${found[1]}-${found[2]}-${found[3]}`;
}

const OFFICIAL =
  /公安|警方|警察|交警|派出所|消防|发布$|政府|政务|法院|检察|城管|应急管理|气象|水务|卫健|疾控|街道办|管委会|网信|共青团|纪委|信访|12345/;
const MEDIA = /日报|晚报|早报|都市报|商报|晨报|新闻|电视台|广播|融媒|央视|新华|人民网|观察者|传媒/;

/**
 * What an institution's account (蓝V) is. The mark covers offices, papers and companies alike, so the name decides; the name goes
 * no further. Companies and whatever can't be told count as verified, never as official.
 */
export function institutionKind(name: string | undefined): AuthorKind {
  if (name === undefined) return 'verified';
  if (MEDIA.test(name)) return 'media';
  return OFFICIAL.test(name) ? 'official' : 'verified';
}

/** A candidate of the members that are there. */
export const candidate = (members: Fields, repairs: readonly Repair[]): Candidate => ({
  value: present(members) ?? {},
  repairs,
});
