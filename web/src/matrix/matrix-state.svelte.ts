import type {
  AccuracyBody,
  ChangesAnswer,
  ChangesAsk,
  ImportAnswer,
  MatrixPage,
} from '../../../server/contract/matrix.ts';
import { matrixApi } from './matrix-api.ts';
import { words } from './words.ts';

const EVERY = 10_000;
const STALE_AFTER = 25_000;

/** What the page 矩阵 knows: read again now and then and after every change, kept while a reading fails. */
export class MatrixState {
  page = $state.raw<MatrixPage | null>(null);
  accuracy = $state.raw<AccuracyBody | null>(null);
  /** Why the last reading failed; empty while it did not. */
  failed = $state('');
  /** What was just done, or why not; and the batch that can be taken back. */
  told = $state('');
  toldFailed = $state(false);
  undoable = $state<number | null>(null);
  busy = $state(false);
  readonly stale = $derived.by(() => this.page !== null && this.#local - this.#readAt > STALE_AFTER);

  #local = $state(performance.now());
  #readAt = $state(0);

  /** Reads until the answer is called. */
  follow(): () => void {
    const reading = setInterval(() => void this.read(), EVERY);
    const ticking = setInterval(() => (this.#local = performance.now()), 1_000);
    void this.read();
    return () => {
      clearInterval(reading);
      clearInterval(ticking);
    };
  }

  async read(): Promise<void> {
    try {
      [this.page, this.accuracy] = await Promise.all([matrixApi.page(), matrixApi.accuracy()]);
      this.#readAt = performance.now();
      this.#local = this.#readAt;
      this.failed = '';
    } catch (cause) {
      this.failed = sentence(cause);
    }
  }

  /** @returns why it was not kept; empty where it was. */
  async change(ask: ChangesAsk): Promise<string> {
    return this.#act(async () => this.#kept(await matrixApi.change(ask)));
  }

  async undo(batch: number): Promise<void> {
    const why = await this.#act(async () => {
      await matrixApi.undo(batch);
      this.#tell(words.undone, false, null);
    });
    if (why !== '') this.#tell(why, true, null);
  }

  /** @returns why it was not taken; empty where it was. */
  async take(importing: () => Promise<ImportAnswer>): Promise<string> {
    return this.#act(async () => {
      const answer = await importing();
      const n = answer.added.length + answer.changed.length;
      this.#tell(words.saved(n), false, answer.batch);
    });
  }

  #kept(answer: ChangesAnswer): void {
    this.#tell(words.saved(answer.kept.length), false, answer.kept[0]?.batch ?? null);
  }

  #tell(told: string, failed: boolean, undoable: number | null): void {
    this.told = told;
    this.toldFailed = failed;
    this.undoable = undoable;
  }

  async #act(work: () => Promise<void>): Promise<string> {
    if (this.busy) return '';
    this.busy = true;
    try {
      await work();
    } catch (cause) {
      return sentence(cause);
    } finally {
      this.busy = false;
      await this.read();
    }
    return '';
  }
}

export const sentence = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
