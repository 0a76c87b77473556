import { hashOf } from '../domain/hash.ts';
import type { Claim } from '../domain/incident.ts';
import { asksAboutHearsay, deniesHearsay, HEARD } from '../domain/hearsay.ts';
import type { PostId } from '../domain/post.ts';
import type { Counted } from './counted.ts';

/** One wording of what is said, with those that were folded into it. */
interface Wording {
  readonly text: string;
  readonly post: PostId;
  readonly at: number;
  readonly grams: ReadonlySet<number>;
  count: number;
}

/** What is counted of hearsay in a cluster: plain data, bounded. */
export interface ClaimCount {
  wordings: Wording[];
  /** By hour since the epoch. */
  hours: Map<number, { posts: number; asking: number; denying: number }>;
}

const HOUR = 3_600_000;
const HOURS = 72;
const WORDINGS = 8;
const LONGEST = 60;
const SHORTEST = 6;
/** Share of pairs of signs from which two sentences are wordings of one claim. */
const SAME = 0.4;

const SENTENCE = /[。！？!?\n\r；;]+/u;
const NOISE = /https?:\/\/[\x21-\x7e]+|@[^\s:：,，。]{1,30}[:：]?|\[[^\]\s]{1,8}\]|\/\/@[^\n]*$/gu;
export const newClaims = (): ClaimCount => ({ wordings: [], hours: new Map() });

/** Counts what a post says, asks or denies of something heard. `heard`: it passes on or questions hearsay. */
export function countClaim(claims: ClaimCount, post: Counted, heard: boolean): void {
  const hour = Math.floor(post.time / HOUR);
  const row = claims.hours.get(hour) ?? { posts: 0, asking: 0, denying: 0 };
  row.posts++;
  if (asksAboutHearsay(post.text)) row.asking++;
  else if (deniesHearsay(post.text)) row.denying++;
  claims.hours.set(hour, row);
  if (claims.hours.size > HOURS) claims.hours.delete(Math.min(...claims.hours.keys()));
  if (!heard) return;
  const text = sentenceOf(post.text);
  if (text !== undefined) addWording(claims, { text, post: post.id, at: post.time, grams: gramsOf(text), count: 1 });
}

export function mergeClaims(into: ClaimCount, from: ClaimCount): void {
  for (const wording of from.wordings) addWording(into, wording);
  for (const [hour, row] of from.hours) {
    const mine = into.hours.get(hour);
    if (mine === undefined) into.hours.set(hour, { ...row });
    else {
      mine.posts += row.posts;
      mine.asking += row.asking;
      mine.denying += row.denying;
    }
  }
  while (into.hours.size > HOURS) into.hours.delete(Math.min(...into.hours.keys()));
}

/** The claim most posts word alike, in the words of its first appearance; undefined where no post says one. */
export function claimOf(claims: ClaimCount): Claim | undefined {
  const main = [...claims.wordings].sort((a, b) => b.count - a.count || a.at - b.at)[0];
  if (main === undefined) return undefined;
  return {
    text: main.text,
    post: main.post,
    firstAt: main.at,
    posts: main.count,
    variants: claims.wordings
      .filter((wording) => wording !== main)
      .map(({ text, post, at, count }) => ({ text, post, firstAt: at, posts: count })),
    curve: [...claims.hours].sort(([a], [b]) => a - b).map(([hour, row]) => ({ at: hour * HOUR, ...row })),
  };
}

function addWording(claims: ClaimCount, wording: Wording): void {
  const at = claims.wordings.findIndex((known) => jaccard(known.grams, wording.grams) >= SAME);
  const known = claims.wordings[at];
  if (known !== undefined) {
    // The earliest appearance speaks for its wording, also where it comes late.
    const first = wording.at < known.at ? wording : known;
    claims.wordings[at] = { ...first, count: known.count + wording.count };
  } else if (claims.wordings.length < WORDINGS) claims.wordings.push(wording);
}

/** The sentence that passes on what was heard; without such a mark, the first that is long enough. */
function sentenceOf(text: string): string | undefined {
  const sentences = text
    .slice(0, 400)
    .replace(NOISE, ' ')
    .split(SENTENCE)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length >= SHORTEST);
  const found = sentences.find((sentence) => HEARD.test(sentence)) ?? sentences[0];
  return found === undefined ? undefined : [...found].slice(0, LONGEST).join('');
}

function gramsOf(text: string): Set<number> {
  const grams = new Set<number>();
  for (let at = 0; at + 1 < text.length; at++) grams.add(hashOf(text.slice(at, at + 2)));
  return grams;
}

function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let both = 0;
  for (const gram of a) if (b.has(gram)) both++;
  return both === 0 ? 0 : both / (a.size + b.size - both);
}
