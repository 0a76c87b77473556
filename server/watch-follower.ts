import type { PostMatch } from '../pipelines/domain/post-match.ts';
import type { FoldedPost, PostId } from '../pipelines/domain/post.ts';
import type { Tier } from '../pipelines/domain/tier.ts';
import type { KeptHit, Watch, WatchQuery } from '../pipelines/domain/watch.ts';
import { matchOf } from '../pipelines/4-watch/match-of.ts';
import { StandingWatches, type StandingState } from '../pipelines/4-watch/standing-watches.ts';
import type { Watched } from '../pipelines/ports/desk-store.ts';
import type { WatchBook } from '../pipelines/ports/watch-book.ts';
import type { BatchFollower } from './batch-follower.ts';

/** What goes out where a watch opens or closes: the kept row, and the watch as it is now. Called once a hit, also after a restart. */
export type HitListener = (hit: KeptHit, watch: Watch) => void;

/** The watches of the book, asked of every batch; who listens is told of each hit once it is kept. */
export class WatchFollower implements BatchFollower {
  readonly #book: WatchBook;
  readonly #cut: (text: string) => Promise<readonly string[]>;
  readonly #standing = new StandingWatches();
  readonly #listeners = new Set<HitListener>();
  /** Terms as they are cut: cutting is asked of another thread, and the tokeniser stays the same. */
  readonly #words = new Map<string, readonly string[]>();
  #asked = 0;

  constructor(book: WatchBook, cut: (text: string) => Promise<readonly string[]>) {
    this.#book = book;
    this.#cut = cut;
  }

  listen(listener: HitListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** From here on the watches are asked as the book has them now. */
  async refresh(): Promise<void> {
    const turn = ++this.#asked;
    const watches = this.#book.list().filter(({ deleted }) => !deleted);
    const standing: { watch: Watch; match: PostMatch }[] = [];
    for (const watch of watches) standing.push({ watch, match: await this.cutQuery(watch.query) });
    // A later change has read the book anew.
    if (turn === this.#asked) this.#standing.use(standing);
  }

  async cutQuery(query: WatchQuery): Promise<PostMatch> {
    for (const term of [...query.all, ...query.any, ...query.none])
      if (!this.#words.has(term)) this.#words.set(term, await this.#cut(term));
    return matchOf(query, (term) => this.#words.get(term) ?? []);
  }

  stateOf(watch: Watch): ReturnType<StandingWatches['stateOf']> {
    return this.#standing.stateOf(watch.id);
  }

  take(posts: readonly FoldedPost[], watched: Watched): void {
    const rungs = new Map(watched.incidents.map(({ id, rung }) => [id, rung]));
    const rungOf = new Map<PostId, Tier>();
    for (const { post, incident } of watched.evidence) {
      const rung = rungs.get(incident);
      if (rung !== undefined) rungOf.set(post, rung);
    }
    const hits = this.#standing.take(posts, (post) => rungOf.get(post));
    for (const hit of this.#book.record(hits)) {
      const watch = this.#book.get(hit.watch);
      if (watch !== undefined) for (const listener of this.#listeners) listener(hit, watch);
    }
  }

  save(): StandingState {
    return this.#standing.save();
  }

  load(state: unknown): void {
    this.#standing.load(state as StandingState);
  }
}
