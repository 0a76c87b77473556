import type { KeptHit, Watch, WatchBody, WatchHit, WatchId } from '../domain/watch.ts';

export interface WatchDraft extends WatchBody {
  readonly deleted: boolean;
  /** Epoch ms. */
  readonly savedAt: number;
  readonly by: Watch['by'];
  readonly why: string;
}

export type SavedWatch =
  | { readonly kept: Watch }
  /** Somebody was quicker: nothing was kept. */
  | { readonly meanwhile: Watch };

/** Watches with every version they had, and the outbox of what they hit. Nothing is edited in place. */
export interface WatchBook {
  /** A new version, durably. `expected` is the version the writer has seen; 0 for a new watch. */
  save(id: WatchId, expected: number, draft: WatchDraft): SavedWatch;
  /** As they are now, by name, the deleted ones too. */
  list(): readonly Watch[];
  get(id: WatchId): Watch | undefined;
  /** Newest first. */
  versions(id: WatchId): readonly Watch[];
  /** The same hit told twice (a replay after a crash) is kept once. Answers the new ones with their sequence. */
  record(hits: readonly WatchHit[]): readonly KeptHit[];
  /** Oldest first. */
  hits(after: number, limit: number): readonly KeptHit[];
  /** The newest of one watch, newest first. */
  lastHits(id: WatchId, limit: number): readonly KeptHit[];
  lastSeq(): number;
  close(): void;
}
