import type { AuditOutcome } from '../domain/audit.ts';

export type { AuditOutcome } from '../domain/audit.ts';

/** Who did it: the viewer of a request, or a command line. */
export interface Doer {
  readonly id: string;
  readonly name: string;
}

/** One line of the trail. Ids and names of things only: no text of a post, no contact, no password, no body of a request. */
export interface AuditEntry {
  readonly who: Doer;
  /** A word of its own for what matters (`sign-in`, `grant`, `contact`, `export` …), otherwise method and route. */
  readonly what: string;
  readonly outcome: AuditOutcome;
  /** What it was done to. */
  readonly subject?: string;
  readonly incident?: string;
  /** The reason that was given. */
  readonly why?: string;
  /** The `n` of the line that asked for it. */
  readonly of?: number;
  /** Of a setting: what it was and what it is, in words; of a secret only that it is another. */
  readonly did?: string;
}

/** Says what a change of a setting was, for the line that tells how it ended. */
export type SayDone = (did: string) => void;

export interface AuditRow extends AuditEntry {
  /** 1, 2, 3 … without a gap. */
  readonly n: number;
  /** Epoch ms. */
  readonly at: number;
  /** HMAC over the hash before it and this row, hex. */
  readonly hash: string;
}

export interface AuditQuery {
  readonly limit: number;
  /** Only rows before this one: the next page. */
  readonly before?: number;
  readonly who?: string;
  readonly outcome?: AuditOutcome;
}

export interface AuditHead {
  readonly n: number;
  readonly hash: string;
}

export type Verdict =
  | { readonly whole: true; readonly rows: number; readonly head: AuditHead }
  /** The first row that is not as it was written. */
  | { readonly whole: false; readonly row: number; readonly because: string };

/**
 * The trail. Rows are only ever added, each on disk before the call returns, each chained to the one before by a key, so that
 * whoever edits, removes, swaps or inserts one is found out; who cuts the end off is found by a head that was noted elsewhere.
 */
export interface AuditLog {
  /** @throws Error where it can not be written: then what was to be done must not be done. */
  append(entry: AuditEntry, at: number): AuditRow;
  /** Newest first. */
  list(query: AuditQuery): readonly AuditRow[];
  head(): AuditHead;
  /** `noted`: hashes of heads that were noted elsewhere; each must still be in the chain. */
  verify(noted?: readonly string[]): Verdict;
  close(): void;
}
