import type { AnsweringBody, DeclineAsk, JointAsk } from '../../../server/contract/answering.ts';
import type { FileEventRow } from '../../../server/contract/case-file.ts';
import { answeringApi } from '../answering/api.ts';
import { ReadFailed } from '../live/api.ts';
import type { OpenedFile } from './opened-file.svelte.ts';

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** What follows the answer of the file that is open at the desk, and the joint publications that this person plans or declines. */
export class AfterAnswer {
  body = $state.raw<AnsweringBody | null>(null);
  failed = $state('');
  sending = $state(false);
  /** Why the last ask was not kept, in words. */
  refused = $state('');
  /** Who was quicker, and what they did: of the file as it is now. */
  meanwhile = $state.raw<readonly FileEventRow[]>([]);

  readonly #held: OpenedFile;
  /** Answers may come in another order than they were asked for: only the last asked counts. */
  #asked = 0;
  #seen: number | undefined;

  constructor(held: OpenedFile) {
    this.#held = held;
  }

  get seq(): number | undefined {
    return this.#held.file?.brief.seq;
  }

  async read(): Promise<void> {
    const asked = (this.#asked += 1);
    try {
      const body = await answeringApi.answering(this.#held.id);
      if (asked !== this.#asked) return;
      this.body = body;
      this.failed = '';
    } catch (cause) {
      if (asked === this.#asked) this.failed = wordsOf(cause);
    }
  }

  /** A form is opened: what comes while somebody writes must be shown to them before theirs is kept. */
  begin(): void {
    this.forget();
    this.#seen = this.seq;
  }

  forget(): void {
    this.refused = '';
    this.meanwhile = [];
  }

  plan = (ask: Omit<JointAsk, 'seen'>): Promise<boolean> =>
    this.#send((seen) => answeringApi.planJoint(this.#held.id, { seen, ...ask }));

  decline = (ask: Omit<DeclineAsk, 'seen'>): Promise<boolean> =>
    this.#send((seen) => answeringApi.declineJoint(this.#held.id, { seen, ...ask }));

  async #send(ask: (seen: number) => Promise<unknown>): Promise<boolean> {
    const seen = this.#seen;
    if (this.sending || seen === undefined) return false;
    this.sending = true;
    this.forget();
    try {
      await ask(seen);
      // The new seq has the rest read again.
      await this.#held.read();
      return true;
    } catch (cause) {
      this.refused = wordsOf(cause);
      if (cause instanceof ReadFailed && cause.status === 409) {
        await this.#held.read();
        this.meanwhile = this.#held.file?.events.filter(({ seq }) => seq > seen) ?? [];
        // Now it has been shown.
        this.#seen = this.seq;
      }
      return false;
    } finally {
      this.sending = false;
    }
  }
}
