/** The parts of a post a column can be drawn onto. Only text and time are needed; without an id one is made of the two. */
export const MAPPED_FIELDS = [
  ...(['id', 'text', 'title', 'time', 'seenAt', 'url', 'parent', 'root', 'author', 'topics'] as const),
  ...(['province', 'poi', 'like', 'comment', 'repost', 'view'] as const),
] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];
