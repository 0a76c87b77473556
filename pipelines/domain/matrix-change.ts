import type { Account } from './account.ts';

/** One account as it will be from now on, or that it is retired. */
export type MatrixPut = { readonly put: Account } | { readonly retire: string };

/** What is to be changed together: all of it or nothing. */
export interface MatrixDraft {
  readonly changes: readonly MatrixPut[];
  /** Epoch ms. */
  readonly at: number;
  /** Who, in words. */
  readonly by: string;
  readonly why: string;
}

/** One dated change of one account. Nothing is ever edited in place: the matrix is the newest change of each. */
export interface MatrixChange {
  /** 1, 2, 3 … over the whole matrix. */
  readonly n: number;
  /** The n of the first change made together with it. */
  readonly batch: number;
  readonly at: number;
  readonly by: string;
  readonly why: string;
  readonly account: string;
  /** As it was before; null: it was not there. */
  readonly was: Account | null;
  /** null: retired. */
  readonly now: Account | null;
}
