import type {
  LetterRow,
  ReplayAnswer,
  ReplayAsk,
  SourceAskBody,
  SourceDetail,
  SourcesPage,
} from '../../../server/contract/sources.ts';
import { api } from '../live/api.ts';
import { words } from './words.ts';

/** Who does what can not be taken back, and why. */
export interface Signed {
  readonly who: string;
  readonly why: string;
}

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

  /** The source, or the part of the page, that something is being done to. */
  acting = $state('');
  /** Why the last act on it was not done. */
  actFailed = $state('');
  /** What was done last, to be said; with how it is taken back, where it can be. */
  done = $state.raw<{ readonly says: string; readonly undo?: () => Promise<void> } | null>(null);
  /** A new token: it is shown this once. */
  token = $state.raw<{ readonly name: string; readonly token: string } | null>(null);

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

  /** Does one thing at a time and reads again. False where it was refused: `actFailed` says why. */
  async #act(on: string, act: () => Promise<void>): Promise<boolean> {
    if (this.acting !== '') return false;
    this.acting = on;
    this.actFailed = '';
    try {
      await act();
      return true;
    } catch (cause) {
      this.actFailed = cause instanceof Error ? cause.message : String(cause);
      return false;
    } finally {
      this.acting = '';
      await this.read();
    }
  }

  add(ask: SourceAskBody): Promise<boolean> {
    return this.#act('+', async () => {
      const { token } = await api.describeSource(ask);
      this.done = { says: words.added(ask.name) };
      if (token !== undefined) this.token = { name: ask.name, token };
    });
  }

  change(was: SourceDetail, ask: SourceAskBody): Promise<boolean> {
    return this.#act(was.name, async () => {
      await api.describeSource(ask);
      const { name, region, caps, way, every, cadence } = was;
      const before = { name, region, caps: [...caps], ...(way === 'feed' ? { every: every ?? 900 } : { cadence }) };
      // The page never shows the whole address of a feed, so a new one can not be taken back here.
      const undo = async (): Promise<void> => {
        await this.#act(name, async () => {
          await api.describeSource(before);
          this.done = { says: words.undone(name) };
        });
      };
      this.done = { says: words.changed(name), ...(ask.place === undefined ? { undo } : {}) };
    });
  }

  pause({ name }: SourceDetail, paused: boolean): Promise<boolean> {
    return this.#act(name, async () => {
      await api.pauseSource({ name, paused });
      const undo = async (): Promise<void> => {
        await this.#act(name, async () => {
          await api.pauseSource({ name, paused: !paused });
          this.done = { says: words.undone(name) };
        });
      };
      this.done = { says: paused ? words.pausedNow(name) : words.resumed(name), undo };
    });
  }

  remove({ name }: SourceDetail, by: Signed): Promise<boolean> {
    return this.#act(name, async () => {
      await api.removeSource({ name, ...by });
      this.done = { says: words.removed(name) };
    });
  }

  renew({ name }: SourceDetail, by: Signed): Promise<boolean> {
    return this.#act(name, async () => {
      const { token } = await api.newToken({ name, ...by });
      this.token = { name, token };
      this.done = { says: words.renewed(name) };
    });
  }

  drop(seqs: readonly number[], by: Signed): Promise<boolean> {
    return this.#act('letters', async () => {
      const { dropped } = await api.dropLetters({ seqs: [...seqs], ...by });
      this.replayed = null;
      this.done = { says: words.droppedLetters(dropped) };
    });
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
