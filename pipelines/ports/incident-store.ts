import type { Duty } from '../domain/duty.ts';
import type { IncidentDocument } from '../domain/incident-document.ts';
import type { IncidentKind } from '../domain/incident.ts';
import type { Scope } from '../domain/person.ts';
import type { RegionCode } from '../domain/region.ts';

export interface CandidateQuery {
  /** Search words; each that an incident has is one sign in common. */
  readonly words: readonly string[];
  /** The same kind, and each same duty, is one sign more. */
  readonly kind: IncidentKind;
  readonly duty: readonly Duty[];
  /** Only of this region and what lies in it; null: anywhere. */
  readonly within: RegionCode | null;
  /** Only what may be seen. */
  readonly scope: Scope;
  /** Only those that opened before, epoch ms. */
  readonly before: number;
  /** 1…1,000. */
  readonly limit: number;
}

/**
 * Incidents as a search store keeps them, so that past ones are found by what they have in common. A projection of the desk: it may
 * be behind, and can be made again from there at any time.
 */
export interface IncidentStore {
  readonly name: string;
  /**
   * Opens the index. One that was made with another tokeniser is emptied, since it is filled again from the desk; who only reads says
   * `refuse`. @throws StoreUnavailable, StampMismatch
   */
  open(stamp: string, another?: 'empty' | 'refuse'): Promise<void>;
  /** Idempotent by id: of two writes the one with the higher revision stays, in whichever order they come. @throws StoreUnavailable */
  put(documents: readonly IncidentDocument[]): Promise<void>;
  /** The highest revision that is stored; 0 where nothing is. */
  position(): Promise<number>;
  /**
   * Incidents with at least one sign in common, none that was merged into another: those with the most signs first, of equal ones the
   * newest, then by id. Every store answers the same. @throws StoreUnavailable
   */
  candidates(query: CandidateQuery): Promise<readonly IncidentDocument[]>;
  count(): Promise<number>;
  close(): Promise<void>;
}
