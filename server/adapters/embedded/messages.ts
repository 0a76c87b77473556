import { StampMismatch, StoreUnavailable } from '../../../pipelines/ports/post-store.ts';
import type { Amendment, PostQuery } from '../../../pipelines/ports/post-store.ts';
import type { TallyQuery } from '../../../pipelines/ports/post-store.ts';
import type { TallyKey } from '../../../pipelines/ports/post-tally.ts';
import type { TableOptions } from './post-table.ts';
import type { DocumentValues } from './rows.ts';

/** What the worker is started with. */
export interface WorkerStart extends TableOptions {
  readonly path: string;
}

export type Task =
  | { readonly do: 'open'; readonly stamp: string }
  | { readonly do: 'restamp'; readonly stamp: string }
  | { readonly do: 'save'; readonly documents: readonly DocumentValues[] }
  | { readonly do: 'amend'; readonly amendments: readonly Amendment[] }
  | { readonly do: 'find'; readonly query: PostQuery }
  | { readonly do: 'histogram'; readonly query: PostQuery & { from: number; to: number }; readonly stepMs: number }
  | { readonly do: 'tally'; readonly query: TallyQuery; readonly by: readonly TallyKey[] }
  | { readonly do: 'count' }
  | { readonly do: 'ping' }
  | { readonly do: 'close' };

export interface Request {
  readonly ticket: number;
  readonly task: Task;
}

export type Reply =
  { readonly ticket: number; readonly value: unknown } | { readonly ticket: number; readonly fault: Fault };

/** An error as it crosses threads, where classes are lost. */
export interface Fault {
  readonly kind: 'stamp' | 'unavailable' | 'range' | 'other';
  readonly message: string;
}

export function errorOf({ kind, message }: Fault): Error {
  switch (kind) {
    case 'stamp':
      return new StampMismatch(message);
    case 'unavailable':
      return new StoreUnavailable(message);
    case 'range':
      return new RangeError(message);
    case 'other':
      return new Error(message);
  }
}
