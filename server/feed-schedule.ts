import { SourceFault } from '../pipelines/0-source/bytes.ts';
import { FORMATS, streamRows } from '../pipelines/0-source/file.ts';
import type { Intake } from '../pipelines/1-intake/take-in.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { FeedAnswer, FeedFetch } from '../pipelines/ports/feed-fetch.ts';
import type { FeedMark, FeedMarks } from '../pipelines/ports/feed-marks.ts';
import { InboxFull } from '../pipelines/ports/inbox.ts';
import type { RawRow } from '../pipelines/ports/source.ts';
import type { SourceAbout, SourceBook } from '../pipelines/ports/source-book.ts';
import { readFeed } from './adapters/feed/read-feed.ts';
import { Rest } from './rest.ts';

export interface FeedScheduleParts {
  readonly book: Pick<SourceBook, 'list' | 'arrived'>;
  readonly marks: FeedMarks;
  readonly accept: Intake['accept'];
  readonly fetch: FeedFetch;
  readonly clock: Clock;
  /** Where the troubles of all ways in are shown from, by source. */
  readonly troubles: Map<string, string>;
  /** Rows came in. */
  readonly wake: () => void;
  /** How often to look for feeds that are due, ms; default 2,000. */
  readonly lookMs?: number;
}

type FeedSource = SourceAbout & { readonly place: string; readonly everyMs: number };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Below this no feed is asked, whatever its interval. */
export const LEAST_EVERY = MINUTE;
const FIRST_RETRY = 15 * MINUTE;
const LONGEST_RETRY = 6 * HOUR;
const LONGEST_ASKED = 24 * HOUR;
const AT_ONCE = 4;
const BATCH = 500;

/**
 * Asks the feeds that are due, again and again, apart from everything else, since the other side may be slow. When each is next due
 * and what it was last read by lie in the door's file, so a restart changes nothing. Where no feed was added, nothing is asked.
 */
export class FeedSchedule {
  readonly #parts: FeedScheduleParts;
  readonly #stopping = new AbortController();
  readonly #rest = new Rest();
  /** Where not even the mark could be written: not before, epoch ms. */
  readonly #held = new Map<string, number>();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: FeedScheduleParts) {
    this.#parts = parts;
  }

  start(): void {
    const { marks, troubles } = this.#parts;
    for (const about of this.#feeds()) {
      const mark = marks.get(about.name);
      if (mark?.trouble !== undefined && mark.url === about.place) troubles.set(about.name, mark.trouble);
    }
    this.#running = this.#run();
  }

  /** Gives up what is being fetched; it is due again at the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#rest.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.round();
      await this.#rest.for(this.#parts.lookMs ?? 2_000);
    }
  }

  /** Asks every feed that is due, once. Also what tests call. */
  async round(): Promise<void> {
    const due = this.#feeds().filter((about) => this.#isDue(about));
    const worker = async (): Promise<void> => {
      for (let about = due.shift(); about !== undefined; about = due.shift()) await this.#askOrHold(about);
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, due.length) }, worker));
  }

  #feeds(): FeedSource[] {
    return this.#parts.book.list().filter(isAsked);
  }

  #isDue(about: FeedSource): boolean {
    const now = this.#parts.clock.now();
    if (now < (this.#held.get(about.name) ?? -Infinity)) return false;
    const mark = this.#parts.marks.get(about.name);
    if (mark?.url !== about.place) return true;
    // A clock that was set back must not silence a feed for as long as it was wrong.
    return now >= mark.nextAt || mark.nextAt > now + Math.max(LONGEST_ASKED, about.everyMs);
  }

  async #askOrHold(about: FeedSource): Promise<void> {
    try {
      await this.#ask(about);
      this.#held.delete(about.name);
    } catch (error) {
      if (!(error instanceof InboxFull)) throw error;
      this.#parts.troubles.set(about.name, error.message);
      this.#held.set(about.name, this.#parts.clock.now() + FIRST_RETRY);
    }
  }

  async #ask(about: FeedSource): Promise<void> {
    const { name, place, everyMs } = about;
    const { marks, book, clock, fetch, troubles } = this.#parts;
    const kept = marks.get(name);
    const known = kept?.url === place ? kept : undefined;
    const answer = await fetch(place, known ?? {}, this.#stopping.signal);
    // Removed, paused or pointed elsewhere meanwhile, or given up on.
    if (this.#stopping.signal.aborted || !this.#feeds().some((now) => now.name === name && now.place === place)) return;
    const taken = answer.kind === 'body' ? await this.#take(about, answer.body) : answer;
    const now = clock.now();
    if (taken.kind === 'failed') {
      marks.keep(name, failed(known, about, taken, now));
      troubles.set(name, taken.because);
      return;
    }
    // Also without a new row: it answered, so it is not silent.
    book.arrived(name, 'feed', { at: now, accepted: 0, duplicate: 0, rejected: 0, repairs: new Map() });
    const { etag, lastModified } = answer.kind === 'body' ? answer : (known ?? {});
    marks.keep(name, {
      url: place,
      nextAt: now + Math.max(LEAST_EVERY, everyMs),
      failures: 0,
      ...(etag !== undefined && { etag }),
      ...(lastModified !== undefined && { lastModified }),
    });
    troubles.delete(name);
  }

  /** All rows of a body, or why it can't be read: then it is asked for again, and what was taken of it is known by its id. */
  async #take(
    { name, place, format }: FeedSource,
    body: Uint8Array,
  ): Promise<{ readonly kind: 'taken' } | Extract<FeedAnswer, { kind: 'failed' }>> {
    const known = (['auto', ...FORMATS] as const).find((word) => word === (format ?? 'auto'));
    const now = this.#parts.clock.now();
    const { origin, pathname } = new URL(place);
    const bytes = (async function* () {
      yield Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    })();
    let rows: RawRow[] = [];
    const flush = async (): Promise<void> => {
      if (rows.length === 0) return;
      await this.#parts.accept(rows, name, undefined, 'feed');
      rows = [];
      this.#parts.wake();
    };
    try {
      // By the address without its query: that may hold a key, and reasons are shown.
      const read = streamRows(`${origin}${pathname}`, bytes, { format: known, feed: readFeed, now, seen: now });
      for await (const row of read) if (rows.push(row) >= BATCH) await flush();
      await flush();
      return { kind: 'taken' };
    } catch (error) {
      if (error instanceof SourceFault) return { kind: 'failed', because: error.message.replace(/^文件 /, '') };
      if (error instanceof InboxFull) return { kind: 'failed', because: error.message };
      throw error;
    }
  }
}

const isAsked = (about: SourceAbout): about is FeedSource =>
  about.way === 'feed' && !about.paused && about.place !== undefined && about.everyMs !== undefined;

/** Later with every failure, and as late as the other side asks; the mark stays, so that what was missed still counts as new. */
function failed(
  known: FeedMark | undefined,
  { place, everyMs }: FeedSource,
  { because, retryAfterMs = 0 }: Extract<FeedAnswer, { kind: 'failed' }>,
  now: number,
): FeedMark {
  const failures = (known?.failures ?? 0) + 1;
  const first = Math.max(LEAST_EVERY, Math.min(everyMs, FIRST_RETRY));
  const later = Math.min(first * 2 ** Math.min(failures - 1, 20), Math.max(LONGEST_RETRY, everyMs));
  const { etag, lastModified } = known ?? {};
  return {
    url: place,
    nextAt: now + Math.max(later, Math.min(retryAfterMs, LONGEST_ASKED)),
    failures,
    trouble: because,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}
