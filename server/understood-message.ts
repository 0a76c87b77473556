import type { Duty } from '../pipelines/domain/duty.ts';
import {
  MOODS,
  NEEDS,
  SENTIMENTS,
  type PlaceOf,
  type Post,
  type Reason,
  type UnderstoodPost,
} from '../pipelines/domain/post.ts';
import { SIGNATURE_LENGTH } from '../pipelines/1-intake/signature.ts';
import { withMembers } from '../pipelines/stage.ts';

/**
 * What goes to an understanding thread and back. Copying posts as objects both ways costs as much as placing them, so only what is read
 * goes there, only what was understood comes back, and both go by columns: a row's values stand at the same place in each.
 */
export interface AskedBatch {
  readonly texts: readonly string[];
  readonly titles: readonly (string | undefined)[];
  readonly hints: readonly Post['hints'][];
  readonly authors: readonly Post['author'][];
}

export interface UnderstoodBatch {
  /** The words of each post, joined by BETWEEN. */
  readonly words: (string | readonly string[])[];
  readonly regions: (PlaceOf | null)[];
  readonly duties: (readonly Duty[])[];
  readonly because: (readonly Reason[])[];
  /** SCORES numbers a post: of the sentiment, the rumor and the need. */
  readonly scores: Float64Array<ArrayBuffer>;
  /** LABELS numbers a post: places in SENTIMENTS, MOODS and NEEDS (NEEDS.length: none), then FLAG bits. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** SIGNATURE_LENGTH numbers a post. */
  readonly signatures: Uint32Array<ArrayBuffer>;
}

const SCORES = 3;
const LABELS = 4;
const FLAG = { needsCheck: 1, urgent: 2, lifeAtRisk: 4 } as const;

/** Intake takes it out of every text; where a text has one all the same, its words go one by one. */
const BETWEEN = '\u0000';

export const askedOf = (posts: readonly Post[]): AskedBatch => ({
  texts: posts.map(({ text }) => text),
  titles: posts.map(({ title }) => title),
  hints: posts.map(({ hints }) => hints),
  authors: posts.map(({ author }) => author),
});

/** One row as a post: a thread reads nothing of a post but what was asked; the rest is filled in where the answer arrives. */
export function postAt({ texts, titles, hints, authors }: AskedBatch, at: number): Post {
  const title = titles[at];
  const hint = hints[at];
  const author = authors[at];
  // Not spread: an object put together from spreads is slow for all that read and copy it after.
  const post: { -readonly [key in keyof Post]: Post[key] } = {
    id: '' as Post['id'],
    platform: '',
    nativeId: '',
    kind: 'post',
    text: texts[at]!,
    time: 0,
    seenAt: 0,
    source: '',
  };
  if (title !== undefined) post.title = title;
  if (hint !== undefined) post.hints = hint;
  if (author !== undefined) post.author = author;
  return post;
}

/** An answer with no row yet, for so many. */
export const emptyBatch = (rows: number): UnderstoodBatch => ({
  words: [],
  regions: [],
  duties: [],
  because: [],
  scores: new Float64Array(rows * SCORES),
  labels: new Uint8Array(rows * LABELS),
  signatures: new Uint32Array(rows * SIGNATURE_LENGTH),
});

/** Adds the next posts to an answer. */
export function packInto(batch: UnderstoodBatch, posts: readonly UnderstoodPost[]): UnderstoodBatch {
  const { scores, labels, signatures } = batch;
  for (const { text, tokens, region, sentiment, rumor, need, duty, because, signature } of posts) {
    const at = batch.words.length;
    batch.words.push(tokens.length === 0 || text.includes(BETWEEN) ? tokens : tokens.join(BETWEEN));
    batch.regions.push(region);
    batch.duties.push(duty);
    batch.because.push(because);
    scores.set([sentiment.score, rumor.score, need.score], at * SCORES);
    labels[at * LABELS] = SENTIMENTS.indexOf(sentiment.label);
    labels[at * LABELS + 1] = MOODS.indexOf(sentiment.mood);
    labels[at * LABELS + 2] = need.kind === null ? NEEDS.length : NEEDS.indexOf(need.kind);
    labels[at * LABELS + 3] =
      (rumor.needsCheck ? FLAG.needsCheck : 0) |
      (need.urgent ? FLAG.urgent : 0) |
      (need.lifeAtRisk ? FLAG.lifeAtRisk : 0);
    signatures.set(signature, at * SIGNATURE_LENGTH);
  }
  return batch;
}

/** @param posts those that were asked about, in order */
export const unpackUnderstood = (posts: readonly Post[], batch: UnderstoodBatch): UnderstoodPost[] =>
  posts.map((post, at) => {
    const { scores, labels, signatures } = batch;
    const words = batch.words[at]!;
    const label = at * LABELS;
    const flags = labels[label + 3]!;
    return withMembers(post, {
      tokens: typeof words === 'string' ? words.split(BETWEEN) : words,
      region: batch.regions[at]!,
      sentiment: {
        label: SENTIMENTS[labels[label]!]!,
        score: scores[at * SCORES]!,
        mood: MOODS[labels[label + 1]!]!,
      },
      rumor: { score: scores[at * SCORES + 1]!, needsCheck: (flags & FLAG.needsCheck) !== 0 },
      need: {
        kind: NEEDS[labels[label + 2]!] ?? null,
        urgent: (flags & FLAG.urgent) !== 0,
        lifeAtRisk: (flags & FLAG.lifeAtRisk) !== 0,
        score: scores[at * SCORES + 2]!,
      },
      duty: batch.duties[at]!,
      because: batch.because[at]!,
      // A view of the batch's array: whoever keeps a signature for long copies it.
      signature: signatures.subarray(at * SIGNATURE_LENGTH, (at + 1) * SIGNATURE_LENGTH),
    });
  });
