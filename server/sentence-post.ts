import type { Post } from '../pipelines/domain/post.ts';

/** A sentence that somebody tries, as understanding takes it; it is kept nowhere. */
export const sentencePost = (text: string, now: number): Post => ({
  id: '' as Post['id'],
  platform: '',
  nativeId: '',
  kind: 'post',
  text,
  time: now,
  seenAt: now,
  source: '',
});
