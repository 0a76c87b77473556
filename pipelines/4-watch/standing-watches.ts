import { readPost, type Matchable, type PostMatch } from '../domain/post-match.ts';
import type { PostId } from '../domain/post.ts';
import { tierRank, type Tier } from '../domain/tier.ts';
import { quietUntil, type Watch, type WatchHit, type WatchId } from '../domain/watch.ts';
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
  #matcher = new WatchMatcher([]);
  #states = new Map<WatchId, { since: number; state: MatchState }>();
  #open = new Map<WatchId, Watch>();
  #watermark = 0;

  /** From here on these are asked, the paused ones not. Whoever's query and rule did not change goes on counting. */
  use(watches: readonly StandingWatch[]): void {
    this.#watches = watches.filter(({ watch }) => !watch.paused && !watch.deleted);
    this.#matcher = new WatchMatcher(this.#watches.map(({ match }) => match));
    const before = this.#states;
    this.#states = new Map();
    this.#open = new Map();
    for (const { watch } of this.#watches) {
      const held = before.get(watch.id);
      if (held === undefined || held.since !== watch.since) continue;
      this.#states.set(watch.id, held);
      if (held.state.openedAt !== null) this.#open.set(watch.id, watch);
    }
  }

  /** @param rungOf the rung of the incident that a post is evidence of */
  take(posts: readonly WatchedPost[], rungOf: (post: PostId) => Tier | undefined): readonly WatchHit[] {
    const hits: WatchHit[] = [];
    for (const post of posts) {
      this.#watermark = Math.max(this.#watermark, post.time);
      if (post.group === post.id && this.#watches.length > 0) this.#ask(post, rungOf, hits);
    }
    for (const watch of [...this.#open.values()]) this.#closeWhereDue(watch, hits);
    return hits;
  }

  #ask(post: WatchedPost, rungOf: (post: PostId) => Tier | undefined, hits: WatchHit[]): void {
    for (const at of this.#matcher.match(readPost(post))) {
      const { watch } = this.#watches[at]!;
      if (!standsHighEnough(watch.query.rung, rungOf(post.id))) continue;
      this.#closeWhereDue(watch, hits);
      const state = this.#stateOf(watch);
      const opening = noteMatch(state, watch.hysteresis, {
        at: post.time,
        post: post.id,
        atRisk: post.need.lifeAtRisk,
      });
      if (opening === undefined || state.openedAt === null) continue;
      this.#open.set(watch.id, watch);
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

  #closeWhereDue(watch: Watch, hits: WatchHit[]): void {
    const state = this.#states.get(watch.id)?.state;
    const at = state === undefined ? undefined : closesAt(state, watch.hysteresis);
    if (state === undefined || at === undefined || this.#watermark < at) return;
    const { id, version } = watch;
    const [openedAt, count] = [state.openedAt!, state.count];
    const quiet = quietUntil(watch.quiet, at);
    hits.push({ watch: id, version, event: 'closed', at, openedAt, posts: [], count, quietUntil: quiet });
    close(state);
    this.#open.delete(id);
  }

  #stateOf({ id, since }: Watch): MatchState {
    let held = this.#states.get(id);
    if (held === undefined) this.#states.set(id, (held = { since, state: newMatchState() }));
    return held.state;
  }

  /** How a watch stands; undefined where nothing has matched it yet. */
  stateOf(id: WatchId): Pick<MatchState, 'openedAt' | 'count' | 'lastAt'> | undefined {
    return this.#states.get(id)?.state;
  }

  save(): StandingState {
    return { watermark: this.#watermark, states: this.#states };
  }

  load({ watermark, states }: StandingState): void {
    this.#watermark = watermark;
    this.#states = new Map(states);
    this.use(this.#watches);
  }
}

export const standsHighEnough = (least: Tier | null, rung: Tier | undefined): boolean =>
  least === null || (rung !== undefined && tierRank(rung) >= tierRank(least));
