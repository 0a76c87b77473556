import type { PostId } from '../domain/post.ts';
import type { Links } from '../ports/link-book.ts';
import type { PicturedPost } from './picture-spread.ts';

/**
 * Hangs each post on the one above it. Where that one is not among the posts (nobody collected it), it hangs on the first post of its
 * cascade; where that is not there either, it stands alone. What a picture of such posts says of depth is a lower bound.
 */
export function linkPosts(posts: readonly Omit<PicturedPost, 'parent'>[], links: Links): PicturedPost[] {
  const there = new Set(posts.map(({ id }) => id));
  return posts.map((post) => {
    const link = links.get(post.id);
    const parent = [link?.parent, link?.root].find(
      (id): id is PostId => id !== undefined && id !== post.id && there.has(id),
    );
    return parent === undefined ? post : { ...post, parent };
  });
}
