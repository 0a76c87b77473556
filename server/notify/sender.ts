import type { ChannelAbout, ChannelTarget } from '../../pipelines/domain/notify-channel.ts';
import { backOff } from '../../pipelines/5-respond/back-off.ts';
import { PACE_LOOKS_BACK, roomOn } from '../../pipelines/5-respond/pace-channel.ts';
import { wordDigest, wordNotice, type Wording } from '../../pipelines/5-respond/word-notice.ts';
import type { Channel, Message, Sent } from '../../pipelines/ports/channel.ts';
import type { ChannelBook } from '../../pipelines/ports/channel-book.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { Delivery, DeliveryBook } from '../../pipelines/ports/delivery-book.ts';
import { chooseBatch, type Batch } from './choose-batch.ts';

export interface SenderParts {
  readonly channels: ChannelBook;
  readonly deliveries: DeliveryBook;
  readonly open: (target: ChannelTarget) => Channel;
  readonly wording: () => Wording;
  readonly clock: Clock;
  /** 0…1, for the jitter of retries. */
  readonly random: () => number;
  readonly log: { warn(message: string): void };
  /** A receiver has said that it has these. */
  readonly onDelivered?: (channel: ChannelAbout, deliveries: readonly Delivery[]) => void;
}

const LOOKED_AT = 200;
/** After so long without success a second channel is given it. */
export const SECOND_AFTER = 5 * 60_000;
const GIVE_UP_AFTER = 24 * 3_600_000;
/** A channel that failed rests; not longer than this, unless its receiver asks for it. */
const LONGEST_REST = 30_000;
/**
 * Empties the outbox: each channel on its own, one message at a time, in order. A delivery is marked sent after its receiver has said so
 * and never before, so a kill can double a message and cannot lose one.
 */
export class Sender {
  readonly #parts: SenderParts;
  readonly #working = new Map<string, Promise<void>>();
  readonly #rests = new Map<string, { readonly until: number; readonly failures: number }>();
  readonly #stop = new AbortController();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Starts whatever channel is idle and has something due; resolves when all are idle again. */
  async round(): Promise<void> {
    const channels = this.#parts.channels.list();
    for (const about of channels) {
      this.#passOn(about);
      void this.#start(about);
    }
    await Promise.all(this.#working.values());
  }

  /** Tries what one channel has due at once; resolves when it is idle again. */
  async empty(id: string): Promise<void> {
    // What it is at now may have been chosen before the newest was put in.
    await this.#working.get(id);
    const about = this.#parts.channels.list().find((one) => one.id === id);
    if (about !== undefined) await this.#start(about);
  }

  #start(about: ChannelAbout): Promise<void> | undefined {
    if (about.paused || this.#working.has(about.id) || this.#stop.signal.aborted) return this.#working.get(about.id);
    const work = this.#work(about).finally(() => this.#working.delete(about.id));
    this.#working.set(about.id, work);
    return work;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#working.values());
  }

  /** Sends this at once, past the outbox, and answers what the receiver said; undefined where there is no such channel. */
  async say(id: string, message: Message): Promise<Sent | undefined> {
    const { channels, deliveries, clock, open } = this.#parts;
    const target = channels.target(id);
    if (target === undefined) return undefined;
    const attempt = deliveries.begin(id, [], clock.now());
    const sent = await open(target).send(message, this.#stop.signal);
    deliveries.end(attempt, { kind: sent.kind, says: saysOf(sent) }, clock.now());
    if (sent.kind === 'delivered') this.#rests.delete(id);
    return sent;
  }

  async #work(about: ChannelAbout): Promise<void> {
    const { deliveries, clock } = this.#parts;
    while (!this.#stop.signal.aborted) {
      const now = clock.now();
      if ((this.#rests.get(about.id)?.until ?? 0) > now) return;
      const due = deliveries.due(about.id, now, LOOKED_AT);
      if (due.length === 0) return;
      const room = roomOn(about.kind, deliveries.attemptsSince(about.id, now - PACE_LOOKS_BACK), now);
      const batch = chooseBatch(due, room, about.kind);
      if (batch === undefined || !(await this.#send(about, batch))) return;
    }
  }

  /** False where the channel should rest. */
  async #send(about: ChannelAbout, batch: Batch): Promise<boolean> {
    const { channels, deliveries, clock, open, log } = this.#parts;
    const ids = batch.deliveries.map(({ n }) => n);
    let channel: Channel;
    try {
      const target = channels.target(about.id);
      if (target === undefined) return false;
      channel = open(target);
    } catch (error) {
      // The key that sealed it is gone: said where a person looks, and nothing is lost meanwhile.
      log.warn(`渠道“${about.name}”打不开：${error instanceof Error ? error.message : String(error)}`);
      this.#rest(about.id, LONGEST_REST);
      return false;
    }
    const attempt = deliveries.begin(about.id, ids, clock.now());
    const sent = await channel.send(this.#message(batch), this.#stop.signal);
    const now = clock.now();
    if (sent.kind === 'retry') {
      const failures = (this.#rests.get(about.id)?.failures ?? 0) + 1;
      const wait = backOff(
        Math.max(failures, ...batch.deliveries.map(({ attempts }) => attempts)),
        this.#parts.random(),
        sent.afterMs,
      );
      deliveries.end(attempt, { kind: 'retry', says: sent.because, dueAt: now + wait }, now);
      this.#rest(about.id, sent.afterMs === undefined ? Math.min(wait, LONGEST_REST) : wait, failures);
      return false;
    }
    deliveries.end(attempt, { kind: sent.kind, says: saysOf(sent) }, now);
    if (sent.kind === 'delivered') this.#parts.onDelivered?.(about, batch.deliveries);
    if (sent.kind === 'refused') log.warn(`渠道“${about.name}”不收：${sent.because}`);
    this.#rests.delete(about.id);
    return true;
  }

  #rest(id: string, ms: number, failures = 1): void {
    this.#rests.set(id, { until: this.#parts.clock.now() + ms, failures });
  }

  #message({ deliveries, digest }: Batch): Message {
    const wording = this.#parts.wording();
    const [first] = deliveries as readonly [Delivery, ...Delivery[]];
    const notices = deliveries.map(({ notice }) => notice);
    const { thread, id } = first.notice;
    return digest === null
      ? { ...wordNotice(first.notice, first.nth, wording), id, thread, notices }
      : {
          ...wordDigest(deliveries, digest, wording),
          id: `digest-${id}-and-${deliveries.length - 1}`,
          thread: 'digest',
          notices,
        };
  }

  /** What a channel could not bring goes to its second one; what nobody could bring in a day is given up, and stays listed. */
  #passOn(about: ChannelAbout): void {
    const { deliveries, clock } = this.#parts;
    const now = clock.now();
    if (about.second !== null) {
      const stuck = deliveries.stuck(about.id, now - SECOND_AFTER, LOOKED_AT);
      const { second } = about;
      if (stuck.length > 0) {
        deliveries.enqueue(
          stuck.map(({ notice }) => ({ channel: second, notice, dueAt: now, standsInFor: about.name })),
          now,
        );
        deliveries.markPassedOn(stuck.map(({ n }) => n));
      }
    }
    const late = deliveries
      .due(about.id, now, LOOKED_AT)
      .filter(({ enqueuedAt, attempts }) => attempts > 0 && now - enqueuedAt > GIVE_UP_AFTER);
    for (const one of late) deliveries.bury([one.n], `一天没有送到，不再试：${one.because}`, now);
  }
}

const saysOf = (sent: Sent): string => (sent.kind === 'delivered' ? sent.answer : sent.because);
