import type { DeliveryState, Notice } from '../domain/notice.ts';

/** One notice on its way to one channel. Times are epoch ms. */
export interface Delivery {
  readonly n: number;
  readonly channel: string;
  readonly notice: Notice;
  /** 1 for the first of its thread on this channel; from 2 on it is an update. */
  readonly nth: number;
  readonly state: DeliveryState;
  readonly enqueuedAt: number;
  /** Not before this. */
  readonly dueAt: number;
  /** It waits for the end of the quiet hours, and then goes out with the rest of them. */
  readonly held: boolean;
  readonly attempts: number;
  /** Of its last attempt, or of its end. */
  readonly lastAt: number | null;
  /** Why it is where it is; empty for what has not been tried. */
  readonly because: string;
  /** The channel that could not bring it, where this one stands in. */
  readonly standsInFor: string | null;
  /** Whether a second channel has been given it. */
  readonly passedOn: boolean;
}

export interface Enqueue {
  readonly channel: string;
  readonly notice: Notice;
  readonly dueAt: number;
  readonly held?: boolean;
  /** Kept to be shown, never sent. */
  readonly muted?: string;
  readonly standsInFor?: string;
}

/** A look back at what was tried on a channel. */
export interface Attempt {
  readonly n: number;
  readonly channel: string;
  readonly at: number;
  /** Ids of the notices. */
  readonly notices: readonly string[];
  /** null while it goes on, or where the process was killed in it: nobody knows whether it arrived. */
  readonly outcome: 'delivered' | 'retry' | 'refused' | null;
  readonly says: string;
}

/**
 * The outbox of notices. One notice is kept once a channel, whoever says it how often. What is written here is on disk before the
 * call returns; a delivery is marked sent only after its receiver has said so.
 */
export interface DeliveryBook {
  /** All or nothing, with the cursor up to which the notices were read. A life at risk takes what was held of its thread along. */
  enqueue(rows: readonly Enqueue[], now: number, cursor?: { readonly name: string; readonly at: number }): void;
  cursor(name: string): number | undefined;
  /** Waiting deliveries of a channel that are due, oldest first; none whose thread has an older one still waiting, but the older one. */
  due(channel: string, now: number, limit: number): readonly Delivery[];
  /** Of a channel, what should go another way: waiting ones that were enqueued before (held ones only once they were tried), and dead ones; none that stands in for another or was passed on. */
  stuck(channel: string, before: number, limit: number): readonly Delivery[];
  /** Written before a message leaves, so that what left counts against the robot's limit also after a kill. */
  begin(channel: string, deliveries: readonly number[], now: number): number;
  /** How it went; moves its deliveries on. `dueAt` for those that are to be tried again. */
  end(
    attempt: number,
    outcome: { readonly kind: 'delivered' | 'retry' | 'refused'; readonly says: string; readonly dueAt?: number },
    now: number,
  ): void;
  /** Times of attempts on a channel since, oldest first. */
  attemptsSince(channel: string, since: number): readonly number[];
  attempts(channel: string, limit: number): readonly Attempt[];
  markPassedOn(deliveries: readonly number[]): void;
  /** Gives up on these. */
  bury(deliveries: readonly number[], because: string, now: number): void;
  /** Puts dead deliveries back: these, or all of a channel since. Answers how many. */
  revive(
    which: { readonly ids: readonly number[] } | { readonly channel: string; readonly since: number },
    now: number,
  ): number;
  list(query: {
    readonly limit: number;
    readonly channel?: string;
    readonly state?: DeliveryState;
  }): readonly Delivery[];
  count(channel: string): Readonly<Record<DeliveryState, number>>;
  /** Forgets what ended before, and its attempts. */
  forget(before: number): void;
}
