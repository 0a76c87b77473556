import type { LetterRow, ReplayAnswer, ReplayAsk, SourcesPage } from '../../../server/contract/sources.ts';
import { api } from '../live/api.ts';

const EVERY = 5_000;
const STALE_AFTER = 15_000;
const PAGE = 50;

/** What the page 数据源 knows: read again every few seconds, kept while a reading fails. */
export class SourcesState {
  page = $state.raw<SourcesPage | null>(null);
  /** Why the last reading failed; empty while it did not. */
  failed = $state('');
  letters = $state.raw<readonly LetterRow[]>([]);
  lettersFailed = $state('');
  /** Whether there may be more letters than are shown. */
  moreLetters = $state(false);
  source = $state('');
  replaying = $state(false);
  replayed = $state.raw<ReplayAnswer | string | null>(null);
  /** ms on the page's own clock since the last good reading. */
  readonly stale = $derived.by(() => this.page !== null && this.#local - this.#readAt > STALE_AFTER);
  /** The server's now, ticked on between readings. */
  readonly now = $derived.by(() =>
    this.page === null ? 0 : Date.parse(this.page.now) + (this.page.drill ? 0 : this.#local - this.#readAt),
  );

  #local = $state(performance.now());
  #readAt = $state(0);
  #wanted = PAGE;

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
      this.page = await api.sourcesPage();
      this.#readAt = performance.now();
      this.#local = this.#readAt;
      this.failed = '';
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    }
    await this.#readLetters();
  }

  async #readLetters(): Promise<void> {
    try {
      const source = this.source === '' ? {} : { source: this.source };
      this.letters = await api.letters({ limit: this.#wanted, ...source });
      this.moreLetters = this.letters.length === this.#wanted && this.#wanted < 200;
      this.lettersFailed = '';
    } catch (cause) {
      this.lettersFailed = cause instanceof Error ? cause.message : String(cause);
    }
  }

  async choose(source: string): Promise<void> {
    this.source = source;
    this.#wanted = PAGE;
    await this.#readLetters();
  }

  async showMore(): Promise<void> {
    this.#wanted = Math.min(200, this.#wanted + PAGE);
    await this.#readLetters();
  }

  async replay(ask: ReplayAsk): Promise<void> {
    if (this.replaying) return;
    this.replaying = true;
    this.replayed = null;
    try {
      this.replayed = await api.replayLetters(ask);
    } catch (cause) {
      this.replayed = cause instanceof Error ? cause.message : String(cause);
    } finally {
      this.replaying = false;
    }
    await this.read();
  }
}
