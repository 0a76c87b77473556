/** Things of which it is written down who did them. */
export const ACCESSES = ['contact', 'erase', 'letters', 'source'] as const;
export type Access = (typeof ACCESSES)[number];

export interface AccessRow {
  readonly at: number;
  readonly who: string;
  readonly why: string;
  readonly what: Access;
  /** Ids only, never what was seen. */
  readonly subject: string;
}

/** Rows are only ever added. Writing one comes before the act: where it fails, the act does not happen. */
export interface AccessLog {
  add(row: AccessRow): void;
  /** Newest first. */
  list(limit: number): readonly AccessRow[];
}
