import type { Duty } from './duty.ts';
import type { RegionCode } from './region.ts';
import type { Tier } from './tier.ts';

/**
 * fault: the matrix can't be used so. hole: somebody would be suggested wrongly, or nobody. hint: it works, and would work better.
 */
export const SEVERITIES = ['fault', 'hole', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One thing that is wrong with a matrix, in words for the office: what it is, what would be suggested wrongly, how to mend it. */
export interface Finding {
  readonly severity: Severity;
  readonly says: string;
  readonly wrongly: string;
  readonly mend: string;
  /** The account it is about, where it is one. */
  readonly account?: string;
  /** For a fault: the account's number in what was checked, from 1, and the field. */
  readonly row?: number;
  readonly field?: string;
  /** The regions it is about, where it is about regions. */
  readonly regions?: readonly RegionCode[];
}

/** 职责 and how far down it has an owner. */
export interface Coverage {
  readonly duty: Duty;
  /** Accounts that hold it. */
  readonly owners: number;
  /** The lowest tier that answers for it in every county; null where some county has nobody. */
  readonly tier: Tier | null;
  /** Counties with an owner of their own, out of `counties`. */
  readonly own: number;
  readonly counties: number;
  /** All owners are without a public account. */
  readonly silent: boolean;
}
