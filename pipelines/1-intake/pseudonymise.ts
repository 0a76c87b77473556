import type { Post } from '../domain/post.ts';
import { each } from '../stage.ts';
import type { Stage } from '../stage.ts';
import type { PostDraft } from './draft.ts';

/**
 * Replaces the platform's own user ids by keyed pseudonyms of platform and id; nothing behind this stage ever sees them. `keyed`
 * is an HMAC whose key stays with the deployment. Names in the text stay: they are part of what was said in public.
 */
export const pseudonymise = (keyed: (value: string) => string): Stage<PostDraft, Post> =>
  each((post) =>
    post.author === undefined
      ? post
      : { ...post, author: { ...post.author, key: keyed(`${post.platform}|${post.author.key}`) } },
  );
