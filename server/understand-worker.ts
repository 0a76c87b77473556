import { parentPort, workerData } from 'node:worker_threads';
import { understanding } from '../pipelines/pipeline.ts';
import type { Post } from '../pipelines/domain/post.ts';
import { openUnderstanding, type UnderstandingOptions } from './open-understanding.ts';

/** One thread that understands batches, and cuts search words with the same tokeniser. */
export type WorkerAsk =
  { readonly id: number; readonly posts: readonly Post[] } | { readonly id: number; readonly cut: string };

const port = parentPort;
if (port === null) throw new Error('understand-worker runs as a worker thread only');

const opened = await openUnderstanding(workerData as UnderstandingOptions);
const understand = understanding(opened.parts);

port.on('message', (ask: WorkerAsk) => {
  try {
    const answer = 'cut' in ask ? opened.parts.cut(ask.cut) : understand(ask.posts);
    port.postMessage({ id: ask.id, answer });
  } catch (error) {
    port.postMessage({ id: ask.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
const { version, calibration } = opened.parts.weights;
port.postMessage({
  ready: {
    provider: opened.provider,
    stamp: opened.stamp,
    weights: version,
    calibration: calibration?.version ?? null,
    ...(opened.note === undefined ? {} : { note: opened.note }),
  },
});
