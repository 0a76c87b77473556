import type { Duty } from './duty.ts';
import type { NeedKind, PostId, PostKind } from './post.ts';
import { pathOf, type RegionCode } from './region.ts';
import { searchWords } from './search-words.ts';

/**
 * Which posts a saved question takes. Words are as the tokeniser cut them (search-words.ts); a term is what a person typed between
 * blanks, and occurs where all its words do. A list that is empty asks nothing. Of regions, needs, duties and kinds one suffices.
 * One meaning in three places: matchesPost here, and both search stores.
 */
export interface PostMatch {
  readonly all: readonly (readonly string[])[];
  readonly any: readonly (readonly string[])[];
  readonly none: readonly (readonly string[])[];
  /** Each with all that lies in it. */
  readonly regions: readonly RegionCode[];
  readonly needs: readonly NeedKind[];
  readonly duties: readonly Duty[];
  readonly kinds: readonly PostKind[];
}

/** What is looked at of a post. */
export interface Matchable {
  readonly id: PostId;
  readonly kind: PostKind;
  readonly tokens: readonly string[];
  readonly region: { readonly code: RegionCode } | null;
  readonly need: { readonly kind: NeedKind | null };
  readonly duty: readonly Duty[];
}

/** A post made ready once for many questions. */
export interface ReadPost {
  readonly kind: PostKind;
  readonly words: readonly string[];
  /** The same words; made when first asked for. */
  has(word: string): boolean;
  /** The region and all above it. */
  readonly path: readonly RegionCode[];
  readonly need: NeedKind | null;
  readonly duty: readonly Duty[];
}

export function readPost(post: Matchable): ReadPost {
  const words = searchWords(post.tokens);
  let known: Set<string> | undefined;
  return {
    kind: post.kind,
    words,
    has: (word) => (known ??= new Set(words)).has(word),
    path: post.region === null ? [] : pathOf(post.region.code),
    need: post.need.kind,
    duty: post.duty,
  };
}

export function matchesPost(match: PostMatch, post: ReadPost): boolean {
  const occurs = (term: readonly string[]): boolean => term.every((word) => post.has(word));
  return (
    (match.kinds.length === 0 || match.kinds.includes(post.kind)) &&
    (match.needs.length === 0 || (post.need !== null && match.needs.includes(post.need))) &&
    (match.duties.length === 0 || match.duties.some((duty) => post.duty.includes(duty))) &&
    (match.regions.length === 0 || match.regions.some((region) => post.path.includes(region))) &&
    match.all.every(occurs) &&
    (match.any.length === 0 || match.any.some(occurs)) &&
    !match.none.some(occurs)
  );
}
