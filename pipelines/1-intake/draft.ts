import type { Post } from '../domain/post.ts';

/**
 * A checked post whose `author.key` is still the platform's own user id: it goes nowhere but to pseudonymise. Where the source
 * names no author id, the key is `post|` and the post's id, so that unknown people count as different people.
 */
export type PostDraft = Post;
