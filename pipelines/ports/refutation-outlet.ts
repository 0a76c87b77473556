import type { IncidentId } from '../domain/incident.ts';

/** A confirmed text on its way to the office's own program. No platform is ever posted to. */
export interface OutgoingRefutation {
  readonly incident: IncidentId;
  readonly draft: number;
  readonly account: string | null;
  readonly text: string;
  /** Epoch ms. */
  readonly confirmedAt: number;
}

/** What became of it at its first try: the channel it went by, and what the receiver, or the way to it, said. */
export interface RefutationSent {
  readonly state: 'sent' | 'waiting' | 'dead';
  readonly channel: string;
  readonly says: string;
}

/** The office's webhook as channels stand now. */
export interface RefutationOutlet {
  isSet(): boolean;
  /** Into the outbox, and a first try; undefined where no channel takes it. What failed is tried again by the outbox. */
  deliver(message: OutgoingRefutation): Promise<RefutationSent | undefined>;
}
