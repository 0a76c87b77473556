import type { Post, UnderstoodPost } from '../pipelines/domain/post.ts';
import { SIGNATURE_LENGTH } from '../pipelines/1-intake/signature.ts';

/**
 * What goes to an understanding thread and back. Copying a post both ways costs as much as reading it, so only what is read
 * goes there and only what was understood comes back: words in one string a post, signatures in one array a batch.
 */
export type Asked = Pick<Post, 'text' | 'title' | 'hints' | 'author'>;

type Understood = Pick<UnderstoodPost, 'region' | 'sentiment' | 'rumor' | 'need' | 'duty' | 'because'>;

export interface UnderstoodBatch {
  readonly posts: readonly (Understood & { readonly words: string | readonly string[] })[];
  /** SIGNATURE_LENGTH numbers a post. */
  readonly signatures: Uint32Array<ArrayBuffer>;
}

/** Intake takes it out of every text; where a text has one all the same, its words go one by one. */
const BETWEEN = '\u0000';

export const askedOf = ({ text, title, hints, author }: Post): Asked => ({
  text,
  ...(title === undefined ? {} : { title }),
  ...(hints === undefined ? {} : { hints }),
  ...(author === undefined ? {} : { author }),
});

/** A thread reads nothing of a post but what was asked; the rest is filled in where the answer arrives. */
export const postOf = (asked: Asked): Post => ({
  ...asked,
  id: '' as Post['id'],
  platform: '',
  nativeId: '',
  kind: 'post',
  time: 0,
  seenAt: 0,
  source: '',
});

export function packUnderstood(posts: readonly UnderstoodPost[]): UnderstoodBatch {
  const signatures = new Uint32Array(posts.length * SIGNATURE_LENGTH);
  return {
    posts: posts.map(({ text, tokens, signature, region, sentiment, rumor, need, duty, because }, at) => {
      signatures.set(signature, at * SIGNATURE_LENGTH);
      const words = tokens.length === 0 || text.includes(BETWEEN) ? tokens : tokens.join(BETWEEN);
      return { words, region, sentiment, rumor, need, duty, because };
    }),
    signatures,
  };
}

/** @param posts those that were asked about, in order */
export const unpackUnderstood = (posts: readonly Post[], batch: UnderstoodBatch): UnderstoodPost[] =>
  posts.map((post, at) => {
    const { words, ...understood } = batch.posts[at]!;
    const from = at * SIGNATURE_LENGTH;
    return {
      ...post,
      ...understood,
      tokens: typeof words === 'string' ? words.split(BETWEEN) : words,
      // A copy: a view would keep the whole batch's array as long as one signature is remembered.
      signature: batch.signatures.slice(from, from + SIGNATURE_LENGTH),
    };
  });
