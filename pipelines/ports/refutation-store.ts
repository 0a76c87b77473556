import type { Refutation } from '../domain/refutation.ts';

/** Published refutations that the office imported. */
export interface RefutationStore {
  /** All or nothing. The same id again replaces what was kept; the same content again changes nothing. */
  put(refutations: readonly Refutation[]): { readonly added: number; readonly changed: number; readonly same: number };
  get(id: string): Refutation | undefined;
  /** Newest publication first. */
  all(): readonly Refutation[];
  count(): number;
  /** Another number after every `put` that changed something, whichever process did it. */
  revision(): number;
  close(): void;
}
