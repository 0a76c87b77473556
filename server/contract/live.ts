import type { AlertRow, IncidentRow } from './http.ts';
import type { Pulse } from './pulse.ts';
import type { SilenceEventRow } from './sources.ts';
import type { HitRow } from './watches.ts';

/** Namespace /live. The one socket contract, for both sides. */
export interface ServerToScreen {
  /** In order of seq, each at least once after the cursor the screen gave; a seq it has already is to be ignored. */
  alert: (row: AlertRow) => void;
  /** An incident as it is now; replaces the row of the same id. */
  incident: (row: IncidentRow) => void;
  /** A watch that opened or closed, to screens that are connected; what was missed is read with GET watches/hits?after=. */
  watchHit: (row: HitRow) => void;
  /** The incident is no longer one that this screen may see: its place was found to be elsewhere. */
  gone: (id: string) => void;
  /** Counts, at most one a second. */
  pulse: (pulse: Pulse) => void;
  /** A source fell silent or came back, as it happens; what was missed is read at GET sources/silences. */
  silence: (row: SilenceEventRow) => void;
  /** The screen fell too far behind: read incidents and alerts again over HTTP, then go on. */
  resync: (why: { readonly seq: number }) => void;
}

export interface ScreenToServer {
  /** The last alert shown, so that the server knows how far the screen is. */
  seen: (seq: number) => void;
}

/** What a screen says when it connects. */
export interface ScreenAuth {
  /** 0 for a screen that has nothing. */
  readonly lastSeq: number;
  /** Division codes it shows; empty: all. */
  readonly regions: readonly string[];
  /** The token of a wall screen that nobody signs in at. */
  readonly display?: string;
}
