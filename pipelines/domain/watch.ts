import type { QuietHours } from './quiet-hours.ts';
import type { Duty } from './duty.ts';
import type { NeedKind, PostId, PostKind } from './post.ts';
import type { RegionCode } from './region.ts';
import type { Tier } from './tier.ts';

/** 关注: a saved question that is asked of every new post. */
export type WatchId = string & { readonly __watch: unique symbol };

/** In the words a person typed; a list that is empty asks nothing. What it means of a post: post-match.ts. */
export interface WatchQuery {
  readonly all: readonly string[];
  readonly any: readonly string[];
  readonly none: readonly string[];
  readonly regions: readonly RegionCode[];
  readonly needs: readonly NeedKind[];
  readonly duties: readonly Duty[];
  readonly kinds: readonly PostKind[];
  /** Only posts of an incident that stands at least this high when they come. */
  readonly rung: Tier | null;
}

/** Opens at `open.posts` matches within `open.ms`; closes when there have been fewer than `close.posts` for `close.ms`. */
export interface Hysteresis {
  readonly open: { readonly posts: number; readonly ms: number };
  /** At most `open.posts`. */
  readonly close: { readonly posts: number; readonly ms: number };
}

export interface WatchBody {
  readonly name: string;
  readonly query: WatchQuery;
  readonly hysteresis: Hysteresis;
  readonly quiet: QuietHours | null;
  /** The name of a way to tell people; null: the screens alone. */
  readonly channel: string | null;
  readonly paused: boolean;
}

/** One version of a watch: never edited, a change is a new version. */
export interface Watch extends WatchBody {
  readonly id: WatchId;
  /** 1, 2, 3 … */
  readonly version: number;
  /** The version since which query and hysteresis are as they are: what was counted before it counts no more. */
  readonly since: number;
  readonly deleted: boolean;
  /** Epoch ms. */
  readonly savedAt: number;
  readonly by: { readonly id: string; readonly name: string };
  /** The reason, in words; may be empty. */
  readonly why: string;
}

export const HIT_EVENTS = ['opened', 'closed'] as const;

/** A watch that opened or closed. Times are event time, epoch ms. */
export interface WatchHit {
  readonly watch: WatchId;
  readonly version: number;
  readonly event: (typeof HIT_EVENTS)[number];
  readonly at: number;
  /** When it opened: the same as `at` for an opening. */
  readonly openedAt: number;
  /** The matches it opened at, oldest first, at most 50; none for a closing. */
  readonly posts: readonly PostId[];
  /** Matches since the first of those. */
  readonly count: number;
  /** Until when its channel stays silent; null where it may speak at once: out of quiet hours, and always where a life is at risk. */
  readonly quietUntil: number | null;
}

/** A hit as it is kept; `seq` only grows. */
export type KeptHit = WatchHit & { readonly seq: number };
