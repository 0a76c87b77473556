import type { AuthorKind, Post } from '../domain/post.ts';

/** A checked post whose author is still the platform's own: it goes nowhere but to pseudonymise. */
export interface PostDraft extends Omit<Post, 'author'> {
  readonly author?: { readonly key?: string; readonly kind: AuthorKind; readonly followersLog10?: number };
}
