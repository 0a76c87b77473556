import { parentPort, workerData } from 'node:worker_threads';
import { understanding } from '../pipelines/pipeline.ts';
import { openUnderstanding, type UnderstandingOptions } from './open-understanding.ts';
import { packUnderstood, postOf, type Asked } from './understood-message.ts';

/** One thread that understands batches, and cuts search words with the same tokeniser. */
export type WorkerAsk =
  { readonly id: number; readonly posts: readonly Asked[] } | { readonly id: number; readonly cut: string };

const port = parentPort;
if (port === null) throw new Error('understand-worker runs as a worker thread only');

const opened = await openUnderstanding(workerData as UnderstandingOptions);
const understand = understanding(opened.parts);

port.on('message', (ask: WorkerAsk) => {
  try {
    if ('cut' in ask) {
      port.postMessage({ id: ask.id, answer: opened.parts.cut(ask.cut) });
      return;
    }
    const answer = packUnderstood(understand(ask.posts.map(postOf)));
    port.postMessage({ id: ask.id, answer }, [answer.signatures.buffer]);
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
