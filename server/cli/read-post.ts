import type { Post } from '../../pipelines/domain/post.ts';
import { parse } from '../../pipelines/1-intake/parse.ts';
import { postIdOf } from '../adapters/inbox/post-id.ts';

/**
 * One value of a command's input as a post. The same checks and repairs as at intake, but a missing time is now, keys that a
 * post does not have are passed over, and nothing is kept, so author keys stay as they are.
 */
export function readPost(value: unknown, now: number): { post: Post; id: unknown } | { because: string } {
  const read = parse(value, {
    source: 'stdin',
    platform: 'stdin',
    now,
    postId: postIdOf,
    unknownKeys: 'ignore',
    timeless: now,
  });
  return 'because' in read ? read : { post: read.post, id: (value as { readonly id: unknown }).id };
}
