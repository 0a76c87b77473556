import { deserialize, serialize } from 'node:v8';
import type { Alert } from '../pipelines/domain/alert.ts';
import type { Incident } from '../pipelines/domain/incident.ts';
import type { FoldedPost, Post, PostId, UnderstoodPost } from '../pipelines/domain/post.ts';
import { caseOf } from '../pipelines/domain/same-case.ts';
import type { Suggestion } from '../pipelines/domain/suggestion.ts';
import type { FoldIndex } from '../pipelines/1-intake/fold.ts';
import type { Detector, DetectorState } from '../pipelines/4-watch/detect.ts';
import type { PulseCounter, PulseState } from '../pipelines/4-watch/pulse.ts';
import { watching } from '../pipelines/pipeline.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore, Watched } from '../pipelines/ports/desk-store.ts';
import type { Inbox, InboxRow, Offset } from '../pipelines/ports/inbox.ts';
import type { PostStore } from '../pipelines/ports/post-store.ts';
import type { BatchFollower } from './batch-follower.ts';
import { Indexer, type IndexerLog } from './indexer.ts';
import { KeptHeads, type Head } from './kept-heads.ts';
import { Rest } from './rest.ts';

export interface FlowParts {
  readonly inbox: Inbox;
  readonly desk: DeskStore;
  readonly store: PostStore;
  /** The tokeniser's stamp, which the store is opened with. */
  readonly stamp: string;
  readonly folds: FoldIndex;
  readonly detector: Detector;
  readonly pulse: PulseCounter;
  readonly clock: Clock;
  readonly understand: (posts: readonly Post[]) => Promise<UnderstoodPost[]>;
  readonly suggest: (incident: Incident) => Suggestion;
  readonly idOf: (platform: string, nativeId: string) => PostId;
  readonly onAlert: (alert: Alert) => void;
  readonly onIncident: (incident: Incident) => void;
  /** By the name their state is kept under. */
  readonly followers?: Readonly<Record<string, BatchFollower>>;
  readonly log: IndexerLog;
  readonly batch?: number;
  readonly pollMs?: number;
}

const SNAPSHOT_POSTS = 100_000;
const SNAPSHOT_MS = 60_000;

interface Snapshot {
  readonly detector: DetectorState;
  readonly pulse: PulseState;
  readonly heads: readonly Head[];
  readonly followers?: Readonly<Record<string, unknown>>;
}

/**
 * Takes accepted posts from the inbox through understanding to watching, in order, and hands them on to the indexer. Watching
 * never waits for the store. What it has passed is only let go from the inbox once a snapshot of its state is on disk, so a
 * kill at any moment is made good by reading on from the snapshot; events are kept once by their key.
 */
export class Flow {
  readonly #parts: FlowParts;
  readonly #watch: ReturnType<typeof watching>;
  readonly #indexer: Indexer;
  readonly #followers: readonly (readonly [string, BatchFollower])[];
  readonly #batch: number;
  readonly #pollMs: number;
  readonly #rest = new Rest();
  #watched: Offset = 0;
  #kept: Offset = 0;
  #keptAt = 0;
  readonly #heads = new KeptHeads();
  #foldedSince = new Map<Offset, PostId>();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: FlowParts) {
    this.#parts = parts;
    this.#batch = parts.batch ?? 256;
    this.#pollMs = parts.pollMs ?? 200;
    this.#followers = Object.entries(parts.followers ?? {});
    this.#watch = watching(parts);
    this.#indexer = new Indexer({ ...parts, watched: () => this.#watched, groupOf: (row) => this.#groupOf(row) });
  }

  /** Offsets behind the newest accepted post. */
  lag(): { watch: number; index: number } {
    const last = this.#parts.inbox.last();
    return { watch: Math.max(0, last - this.#watched), index: Math.max(0, last - this.#indexer.passed) };
  }

  /** True once the store has been opened with this tokeniser's stamp. */
  get storeOpened(): boolean {
    return this.#indexer.opened;
  }

  get storeOk(): boolean {
    return this.#indexer.ok;
  }

  get storeTrouble(): string | undefined {
    return this.#indexer.trouble;
  }

  /** Restores what the last snapshot says and begins. Resolves when reading has begun; catching up goes on behind it. */
  start(): void {
    const kept = this.#parts.desk.snapshot();
    if (kept !== undefined) this.#restore(kept.offset, kept.state);
    this.#keptAt = this.#parts.clock.now();
    this.#running = this.#run();
    this.#indexer.start();
  }

  /** Something was accepted: do not wait for the next poll. */
  wake(): void {
    this.#rest.wake();
  }

  /** Finishes the batch at hand, keeps a snapshot, and stops. */
  async stop(): Promise<void> {
    this.#rest.end();
    await this.#running;
    await this.#indexer.stop();
    this.#keep();
  }

  /** Resolves when everything accepted so far has been watched and indexed. For imports, benchmarks and tests. */
  async drained(): Promise<void> {
    for (;;) {
      const { watch, index } = this.lag();
      if (watch === 0 && index === 0) return;
      this.wake();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async #run(): Promise<void> {
    type Ahead = { rows: readonly InboxRow[]; understood: Promise<UnderstoodPost[]> };
    const ahead: Ahead[] = [];
    let reading = this.#watched;
    while (!this.#rest.ended) {
      // Two batches ahead: while one is watched here, threads understand the next ones.
      while (ahead.length < 3) {
        const rows = this.#parts.inbox.read(reading, this.#batch);
        const last = rows.at(-1);
        if (last === undefined) break;
        const understood = this.#parts.understand(rows.map((row) => row.post));
        // Its failure is met where it is awaited below.
        understood.catch(() => undefined);
        ahead.push({ rows, understood });
        reading = last.offset;
      }
      const batch = ahead.shift();
      if (batch === undefined) {
        this.#indexer.wake();
        if (this.#parts.clock.now() - this.#keptAt >= SNAPSHOT_MS) this.#keep();
        await this.#rest.for(this.#pollMs);
        continue;
      }
      this.#take(batch.rows, await batch.understood);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  #take(rows: readonly InboxRow[], understood: readonly UnderstoodPost[]): void {
    const upTo = rows.at(-1)!.offset;
    const { folded, watched } = this.#watch(understood, upTo);
    for (const alert of this.#parts.desk.record(watched)) this.#parts.onAlert(alert);
    for (const incident of watched.incidents) this.#parts.onIncident(incident);
    for (const [at, post] of folded.entries()) {
      if (post.group === post.id) this.#heads.add(post.id, post.signature, caseOf(post));
      else this.#foldedSince.set(rows[at]!.offset, post.group);
    }
    this.#follow(folded, watched);
    this.#watched = upTo;
    this.#indexer.offer(rows, folded);
    if (upTo - this.#kept >= SNAPSHOT_POSTS) this.#keep();
  }

  #follow(folded: readonly FoldedPost[], watched: Watched): void {
    for (const [name, follower] of this.#followers)
      try {
        follower.take(folded, watched);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        this.#parts.log.warn(`${name} could not go along with ${folded.length} posts up to ${watched.upTo}: ${why}`);
      }
  }

  #groupOf(row: InboxRow): PostId {
    return row.group ?? this.#foldedSince.get(row.offset) ?? row.post.id;
  }

  #keep(): void {
    this.#keptAt = this.#parts.clock.now();
    if (this.#watched === this.#kept) return;
    const state: Snapshot = {
      detector: this.#parts.detector.save(),
      pulse: this.#parts.pulse.save(),
      heads: this.#heads.list(),
      followers: Object.fromEntries(this.#followers.map(([name, follower]) => [name, follower.save()])),
    };
    this.#parts.desk.saveSnapshot(this.#watched, serialize(state));
    this.#parts.inbox.pass('watch', this.#watched, this.#foldedSince);
    this.#foldedSince = new Map();
    this.#kept = this.#watched;
  }

  #restore(offset: Offset, bytes: Uint8Array): void {
    const state = deserialize(bytes) as Snapshot;
    if (!this.#parts.detector.load(state.detector)) {
      this.#parts.log.warn('the kept state is of another version: watching goes on from it with fresh counts');
    } else {
      this.#parts.pulse.load(state.pulse);
      for (const [id, signature, plea] of state.heads) {
        this.#heads.add(id, signature, plea);
        this.#parts.folds.remember(id, id, signature, plea);
      }
    }
    for (const [name, follower] of this.#followers) {
      const kept = state.followers?.[name];
      if (kept !== undefined) follower.load(kept);
    }
    this.#watched = offset;
    this.#kept = offset;
  }
}
