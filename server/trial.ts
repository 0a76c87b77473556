import type { Understanding } from '../pipelines/domain/post.ts';
import type { PlaceOf, Reason } from '../pipelines/domain/post.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { CalibrationOutcome } from './calibrate.ts';
import type { UnderstandingOptions } from './open-understanding.ts';
import { startWorker } from './start-worker.ts';

/** What is tried beside the running server, in a thread of its own that ends with the answer. */
export type TrialAsk =
  | { readonly kind: 'taxonomy'; readonly draft: string; readonly text: string | null }
  | {
      readonly kind: 'places';
      readonly draft: string;
      readonly home: RegionCode;
      /** Names that are new in the draft. */
      readonly names: readonly string[];
      /** A sentence, and its words as the index would have them. */
      readonly said: { readonly text: string; readonly tokens: readonly string[] } | null;
    }
  | {
      readonly kind: 'calibration';
      readonly varDir: string;
      readonly office: UnderstandingOptions;
      /** 0.5…1 */
      readonly precision: number;
    };

export interface TaxonomyTrial {
  /** The version that the weights have with these words. */
  readonly weights: string;
  readonly judged: Understanding | null;
  /** Cases that do not hold, one sentence each. */
  readonly failing: readonly string[];
}

export interface PlacesTrial {
  readonly place: PlaceOf | null;
  readonly because: readonly Reason[];
  /** Of the new names: also ordinary words; also names that the shipped lists have elsewhere. */
  readonly common: readonly string[];
  readonly shipped: readonly string[];
}

export interface CalibrationTrial extends CalibrationOutcome {
  readonly weights: string;
}

interface Answers {
  readonly taxonomy: TaxonomyTrial;
  readonly places: PlacesTrial;
  readonly calibration: CalibrationTrial;
}

export interface Trials {
  /** One after the other, so that memory for one is enough. @throws DraftFault in words for people where the draft is wrong */
  ask<K extends keyof Answers>(ask: Extract<TrialAsk, { readonly kind: K }>): Promise<Answers[K]>;
  close(): Promise<void>;
}

/** A draft that cannot come into force, in one sentence for people. */
export class DraftFault extends Error {
  override readonly name = 'DraftFault';
}

export type TrialSaid = { readonly answer: unknown } | { readonly fault: string };

const HEAP = { maxOldGenerationSizeMb: 512 };

export function openTrials(): Trials {
  let last: Promise<unknown> = Promise.resolve();
  const run = (ask: TrialAsk): Promise<unknown> => {
    const worker = startWorker(import.meta.url, './trial-worker', { workerData: ask, resourceLimits: HEAP });
    return new Promise((resolve, reject) => {
      worker.once('message', (said: TrialSaid) => {
        if ('fault' in said) reject(new DraftFault(said.fault));
        else resolve(said.answer);
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`a trial ended without an answer (code ${code})`)));
    }).finally(() => worker.terminate());
  };
  return {
    ask(ask) {
      const asked = last.then(() => run(ask));
      last = asked.catch(() => undefined);
      return asked as Promise<never>;
    },
    async close() {
      await last;
    },
  };
}
