import Type from 'typebox';
import { AUTHOR_KINDS, POST_KINDS } from '../../pipelines/domain/post.ts';

/** A canonical post as people send it: what /docs shows. Intake repairs and refuses row by row, so this checks nothing. */
const CanonicalPost = Type.Object({
  id: Type.String({ description: 'The id the platform gave it' }),
  text: Type.String(),
  time: Type.String({ format: 'date-time', description: 'When it was published, with zone' }),
  platform: Type.Optional(Type.String()),
  kind: Type.Optional(Type.String({ enum: [...POST_KINDS] })),
  title: Type.Optional(Type.String()),
  url: Type.Optional(Type.String()),
  seenAt: Type.Optional(Type.String({ format: 'date-time' })),
  parent: Type.Optional(Type.String()),
  root: Type.Optional(Type.String()),
  author: Type.Optional(
    Type.Object({
      key: Type.String({ description: 'Kept only as a keyed pseudonym' }),
      kind: Type.String({ enum: [...AUTHOR_KINDS] }),
      followersLog10: Type.Optional(Type.Number()),
    }),
  ),
  counts: Type.Optional(
    Type.Object({
      like: Type.Optional(Type.Integer()),
      comment: Type.Optional(Type.Integer()),
      repost: Type.Optional(Type.Integer()),
      view: Type.Optional(Type.Integer()),
    }),
  ),
  hints: Type.Optional(Type.Object({ province: Type.Optional(Type.String()), poi: Type.Optional(Type.String()) })),
  topics: Type.Optional(Type.Array(Type.String())),
});

export const PostsBody = Type.Union([CanonicalPost, Type.Array(CanonicalPost)]);
