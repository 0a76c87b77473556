import { tierRank } from '../pipelines/domain/tier.ts';
import type { Hysteresis, WatchQuery } from '../pipelines/domain/watch.ts';
import { tryWatch } from '../pipelines/4-watch/try-watch.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { PostStore, StoredPost } from '../pipelines/ports/post-store.ts';
import type { WatchTest } from './contract/watches.ts';
import type { WatchFollower } from './watch-follower.ts';
import { postRow } from './views.ts';

export interface TrialParts {
  readonly store: PostStore;
  readonly desk: DeskStore;
  readonly follower: WatchFollower;
  readonly clock: Clock;
  /** Accepted posts that are not searchable yet. */
  readonly behind: () => number;
}

export interface WatchTrial {
  /** @throws StoreUnavailable */
  of(query: WatchQuery, rule: Hysteresis): Promise<WatchTest>;
}

const DAY = 86_400_000;
const ZONE = 8 * 3_600_000;
const PAGE = 200;
/** The newest posts that a trial looks at. */
const JUDGED = 4_000;
const SHOWN = 20;

const iso = (at: number): string => new Date(at).toISOString();

/**
 * What a watch would have matched in the last seven days, and when it would have opened: the same question, asked of the search store.
 * The rung is that which an incident has now; as posts come it is the one it has then, so a trial may show more.
 */
export function buildWatchTrial({ store, desk, follower, clock, behind }: TrialParts): WatchTrial {
  const highEnough = ({ rung }: WatchQuery, posts: readonly StoredPost[]): readonly StoredPost[] => {
    if (rung === null) return posts;
    const incidents = desk.incidentsOf(posts.map(({ id }) => id));
    return posts.filter(({ id }) => {
      const incident = incidents.get(id);
      const stands = incident === undefined ? undefined : desk.incident(incident)?.rung;
      return stands !== undefined && tierRank(stands) >= tierRank(rung);
    });
  };

  return {
    async of(query, rule) {
      const match = await follower.cutQuery(query);
      const to = clock.now();
      // Seven days of Asia/Shanghai, today the last.
      const from = Math.floor((to + ZONE) / DAY) * DAY - ZONE - 6 * DAY;
      const matched: StoredPost[] = [];
      let judged = 0;
      let total: number;
      let after: string | undefined;
      do {
        const page = await store.find({
          ...{ match, folded: true, from, to, limit: PAGE },
          ...(after === undefined ? {} : { after }),
        });
        matched.push(...highEnough(query, page.posts));
        judged += page.posts.length;
        total = page.total;
        after = page.next;
      } while (after !== undefined && judged < JUDGED);
      const whole = after === undefined;
      const buckets =
        whole || query.rung !== null
          ? undefined
          : await store.histogram({ match, folded: true, from, to: from + 7 * DAY }, DAY);
      const days = Array.from({ length: 7 }, (_, day) => {
        const at = from + day * DAY;
        const counted = matched.filter(({ time }) => time >= at && time < at + DAY).length;
        return { at: iso(at), posts: buckets?.[day]?.posts ?? counted };
      });
      const openings = tryWatch(rule, matched, to);
      const typed = (terms: readonly (readonly string[])[]): string[] => terms.map((term) => term.join(' '));
      return {
        from: iso(from),
        to: iso(to),
        total: whole || query.rung !== null ? matched.length : total,
        atLeast: !whole,
        days,
        openings: openings.map(({ at, closedAt, count }) => ({
          at: iso(at),
          closedAt: closedAt === null ? null : iso(closedAt),
          count,
        })),
        posts: matched.slice(0, SHOWN).map((post) => postRow(post, 1)),
        words: { all: typed(match.all), any: typed(match.any), none: typed(match.none) },
        behind: behind(),
      };
    },
  };
}
