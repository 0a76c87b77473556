/** One run of the retention job. */
export interface RetentionRun {
  /** Epoch ms. */
  readonly at: number;
  /** How long texts were kept whole when it ran. */
  readonly days: number;
  /** Posts masked, posts kept whole as evidence, keys destroyed. */
  readonly masked: number;
  readonly held: number;
  readonly keysDestroyed: number;
}

/** What the retention job did, for people to look at. Runs that found nothing to do count as one with the last of their kind. */
export interface RetentionRuns {
  add(run: RetentionRun): void;
  /** Newest first. */
  list(limit: number): readonly RetentionRun[];
}
