import type { WatchAsk, WatchPage, WatchRow } from '../../../server/contract/watches.ts';
import { read, ReadFailed } from '../live/api.ts';
import type { Question } from './search-question.ts';
import { watchQuery } from './watch-question.ts';
import { words } from './words.ts';

const RULE = { open: { posts: 3, minutes: 10 }, close: { posts: 1, minutes: 60 } } as const;
const LONGEST_NAME = 40;

/** Saved searches: watches, of which a paused one is a search that is only kept. */
export class SavedState {
  rows = $state.raw<readonly WatchRow[] | null>(null);
  /** Why the last reading failed; empty while it did not. */
  failed = $state('');
  /** What was just done, or why not. */
  said = $state('');
  busy = $state(false);

  async read(): Promise<void> {
    try {
      this.rows = (await read<WatchPage>('watches')).watches;
      this.failed = '';
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    }
  }

  /** One click: the search as a watch that alerts, or as one that is only kept. */
  async save(question: Question, alerting: boolean): Promise<void> {
    const asked = watchQuery(question);
    if (asked === null) return;
    const { query } = asked;
    const name = [...query.all, ...query.any, ...query.needs, ...query.duties].join('、').slice(0, LONGEST_NAME);
    const ask: WatchAsk = {
      ...{ name: name === '' ? words.saved.nameless : name, query, ...RULE },
      ...{ quiet: null, channel: null, paused: !alerting, expected: 0, why: '' },
    };
    await this.#act(() => read('watches', ask), alerting ? words.saved.watched(ask.name) : words.saved.kept(ask.name));
  }

  /** One click back and forth: a watch becomes a search that is only kept, and a watch again. */
  async turn({ id, name, query, open, close, quiet, channel, paused, version }: WatchRow): Promise<void> {
    const ask: WatchAsk = {
      ...{ name, query, open, close, quiet, channel, paused: !paused, expected: version, why: '' },
    };
    await this.#act(
      () => read(`watches/${id}`, ask, 'PUT'),
      paused ? words.saved.watched(name) : words.saved.stopped(name),
    );
  }

  async #act(ask: () => Promise<unknown>, said: string): Promise<void> {
    this.busy = true;
    try {
      await ask();
      this.said = said;
    } catch (cause) {
      const isConflict = cause instanceof ReadFailed && cause.status === 409;
      this.said = isConflict
        ? words.saved.meanwhile
        : words.saved.notKept(cause instanceof Error ? cause.message : String(cause));
    } finally {
      this.busy = false;
      await this.read();
    }
  }
}
