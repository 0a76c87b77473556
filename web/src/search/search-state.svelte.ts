import type { FoundPostsBody, PostRow } from '../../../server/contract/http.ts';
import type { Pulse } from '../../../server/contract/pulse.ts';
import type { FacetsBody, HistogramBody } from '../../../server/contract/search.ts';
import { read } from '../live/api.ts';
import { addressOf, askOf, periodOf, readQuestion, stepOf, type Period, type Question } from './search-question.ts';

const PAGE = 50;
const COPIES = 20;
/** While posts are still being indexed, the answer is asked for again. */
const AGAIN_MS = 5_000;

export interface Answer {
  readonly counts: FacetsBody;
  readonly buckets: HistogramBody['buckets'];
  readonly period: Period | null;
  readonly step: number;
  /** The server's now, epoch ms. */
  readonly now: number;
  readonly behind: number;
}

/** What the page 检索 asks and knows. The address is the question; an answer that comes late to another question is dropped. */
export class SearchState {
  question = $state.raw<Question>(readQuestion(location.search));
  answer = $state.raw<Answer | null>(null);
  posts = $state.raw<readonly PostRow[]>([]);
  next = $state<string | undefined>(undefined);
  /** Why the last reading failed; empty while it did not. */
  failed = $state('');
  busy = $state(false);
  #run = 0;
  #again: ReturnType<typeof setTimeout> | undefined;

  follow(): () => void {
    const back = (): void => {
      this.question = readQuestion(location.search);
      void this.read();
    };
    addEventListener('popstate', back);
    void this.read();
    return () => {
      removeEventListener('popstate', back);
      clearTimeout(this.#again);
      this.#run++;
    };
  }

  /** Another question: a new entry of the browser's history. */
  ask(change: Partial<Question>): void {
    this.question = { ...this.question, ...change };
    history.pushState(history.state, '', `${location.pathname}${addressOf(this.question)}`);
    void this.read();
  }

  async read(): Promise<void> {
    const run = ++this.#run;
    clearTimeout(this.#again);
    this.busy = true;
    try {
      const { question } = this;
      // The server's clock says what the last week is: in a drill it runs faster.
      const now = Date.parse((await read<Pulse>('pulse')).now);
      const period = periodOf(question, now);
      const asked = askOf(question, period);
      const step = period === null ? 0 : stepOf(period);
      const [found, counts, time] = await Promise.all([
        read<FoundPostsBody>(`posts?${asked}&folded=true&reasons=true&limit=${PAGE}`),
        read<FacetsBody>(`posts/facets?${asked}`),
        period === null ? { buckets: [] } : read<HistogramBody>(`posts/histogram?${asked}&step=${step}`),
      ]);
      if (run !== this.#run) return;
      this.answer = { counts, buckets: time.buckets, period, step, now, behind: found.behind };
      this.posts = found.posts;
      this.next = found.next;
      this.failed = '';
      if (found.behind > 0) this.#again = setTimeout(() => void this.#refresh(), AGAIN_MS);
    } catch (cause) {
      if (run === this.#run) this.failed = cause instanceof Error ? cause.message : String(cause);
    } finally {
      if (run === this.#run) this.busy = false;
    }
  }

  async more(): Promise<void> {
    if (this.busy || this.next === undefined || this.answer === null) return;
    const run = this.#run;
    this.busy = true;
    try {
      const asked = askOf(this.question, this.answer.period);
      asked.set('after', this.next);
      const found = await read<FoundPostsBody>(`posts?${asked}&folded=true&reasons=true&limit=${PAGE}`);
      if (run !== this.#run) return;
      this.posts = [...this.posts, ...found.posts];
      this.next = found.next;
      this.failed = '';
    } catch (cause) {
      if (run === this.#run) this.failed = cause instanceof Error ? cause.message : String(cause);
    } finally {
      if (run === this.#run) this.busy = false;
    }
  }

  /** The newest copies of a text within the question. @throws ReadFailed */
  async copies(group: string): Promise<readonly PostRow[]> {
    const asked = askOf(this.question, this.answer?.period ?? null);
    asked.set('group', group);
    return (await read<FoundPostsBody>(`posts?${asked}&limit=${COPIES}`)).posts;
  }

  /** Somebody who has read on keeps what is before them. */
  async #refresh(): Promise<void> {
    if (this.posts.length <= PAGE && !this.busy) await this.read();
  }
}
