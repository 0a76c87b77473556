import type { Post, TokenisedPost } from '../domain/post.ts';
import { each, withMembers, type Stage } from '../stage.ts';

/**
 * UTF-16 units of a text that are cut into words; no platform allows posts nearly as long, and a text made to be slow
 * costs no more than this.
 */
export const CUT_AT_MOST = 32_768;

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** The part of a text that is cut: whole characters, at most `CUT_AT_MOST` UTF-16 units. */
export function partToCut(text: string): string {
  if (text.length <= CUT_AT_MOST) return text;
  return text.slice(0, isHighSurrogate(text.charCodeAt(CUT_AT_MOST - 1)) ? CUT_AT_MOST - 1 : CUT_AT_MOST);
}

/** Adds the words of the text. `cut` is a tokeniser's (pipelines/ports/tokeniser.ts). */
export const tokenise = (cut: (text: string) => string[]): Stage<Post, TokenisedPost> =>
  each((post) => withMembers(post, { tokens: cut(partToCut(post.text)) }));
