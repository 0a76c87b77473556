import type { Post } from '../domain/post.ts';
import { each } from '../stage.ts';
import type { Stage } from '../stage.ts';
import type { PostDraft } from './draft.ts';

/**
 * Replaces the platform's own user ids by keyed pseudonyms; nothing behind this stage ever sees them. `keyed` is an HMAC whose
 * key stays with the deployment. An author whose id the source left out gets one of the post's own, so that unknown people
 * count as different people. Names in the text stay: they are part of what was said in public.
 */
export const pseudonymise = (keyed: (value: string) => string): Stage<PostDraft, Post> =>
  each(({ author, ...post }) =>
    author === undefined
      ? post
      : {
          ...post,
          author: {
            ...author,
            key: keyed(author.key === undefined ? `post|${post.id}` : `${post.platform}|${author.key}`),
          },
        },
  );
