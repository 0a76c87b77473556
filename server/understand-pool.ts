import type { Worker } from 'node:worker_threads';
import type { Reasoned } from '../pipelines/2-understand/classify.ts';
import type { Post, UnderstoodPost } from '../pipelines/domain/post.ts';
import type { UnderstandingOptions } from './open-understanding.ts';
import type { WorkerAsk } from './understand-worker.ts';
import { startWorker } from './start-worker.ts';
import { askedOf, unpackUnderstood, type UnderstoodBatch } from './understood-message.ts';

/** Understanding on worker threads. Batches may be asked for at the same time; each answer belongs to its own batch. */
export interface UnderstandPool {
  readonly provider: string;
  readonly stamp: string;
  readonly weights: string;
  /** Version of the office's calibration over the weights; null: as released. */
  readonly calibration: string | null;
  /** Why a calibration that is there is not used. */
  readonly note?: string | undefined;
  readonly threads: number;
  /** @param reasoned default: all */
  understand(posts: readonly Post[], reasoned?: Reasoned): Promise<UnderstoodPost[]>;
  /** Cuts search words with the tokeniser that the index was made with. */
  cut(text: string): Promise<string[]>;
  /**
   * Judges and places by these files from the next batch on; what is being understood is finished by the old rules, and words go on
   * being cut as they were, so that the index takes them. @throws Error where a file is wrong: that thread keeps the old rules
   */
  takeRules(options: UnderstandingOptions): Promise<void>;
  close(): Promise<void>;
}

type Ready = Pick<UnderstandPool, 'provider' | 'stamp' | 'weights' | 'calibration' | 'note'>;
type Rules = Pick<Ready, 'weights' | 'calibration' | 'note'>;
type Answer = { readonly id: number; readonly answer?: unknown; readonly error?: string } | { readonly ready: Ready };

/** What a thread's JavaScript may take beside the tokeniser's own dictionary: without a limit it keeps garbage for long. */
const HEAP = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 8 };

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>;
}

/** @throws Error where a thread can't open its tokeniser, gazetteer or weights: its sentence names the remedy. */
export async function openUnderstandPool(options: UnderstandingOptions, threads: number): Promise<UnderstandPool> {
  let next = 1;
  const start = async (): Promise<{ thread: Thread; ready: Ready }> => {
    const worker = startWorker(import.meta.url, './understand-worker', {
      workerData: options,
      resourceLimits: HEAP,
    });
    const thread: Thread = { worker, waiting: new Map() };
    const ready = await new Promise<Ready>((resolve, reject) => {
      worker.on('message', (message: Answer) => {
        if ('ready' in message) {
          resolve(message.ready);
          return;
        }
        const asked = thread.waiting.get(message.id);
        thread.waiting.delete(message.id);
        if (message.error === undefined) asked?.resolve(message.answer as never);
        else asked?.reject(new Error(`understanding failed: ${message.error}`));
      });
      const fail = (error: Error): void => {
        reject(error);
        for (const asked of thread.waiting.values()) asked.reject(error);
        thread.waiting.clear();
      };
      worker.on('error', fail);
      worker.on('exit', (code) => fail(new Error(`an understanding thread ended (code ${code})`)));
    });
    return { thread, ready };
  };
  const started = await Promise.all(Array.from({ length: threads }, start));
  const { provider, stamp, ...first } = started[0]!.ready;
  let rules: Rules = first;

  type Message = WorkerAsk extends infer One ? (One extends { readonly id: number } ? Omit<One, 'id'> : never) : never;
  const leastBusy = (): Thread =>
    started.map((one) => one.thread).reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
  const ask = <T>(message: Message, thread = leastBusy()): Promise<T> => {
    const id = next++;
    return new Promise<T>((resolve, reject) => {
      thread.waiting.set(id, { resolve, reject });
      thread.worker.postMessage({ id, ...message });
    });
  };

  return {
    provider,
    stamp,
    get weights() {
      return rules.weights;
    },
    get calibration() {
      return rules.calibration;
    },
    get note() {
      return rules.note;
    },
    threads,
    understand: async (posts, reasoned = 'all') =>
      unpackUnderstood(posts, await ask<UnderstoodBatch>({ posts: askedOf(posts), reasoned })),
    cut: (text) => ask<string[]>({ cut: text }),
    async takeRules(from) {
      // One after the other: the rest goes on understanding meanwhile.
      for (const { thread } of started) rules = await ask<Rules>({ rules: from }, thread);
    },
    async close() {
      await Promise.all(started.map((one) => one.thread.worker.terminate()));
    },
  };
}
