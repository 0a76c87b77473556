import type { VersionsBody, WatchAsk, WatchPage, WatchRow } from '../../../server/contract/watches.ts';
import { read, ReadFailed } from '../live/api.ts';
import { words } from './words.ts';

const EVERY = 5_000;
const STALE_AFTER = 15_000;

/** What the page 关注 knows: read again every few seconds, kept while a reading fails. */
export class WatchesState {
  page = $state.raw<WatchPage | null>(null);
  /** Why the last reading failed; empty while it did not. */
  failed = $state('');
  /** What was just done, and what undoes it. */
  done = $state.raw<{ readonly said: string; readonly undo?: () => Promise<void> } | null>(null);
  readonly stale = $derived.by(() => this.page !== null && this.#local - this.#readAt > STALE_AFTER);
  readonly now = $derived.by(() => (this.page === null ? 0 : Date.parse(this.page.now)));

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
      this.page = await read<WatchPage>('watches');
      this.#readAt = performance.now();
      this.#local = this.#readAt;
      this.failed = '';
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    }
  }

  /** Empty where it was kept, else why not. */
  async save(id: string | null, ask: WatchAsk): Promise<string> {
    return this.#act(
      () => (id === null ? read('watches', ask) : read(`watches/${id}`, ask, 'PUT')),
      () => ({ said: words.saved(ask.name) }),
    );
  }

  async pause(watch: WatchRow): Promise<string> {
    const { name, query, open, close, quiet, channel, paused, version } = watch;
    return this.save(watch.id, {
      ...{ name, query, open, close, quiet, channel, expected: version, why: '' },
      paused: !paused,
    });
  }

  async remove({ id, name, version }: WatchRow): Promise<string> {
    return this.#act(
      () => read<WatchRow>(`watches/${id}`, { expected: version }, 'DELETE'),
      (row) => ({
        said: words.removed(name),
        undo: async () => {
          await this.#act(
            () => read(`watches/${id}/restore`, { expected: row.version }),
            () => null,
          );
        },
      }),
    );
  }

  versions(id: string): Promise<VersionsBody> {
    return read<VersionsBody>(`watches/${id}/versions`);
  }

  async #act<T>(ask: () => Promise<T>, done: (answer: T) => WatchesState['done']): Promise<string> {
    try {
      this.done = done(await ask());
      return '';
    } catch (cause) {
      if (cause instanceof ReadFailed && cause.status === 409) return words.meanwhile;
      const why = words.notSaved(cause instanceof Error ? cause.message : String(cause));
      this.done = { said: why };
      return why;
    } finally {
      await this.read();
    }
  }
}
