import type { Notice } from '../domain/notice.ts';

/** What a channel brings, in words. Plain text: nothing in it is markup, and nothing of it goes into a field that calls people by name. */
export interface Message {
  /** Of the notice, or of the bundle; the same in every retry. */
  readonly id: string;
  /** One line. */
  readonly title: string;
  /** Lines under the title, the link not among them. */
  readonly text: string;
  /** Where it is shown in whole; null where the deployment has no address of its own. */
  readonly link: string | null;
  readonly thread: string;
  /** What is told, for receivers that are programs. */
  readonly notices: readonly Notice[];
}

export type Sent =
  /** The receiver said so: 2xx, and a code of 0 where it gives one. `answer` is its own words, secrets struck out. */
  | { readonly kind: 'delivered'; readonly answer: string }
  /** Not now, or nobody knows: send it again, no sooner than `afterMs` where the receiver says so. */
  | { readonly kind: 'retry'; readonly because: string; readonly afterMs?: number }
  /** Sending it again changes nothing until a person changes the channel. */
  | { readonly kind: 'refused'; readonly because: string };

/** Brings a message to people. Never throws; `because` names no secret. */
export interface Channel {
  send(message: Message, signal: AbortSignal): Promise<Sent>;
}
