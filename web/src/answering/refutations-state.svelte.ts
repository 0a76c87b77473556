import type { AnsweringBody } from '../../../server/contract/answering.ts';
import type { ClaimFile, ClaimList, DecideAsk, DraftBody, SendAnswer } from '../../../server/contract/refutation.ts';
import { answeringApi } from './api.ts';

const EVERY = 5_000;
const STALE_AFTER = 15_000;
const CHOSEN = 'incident';

const whyOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** What the page 辟谣 knows: the list, and the one claim that is open. The address names it, so that it can be passed on. */
export class RefutationsState {
  list = $state.raw<ClaimList | null>(null);
  /** Why the last reading failed; empty while it did not. */
  failed = $state('');
  chosen = $state<string | null>(new URLSearchParams(location.search).get(CHOSEN));
  file = $state.raw<ClaimFile | null>(null);
  /** Echo and joint publications of the claim that is open; null until they are read. */
  answering = $state.raw<AnsweringBody | null>(null);
  fileFailed = $state('');
  /** What became of the last act, in one sentence. */
  said = $state('');
  actFailed = $state('');
  busy = $state(false);
  readonly stale = $derived.by(() => this.list !== null && this.#local - this.#readAt > STALE_AFTER);
  readonly now = $derived.by(() => (this.list === null ? 0 : Date.parse(this.list.now) + (this.#local - this.#readAt)));

  #local = $state(performance.now());
  #readAt = $state(0);

  /** Reads until the answer is called. */
  follow(): () => void {
    const reading = setInterval(() => void this.read(), EVERY);
    const ticking = setInterval(() => (this.#local = performance.now()), 1_000);
    const moved = (): void => void this.#take(new URLSearchParams(location.search).get(CHOSEN));
    addEventListener('popstate', moved);
    void this.read();
    return () => {
      clearInterval(reading);
      clearInterval(ticking);
      removeEventListener('popstate', moved);
    };
  }

  async read(): Promise<void> {
    try {
      this.list = await answeringApi.claims();
      this.#readAt = performance.now();
      this.#local = this.#readAt;
      this.failed = '';
    } catch (cause) {
      this.failed = whyOf(cause);
    }
    await this.#readFile();
  }

  async #readFile(): Promise<void> {
    const { chosen } = this;
    if (chosen === null) return;
    try {
      const file = await answeringApi.claim(chosen);
      if (this.chosen !== chosen) return;
      this.file = file;
      this.fileFailed = '';
      const answering = await answeringApi.answering(chosen);
      if (this.chosen === chosen) this.answering = answering;
    } catch (cause) {
      if (this.chosen === chosen) this.fileFailed = whyOf(cause);
    }
  }

  async choose(incident: string | null): Promise<void> {
    const { pathname } = location;
    history.pushState(null, '', incident === null ? pathname : `${pathname}?${CHOSEN}=${encodeURIComponent(incident)}`);
    await this.#take(incident);
  }

  async #take(incident: string | null): Promise<void> {
    if (this.chosen === incident) return;
    this.chosen = incident;
    this.file = null;
    this.answering = null;
    [this.fileFailed, this.said, this.actFailed] = ['', '', ''];
    await this.#readFile();
  }

  /** True where it was kept. */
  async save(draft: DraftBody, saved: string): Promise<boolean> {
    return this.#act(saved, (incident, seen) => answeringApi.draft(incident, { seen, draft }));
  }

  async decide(ask: Omit<DecideAsk, 'seen'>): Promise<boolean> {
    return this.#act('', (incident, seen) => answeringApi.decide(incident, { seen, ...ask }));
  }

  /** A receiver that fails is not an error of the page: what `words` makes of it is said. */
  async send(draft: number, words: (answer: SendAnswer) => string): Promise<void> {
    let said = '';
    const kept = await this.#act('', async (incident) => {
      said = words(await answeringApi.send(incident, draft));
      return answeringApi.claim(incident);
    });
    if (kept) this.said = said;
  }

  async #act(said: string, act: (incident: string, seen: number) => Promise<ClaimFile>): Promise<boolean> {
    const { chosen, file } = this;
    if (chosen === null || file === null || this.busy) return false;
    this.busy = true;
    [this.said, this.actFailed] = ['', ''];
    try {
      const after = await act(chosen, file.seq);
      if (this.chosen === chosen) this.file = after;
      this.said = said;
      return true;
    } catch (cause) {
      this.actFailed = whyOf(cause);
      return false;
    } finally {
      this.busy = false;
      void this.read();
    }
  }
}
