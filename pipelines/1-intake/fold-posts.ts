import type { FoldedPost, PostId, UnderstoodPost } from '../domain/post.ts';
import { caseOf } from '../domain/same-case.ts';
import { withMembers, type Stage } from '../stage.ts';
import type { FoldIndex } from './fold.ts';

/** Copies join their first post. `idOf` turns a platform's own id into ours. */
export const foldPosts =
  (folds: FoldIndex, idOf: (platform: string, nativeId: string) => PostId): Stage<UnderstoodPost, FoldedPost> =>
  (posts) =>
    posts.map((post) => {
      const forwards = post.root ?? post.parent;
      const root = forwards === undefined ? undefined : idOf(post.platform, forwards);
      return withMembers(post, { group: folds.fold(post.id, post.signature, root, caseOf(post)) });
    });
