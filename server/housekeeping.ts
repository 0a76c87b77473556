import type { Mapping } from '../pipelines/0-source/mapping.ts';
import { mask } from '../pipelines/1-intake/mask.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import { StoreUnavailable, type PostStore } from '../pipelines/ports/post-store.ts';
import type { SilenceEvent } from '../pipelines/ports/source-book.ts';
import { systemClock } from './adapters/system-clock.ts';
import type { FrontDoor } from './front-door.ts';
import { applyErasures } from './jobs/erase.ts';
import { noticeSilence } from './jobs/notice-silence.ts';
import { retain } from './jobs/retention.ts';
import { showCounts } from './jobs/show-counts.ts';
import { Rest } from './rest.ts';
import { lookInto } from './watch-folders.ts';

export interface HousekeepingParts {
  readonly front: FrontDoor;
  readonly desk: DeskStore;
  readonly store: PostStore;
  readonly clock: Clock;
  /** As it is set now: the page 留存 changes it. */
  readonly retentionDays: () => number;
  readonly mappings: () => readonly Mapping[];
  /** Rows came in by a watched folder. */
  readonly wake: () => void;
  /** A source fell silent, or its silence ended: by this process or another. */
  readonly onSilence: (event: SilenceEvent) => void;
  readonly log: { info(message: string): void; warn(message: string): void };
  /** How often to look, ms; default 2,000. */
  readonly everyMs?: number;
}

const RETENTION_EVERY_MS = 3_600_000;
const EVENTS_AT_ONCE = 500;

/**
 * What goes on beside the flow: watched folders, sources that fall silent, counts and erasures brought into the store, and once an
 * hour the retention of texts. One round after the other; a store that is down is tried again with the next.
 */
export class Housekeeping {
  /** What kept a way in from working at its last try, by source. */
  readonly troubles = new Map<string, string>();
  readonly #parts: HousekeepingParts;
  readonly #faults = new Map<string, Map<string, number>>();
  readonly #rest = new Rest();
  #erased = 0;
  #retainedAt = -Infinity;
  #since = 0;
  /** The last event of silence that was told. */
  #told = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: HousekeepingParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#since = this.#parts.clock.now();
    this.#skipOldSilences();
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#rest.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#rest.ended) {
      await this.round();
      await this.#rest.for(this.#parts.everyMs ?? 2_000);
    }
  }

  /** One round of everything. Also what tests call. */
  async round(): Promise<void> {
    await this.#lookIntoFolders();
    this.#noticeSilence();
    try {
      await this.#keepStore();
    } catch (error) {
      // The indexer says so and the screens show it; the next round goes on from here.
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  async #lookIntoFolders(): Promise<void> {
    const { front } = this.#parts;
    for (const about of front.door.book.list()) {
      if (about.way !== 'folder' || about.paused || this.#rest.ended) continue;
      const { name } = about;
      const faults = this.#faults.get(name) ?? new Map<string, number>();
      this.#faults.set(name, faults);
      const looked = await lookInto(about, {
        accept: (...given) => front.intake.accept(...given),
        checkpoints: front.door.checkpoints,
        clock: systemClock,
        faults,
        mappings: this.#parts.mappings(),
        onOutcomes: () => this.#parts.wake(),
      });
      if ('trouble' in looked) this.troubles.set(name, looked.trouble);
      else if (faults.size === 0) this.troubles.delete(name);
    }
  }

  #noticeSilence(): void {
    const { front, clock, log, onSilence } = this.#parts;
    const { book } = front.door;
    noticeSilence({ book, now: clock.now(), since: this.#since });
    for (const event of book.silenceEvents(this.#told, EVENTS_AT_ONCE)) {
      this.#told = event.seq;
      log.warn(sentenceOf(event));
      onSilence(event);
    }
  }

  /** What was told before this start is not told again; it stays on the page. */
  #skipOldSilences(): void {
    const { book } = this.#parts.front.door;
    for (let events = book.silenceEvents(0, EVENTS_AT_ONCE); events.length > 0;) {
      this.#told = events.at(-1)?.seq ?? this.#told;
      events = book.silenceEvents(this.#told, EVENTS_AT_ONCE);
    }
  }

  async #keepStore(): Promise<void> {
    const { front, desk, store, clock, retentionDays, log } = this.#parts;
    const { inbox, erased } = front;
    const { counts, marks, runs } = front.door;
    this.#erased = await applyErasures({ erased, inbox, counts, store }, this.#erased);
    await showCounts(counts, store, clock.now());
    const now = clock.now();
    if (now - this.#retainedAt < RETENTION_EVERY_MS) return;
    const { pseudonyms } = front;
    const days = retentionDays();
    const done = await retain({ store, desk, marks, inbox, counts, pseudonyms, mask, now, days });
    runs.add({ at: now, days, ...done });
    this.#retainedAt = now;
    if (done.masked > 0 || done.keysDestroyed > 0)
      log.info(
        `保留期：遮去 ${done.masked} 条旧帖里的联系方式，${done.held} 条作为证据保留，销毁 ${done.keysDestroyed} 把旧密钥`,
      );
  }
}

const sentenceOf = ({ event, source, since, at, usualMs }: SilenceEvent): string =>
  event === 'silent'
    ? `数据源静默：“${source}”已超过平时间隔（${minutes(usualMs)} 分）的两倍没有来数据`
    : `数据源静默结束：“${source}”，断了 ${minutes(at - since)} 分`;

const minutes = (ms: number): number => Math.round(ms / 60_000);
