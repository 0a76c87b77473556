import type { PostId } from '../domain/post.ts';

/** How far the retention job has come, so that each night looks only at what has aged since. */
export interface RetentionMarks {
  /** Posts seen before this (epoch ms) are masked in the store, but for those held. */
  maskedUpTo(): number;
  /** Posts kept whole because they are evidence of an incident whose file is kept. */
  held(): readonly PostId[];
  keep(maskedUpTo: number, holding: readonly PostId[], freed: readonly PostId[]): void;
  /** Cuts the file's log back. */
  tidy(): void;
}
