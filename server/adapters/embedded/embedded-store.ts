import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { documentOf, refusalOf } from '../../../pipelines/domain/post-document.ts';
import { StoreUnavailable } from '../../../pipelines/ports/post-store.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';
import type { FoundPosts, Bucket, RejectedByStore, RestampedStore } from '../../../pipelines/ports/post-store.ts';
import type { TallyRow } from '../../../pipelines/ports/post-tally.ts';
import { startWorker } from '../../start-worker.ts';
import { errorOf } from './messages.ts';
import type { Reply, Request, Task, WorkerStart } from './messages.ts';
import { valuesOf } from './rows.ts';
import type { DocumentValues } from './rows.ts';

export interface EmbeddedOptions {
  /** Folder of the store's file, posts.db; made where absent. */
  readonly dir: string;
  /** FULL (default): what was saved survives a power cut. */
  readonly synchronous?: 'FULL' | 'NORMAL';
  /** Page cache in KiB, default 8 MiB: the rest of the file is in the cache of the system anyway. */
  readonly cacheKiB?: number;
}

/** PostStore in one SQLite file, with a thread of its own so that neither writing nor searching holds up the server. */
export function openEmbeddedStore({ dir, synchronous = 'FULL', cacheKiB = 8192 }: EmbeddedOptions): RestampedStore {
  const thread = new StoreThread({ path: join(dir, 'posts.db'), synchronous, cacheKiB });
  return {
    name: 'embedded',
    open: (stamp) => thread.open(stamp),
    restamp: (stamp) => thread.restamp(stamp),
    async save(posts) {
      const rejected: RejectedByStore[] = [];
      const documents: DocumentValues[] = [];
      for (const post of posts) {
        const document = documentOf(post);
        const because = refusalOf(document);
        if (because === undefined) documents.push(valuesOf(document));
        else rejected.push({ id: post.id, because });
      }
      if (documents.length > 0) await thread.ask({ do: 'save', documents });
      return rejected;
    },
    amend: async (amendments) =>
      amendments.length === 0 ? [] : ((await thread.ask({ do: 'amend', amendments })) as readonly PostId[]),
    find: async (query) => (await thread.ask({ do: 'find', query })) as FoundPosts,
    histogram: async (query, stepMs) => (await thread.ask({ do: 'histogram', query, stepMs })) as readonly Bucket[],
    tally: async (query, by) => (await thread.ask({ do: 'tally', query, by })) as readonly TallyRow[],
    count: async () => (await thread.ask({ do: 'count' })) as number,
    async ping() {
      await thread.ask({ do: 'ping' });
    },
    close: () => thread.close(),
  };
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Asks the worker and matches its answers; starts it again with the same stamp where it has died. */
class StoreThread {
  readonly #start: WorkerStart;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #stamp: string | undefined;
  #lastTicket = 0;
  #closed = false;

  constructor(start: WorkerStart) {
    this.#start = start;
  }

  async open(stamp: string): Promise<void> {
    await this.#send({ do: 'open', stamp });
    this.#stamp = stamp;
  }

  async restamp(stamp: string): Promise<void> {
    await this.#send({ do: 'restamp', stamp });
    this.#stamp = stamp;
  }

  async ask(task: Task): Promise<unknown> {
    if (this.#closed) throw new StoreUnavailable('the embedded store is closed');
    if (this.#stamp === undefined)
      throw new StoreUnavailable('the embedded store is not open yet: call open(stamp) first');
    if (this.#worker === undefined) await this.#send({ do: 'open', stamp: this.#stamp });
    return this.#send(task);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const worker = this.#worker;
    if (worker === undefined) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    await this.#send({ do: 'close' });
    await ended;
  }

  #send(task: Task): Promise<unknown> {
    const worker = (this.#worker ??= this.#launch());
    const ticket = ++this.#lastTicket;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ticket, { resolve, reject });
      // An idle store does not keep the process alive, one at work does.
      worker.ref();
      worker.postMessage({ ticket, task } satisfies Request);
    });
  }

  #launch(): Worker {
    const worker = startWorker(import.meta.url, './worker', {
      workerData: this.#start,
      resourceLimits: RESOURCE_LIMITS,
    });
    let cause: unknown;
    worker.on('message', (reply: Reply) => this.#settle(worker, reply));
    worker.on('error', (error) => (cause = error));
    worker.on('exit', (code) => {
      if (this.#worker === worker) this.#worker = undefined;
      const reason = cause instanceof Error ? cause.message : `exit code ${code}`;
      for (const { reject } of this.#waiting.values()) {
        reject(new StoreUnavailable(`the embedded store's thread ended (${reason})`, { cause }));
      }
      this.#waiting.clear();
    });
    return worker;
  }

  #settle(worker: Worker, reply: Reply): void {
    const waiting = this.#waiting.get(reply.ticket);
    this.#waiting.delete(reply.ticket);
    if (this.#waiting.size === 0 && !this.#closed) worker.unref();
    if ('fault' in reply) waiting?.reject(errorOf(reply.fault));
    else waiting?.resolve(reply.value);
  }
}

/** Rows pass through in small batches; the default young generation would grow to three times 16 MiB for them. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 8 };
