import type { FoldedPost, Post, PostId, UnderstoodPost } from '../pipelines/domain/post.ts';
import { indexPosts } from '../pipelines/3-record/index-posts.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { Inbox, InboxRow, Offset } from '../pipelines/ports/inbox.ts';
import { StoreUnavailable, type PostStore } from '../pipelines/ports/post-store.ts';
import { Rest } from './rest.ts';

export interface IndexerLog {
  info(message: string): void;
  warn(message: string): void;
}

export interface IndexerParts {
  readonly inbox: Inbox;
  readonly store: PostStore;
  readonly stamp: string;
  readonly clock: Clock;
  readonly understand: (posts: readonly Post[]) => Promise<UnderstoodPost[]>;
  readonly watched: () => Offset;
  readonly groupOf: (row: InboxRow) => PostId;
  readonly log: IndexerLog;
}

interface Offered {
  readonly offset: Offset;
  readonly post: FoldedPost;
}

/** Understood posts held for the store; beyond it they are read from the inbox and understood again. */
const HELD = 1_500;
const BATCH = 1_000;
const FIRST_WAIT = 250;
const LONGEST_WAIT = 10_000;

/**
 * Brings watched posts into the search store at the store's own pace. A store that is down costs nothing here but the lag
 * that the screens show: the inbox keeps the posts, and the indexer catches up by itself.
 */
export class Indexer {
  readonly #parts: IndexerParts;
  #held: Offered[] = [];
  readonly #index: ReturnType<typeof indexPosts>;
  readonly #rest = new Rest();
  /** New posts do not shorten the wait for a store in trouble; only stopping does. */
  readonly #backOff = new Rest();
  #passed: Offset;
  #trouble: string | undefined;
  #opened = false;
  #overflowed = false;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: IndexerParts) {
    this.#parts = parts;
    this.#index = indexPosts(parts.store, parts.clock);
    this.#passed = parts.inbox.passed('index');
  }

  get passed(): Offset {
    return this.#passed;
  }

  get opened(): boolean {
    return this.#opened;
  }

  get ok(): boolean {
    return this.#trouble === undefined;
  }

  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Posts just watched, in order. Held where they follow on what is held; else left to the inbox. */
  offer(rows: readonly InboxRow[], posts: readonly FoldedPost[]): void {
    const first = rows[0];
    if (first === undefined) return;
    const follows = this.#held.length === 0 ? this.#caughtUp(first.offset) : this.#held.at(-1)!.offset < first.offset;
    if (!follows || this.#held.length + rows.length > HELD) {
      this.#overflowed = true;
      return;
    }
    if (this.#overflowed) return;
    for (const [at, post] of posts.entries()) this.#held.push({ offset: rows[at]!.offset, post });
    this.wake();
  }

  start(): void {
    this.#running = this.#run();
  }

  wake(): void {
    this.#rest.wake();
  }

  async stop(): Promise<void> {
    this.#rest.end();
    this.#backOff.end();
    await this.#running;
  }

  /** Nothing between what was indexed and this offset is missing: offsets the inbox skipped hold no row. */
  #caughtUp(offset: Offset): boolean {
    const [next] = this.#parts.inbox.read(this.#passed, 1);
    return next === undefined || next.offset >= offset;
  }

  async #run(): Promise<void> {
    let wait = FIRST_WAIT;
    while (!this.#rest.ended) {
      try {
        if (!this.#opened) {
          await this.#parts.store.open(this.#parts.stamp);
          this.#opened = true;
        }
        const batch = await this.#next();
        if (batch.length === 0) {
          await this.#rest.for(LONGEST_WAIT);
          continue;
        }
        await this.#save(batch);
        wait = FIRST_WAIT;
        if (this.#trouble !== undefined) this.#parts.log.info(`${this.#parts.store.name} takes posts again`);
        this.#trouble = undefined;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        if (this.#trouble === undefined)
          this.#parts.log.warn(`${this.#parts.store.name} can't be written, posts wait in the inbox: ${error.message}`);
        this.#trouble = error.message;
        await this.#backOff.for(wait);
        wait = Math.min(LONGEST_WAIT, wait * 2);
      }
    }
  }

  async #save(batch: readonly Offered[]): Promise<void> {
    const letters = await this.#index(batch.map((one) => one.post));
    if (letters.length > 0) this.#parts.inbox.bury(letters);
    this.#passed = batch.at(-1)!.offset;
    if (this.#held[0]?.offset === batch[0]!.offset) this.#held.splice(0, batch.length);
    this.#parts.inbox.pass('index', this.#passed);
  }

  /** The next posts to index: from memory where they are held, else from the inbox, never past what was watched. */
  async #next(): Promise<Offered[]> {
    if (this.#held.length > 0) return this.#held.slice(0, BATCH);
    const rows = this.#parts.inbox.read(this.#passed, BATCH).filter((row) => row.offset <= this.#parts.watched());
    if (rows.length === 0) {
      this.#overflowed = false;
      return [];
    }
    this.#overflowed = true;
    const understood = await this.#parts.understand(rows.map((row) => row.post));
    return understood.map((post, at) => ({
      offset: rows[at]!.offset,
      post: { ...post, group: this.#parts.groupOf(rows[at]!) },
    }));
  }
}
