import { parentPort, workerData } from 'node:worker_threads';
import { understanding, type UnderstandingParts } from '../pipelines/pipeline.ts';
import { forgetGazetteers } from './load-gazetteer.ts';
import { openRules, openUnderstanding, type UnderstandingOptions } from './open-understanding.ts';
import type { Reasoned } from '../pipelines/2-understand/classify.ts';
import { emptyBatch, packInto, postAt, type AskedBatch, type UnderstoodBatch } from './understood-message.ts';

/** One thread that understands batches, and cuts search words with the same tokeniser. */
export type WorkerAsk =
  | { readonly id: number; readonly posts: AskedBatch; readonly reasoned: Reasoned }
  | { readonly id: number; readonly cut: string }
  /** From here on by the rules of these files; what was asked before is answered by the old ones. */
  | { readonly id: number; readonly rules: UnderstandingOptions };

const port = parentPort;
if (port === null) throw new Error('understand-worker runs as a worker thread only');

let options = workerData as UnderstandingOptions;
const opened = await openUnderstanding(options);
let { parts } = opened;
let { note } = opened;
let understand = stagesOf(parts);

/**
 * Posts that are understood together. What a post leaves behind lies in the young generation only as long as its few neighbours are
 * at work, and is never moved to the old one: a whole batch at once cost twice the garbage collection.
 */
const AT_ONCE = 16;

function stagesOf(of: UnderstandingParts): Record<Reasoned, ReturnType<typeof understanding>> {
  return { all: understanding(of), danger: understanding({ ...of, reasoned: 'danger' }) };
}

function answerTo(asked: AskedBatch, reasoned: Reasoned): UnderstoodBatch {
  const rows = asked.texts.length;
  const answer = emptyBatch(rows);
  for (let at = 0; at < rows; at += AT_ONCE)
    packInto(
      answer,
      understand[reasoned](Array.from({ length: Math.min(AT_ONCE, rows - at) }, (_, next) => postAt(asked, at + next))),
    );
  return answer;
}

/** The words stay cut as they are: the index bears their stamp. @throws Error where the files are wrong: the old rules stay */
function takeRules(next: UnderstandingOptions): ReturnType<typeof rulesNow> {
  const { cut } = parts;
  const open = (from: UnderstandingOptions): void => {
    const { rules, note: said } = openRules(from);
    parts = { ...rules, cut };
    note = said;
    understand = stagesOf(parts);
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
    const answer = answerTo(ask.posts, ask.reasoned);
    const { scores, labels, signatures } = answer;
    port.postMessage({ id: ask.id, answer }, [scores.buffer, labels.buffer, signatures.buffer]);
  } catch (error) {
    port.postMessage({ id: ask.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
port.postMessage({ ready: { provider: opened.provider, stamp: opened.stamp, ...rulesNow() } });
