import { parentPort, workerData } from 'node:worker_threads';
import { understanding } from '../pipelines/pipeline.ts';
import { forgetGazetteers } from './load-gazetteer.ts';
import { openRules, openUnderstanding, type UnderstandingOptions } from './open-understanding.ts';
import { packUnderstood, postOf, type Asked } from './understood-message.ts';

/** One thread that understands batches, and cuts search words with the same tokeniser. */
export type WorkerAsk =
  | { readonly id: number; readonly posts: readonly Asked[] }
  | { readonly id: number; readonly cut: string }
  /** From here on by the rules of these files; what was asked before is answered by the old ones. */
  | { readonly id: number; readonly rules: UnderstandingOptions };

const port = parentPort;
if (port === null) throw new Error('understand-worker runs as a worker thread only');

let options = workerData as UnderstandingOptions;
const opened = await openUnderstanding(options);
let { parts } = opened;
let { note } = opened;
let understand = understanding(parts);

/** The words stay cut as they are: the index bears their stamp. @throws Error where the files are wrong: the old rules stay */
function takeRules(next: UnderstandingOptions): ReturnType<typeof rulesNow> {
  const { cut } = parts;
  const open = (from: UnderstandingOptions): void => {
    const { rules, note: said } = openRules(from);
    parts = { ...rules, cut };
    note = said;
    understand = understanding(parts);
    options = from;
  };
  forgetGazetteers();
  try {
    open(next);
  } catch (cause) {
    open(options);
    throw cause;
  }
  return rulesNow();
}

const rulesNow = () => ({
  weights: parts.weights.version,
  calibration: parts.weights.calibration?.version ?? null,
  ...(note === undefined ? {} : { note }),
});

port.on('message', (ask: WorkerAsk) => {
  try {
    if ('cut' in ask) {
      port.postMessage({ id: ask.id, answer: parts.cut(ask.cut) });
      return;
    }
    if ('rules' in ask) {
      port.postMessage({ id: ask.id, answer: takeRules(ask.rules) });
      return;
    }
    const answer = packUnderstood(understand(ask.posts.map(postOf)));
    port.postMessage({ id: ask.id, answer }, [answer.signatures.buffer]);
  } catch (error) {
    port.postMessage({ id: ask.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
port.postMessage({ ready: { provider: opened.provider, stamp: opened.stamp, ...rulesNow() } });
