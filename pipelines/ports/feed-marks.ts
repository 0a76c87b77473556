/** What is remembered of a feed between two fetches, so that a restart neither asks early nor takes anything twice. */
export interface FeedMark {
  /** The address all of this belongs to: for another one it is void. */
  readonly url: string;
  /** As the last answer that was read to its end gave them. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** Not to be asked before, epoch ms. */
  readonly nextAt: number;
  /** Fetches in a row that brought nothing because of a fault. */
  readonly failures: number;
  /** Why the last of them failed, for people; absent where it did not. */
  readonly trouble?: string;
}

export interface FeedMarks {
  get(source: string): FeedMark | undefined;
  /** @throws InboxFull where the disk takes no more */
  keep(source: string, mark: FeedMark): void;
}
