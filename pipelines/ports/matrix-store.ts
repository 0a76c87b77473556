import type { Account } from '../domain/account.ts';
import type { MatrixChange, MatrixDraft } from '../domain/matrix-change.ts';

export type MatrixKept =
  | { readonly kept: readonly MatrixChange[] }
  /** Somebody was quicker: nothing was kept. What has come since `expected`. */
  | { readonly meanwhile: readonly MatrixChange[] };

/** The file that a matrix was first made from. */
export interface MatrixOrigin {
  readonly file: string;
  /** sha256 of its bytes when it was last taken over. */
  readonly sha256: string;
  readonly at: number;
}

/** The matrix as dated changes. They are only ever added, durably, before the call returns. */
export interface MatrixStore {
  /**
   * All or nothing. `expected` is the last n the writer has judged by. Puts that change nothing are left out; where nothing is left, `kept`
   * is empty. `origin` is kept with it, in the same commit.
   */
  change(expected: number, draft: MatrixDraft, origin?: MatrixOrigin): MatrixKept;
  /** The n of the newest change, 0 where there is none; another process may have made it. */
  last(): number;
  /** The accounts in force, by id; at a time (epoch ms): those that were in force then. */
  accounts(at?: number): readonly Account[];
  /** The newest word on an account, retired or not: names of old suggestions are still read. */
  known(id: string): Account | undefined;
  /** Of one account, newest first. */
  history(id: string): readonly MatrixChange[];
  /** Of all, newest first. */
  changes(query: { readonly limit: number; readonly before?: number }): readonly MatrixChange[];
  /** The changes made together. */
  batch(n: number): readonly MatrixChange[];
  origin(): MatrixOrigin | undefined;
  close(): void;
}
