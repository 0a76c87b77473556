import type { PrecedentsBody, SpreadBody } from '../../../../server/contract/history.ts';
import { read } from '../../live/api.ts';

/** The spread picture and the precedents of one incident, read when its file is opened and again when `read` is called. One may fail alone. */
export class SignsState {
  spread = $state.raw<SpreadBody | null>(null);
  spreadFailed = $state('');
  precedents = $state.raw<PrecedentsBody | null>(null);
  precedentsFailed = $state('');

  readonly #id: string;

  constructor(id: string) {
    this.#id = encodeURIComponent(id);
  }

  async read(): Promise<void> {
    await Promise.all([this.readSpread(), this.readPrecedents()]);
  }

  async readSpread(): Promise<void> {
    try {
      this.spread = await read<SpreadBody>(`incidents/${this.#id}/spread`);
      this.spreadFailed = '';
    } catch (cause) {
      this.spreadFailed = cause instanceof Error ? cause.message : String(cause);
    }
  }

  async readPrecedents(): Promise<void> {
    try {
      this.precedents = await read<PrecedentsBody>(`incidents/${this.#id}/precedents`);
      this.precedentsFailed = '';
    } catch (cause) {
      this.precedentsFailed = cause instanceof Error ? cause.message : String(cause);
    }
  }
}
