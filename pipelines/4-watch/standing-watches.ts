import { readPost, type Matchable, type PostMatch } from '../domain/post-match.ts';
import type { PostId } from '../domain/post.ts';
import { tierRank, type Tier } from '../domain/tier.ts';
import { quietUntil } from '../domain/quiet-hours.ts';
import type { Watch, WatchHit, WatchId } from '../domain/watch.ts';
import { close, closesAt, newMatchState, noteMatch, type MatchState } from './hysteresis.ts';
import { WatchMatcher } from './match-watches.ts';

/** A watch with its words cut, as posts are matched against it. */
export interface StandingWatch {
  readonly watch: Watch;
  readonly match: PostMatch;
}

/** What is looked at of a post as it comes. */
export interface WatchedPost extends Matchable {
  readonly group: PostId;
  /** Event time, epoch ms. */
  readonly time: number;
  readonly need: Matchable['need'] & { readonly lifeAtRisk: boolean };
}

export interface StandingState {
  readonly watermark: number;
  readonly states: ReadonlyMap<WatchId, { readonly since: number; readonly state: MatchState }>;
}

const POSTS_TOLD = 50;

/**
 * Asks every watch of every new post, in event time and without a clock: the same posts give the same hits in any batches and at
 * any speed. A copy of a text that was seen before counts for none, as everywhere.
 */
export class StandingWatches {
  #watches: readonly StandingWatch[] = [];
  #states: MatchState[] = [];
  #matcher = new WatchMatcher([]);
  /** Places in the list of watches. */
  #open = new Set<number>();
  #watermark = 0;

  /** From here on these are asked, the paused ones not. Whoever's query and rule did not change goes on counting. */
  use(watches: readonly StandingWatch[]): void {
    this.#take(watches, this.save().states);
  }

  #take(watches: readonly StandingWatch[], held: StandingState['states']): void {
    this.#watches = watches.filter(({ watch }) => !watch.paused && !watch.deleted);
    this.#matcher = new WatchMatcher(this.#watches.map(({ match }) => match));
    this.#states = this.#watches.map(({ watch: { id, since } }) => {
      const before = held.get(id);
      return before?.since === since ? before.state : newMatchState();
    });
    this.#open = new Set(this.#states.flatMap(({ openedAt }, at) => (openedAt === null ? [] : [at])));
  }

  /** @param rungOf the rung of the incident that a post is evidence of */
  take(posts: readonly WatchedPost[], rungOf: (post: PostId) => Tier | undefined): readonly WatchHit[] {
    const hits: WatchHit[] = [];
    for (const post of posts) {
      this.#watermark = Math.max(this.#watermark, post.time);
      if (post.group === post.id && this.#watches.length > 0) this.#ask(post, rungOf, hits);
    }
    for (const at of [...this.#open]) this.#closeWhereDue(at, hits);
    return hits;
  }

  #ask(post: WatchedPost, rungOf: (post: PostId) => Tier | undefined, hits: WatchHit[]): void {
    const match = { at: post.time, post: post.id, atRisk: post.need.lifeAtRisk };
    for (const at of this.#matcher.match(readPost(post))) {
      const { watch } = this.#watches[at]!;
      if (!standsHighEnough(watch.query.rung, rungOf(post.id))) continue;
      this.#closeWhereDue(at, hits);
      const state = this.#states[at]!;
      const opening = noteMatch(state, watch.hysteresis, match);
      if (opening === undefined || state.openedAt === null) continue;
      this.#open.add(at);
      hits.push({
        watch: watch.id,
        version: watch.version,
        event: 'opened',
        at: state.openedAt,
        openedAt: state.openedAt,
        posts: opening.slice(-POSTS_TOLD).map((match) => match.post),
        count: state.count,
        quietUntil: opening.some(({ atRisk }) => atRisk) ? null : quietUntil(watch.quiet, state.openedAt),
      });
    }
  }

  #closeWhereDue(place: number, hits: WatchHit[]): void {
    const state = this.#states[place]!;
    const { openedAt, count } = state;
    if (openedAt === null) return;
    const { id, version, hysteresis, quiet } = this.#watches[place]!.watch;
    const at = closesAt(state, hysteresis);
    if (at === undefined || this.#watermark < at) return;
    const until = quietUntil(quiet, at);
    hits.push({ watch: id, version, event: 'closed', at, openedAt, posts: [], count, quietUntil: until });
    close(state);
    this.#open.delete(place);
  }

  /** How a watch stands; undefined where nothing has matched it yet, or it is not asked. */
  stateOf(id: WatchId): Pick<MatchState, 'openedAt' | 'count' | 'lastAt'> | undefined {
    return this.#states[this.#watches.findIndex(({ watch }) => watch.id === id)];
  }

  save(): StandingState {
    const states = this.#watches.flatMap(({ watch: { id, since } }, at) => {
      const state = this.#states[at]!;
      return state.lastAt === null ? [] : [[id, { since, state }] as const];
    });
    return { watermark: this.#watermark, states: new Map(states) };
  }

  load({ watermark, states }: StandingState): void {
    this.#watermark = watermark;
    this.#take(this.#watches, states);
  }
}

export const standsHighEnough = (least: Tier | null, rung: Tier | undefined): boolean =>
  least === null || (rung !== undefined && tierRank(rung) >= tierRank(least));
