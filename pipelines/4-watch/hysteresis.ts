import type { Hysteresis } from '../domain/watch.ts';
import type { PostId } from '../domain/post.ts';

interface Match {
  readonly at: number;
  readonly post: PostId;
  readonly atRisk: boolean;
}

/** What a watch remembers of its matches: plain data, as many as its rule looks at. Times are event time, epoch ms. */
export interface MatchState {
  /** The newest matches by event time, oldest first. */
  recent: Match[];
  /** Since when it is open. */
  openedAt: number | null;
  /** Matches since the first of those it opened at; 0 while it is closed. */
  count: number;
  lastAt: number | null;
}

export const newMatchState = (): MatchState => ({ recent: [], openedAt: null, count: 0, lastAt: null });

/** Notes a match; answers those it opened at, oldest first, where it opened now. */
export function noteMatch(state: MatchState, rule: Hysteresis, match: Match): readonly Match[] | undefined {
  const { recent } = state;
  let place = recent.length;
  while (place > 0 && recent[place - 1]!.at > match.at) place--;
  if (place === recent.length) recent.push(match);
  else recent.splice(place, 0, match);
  state.lastAt = Math.max(state.lastAt ?? match.at, match.at);
  const opening = state.openedAt === null ? openingAround(recent, place, rule) : undefined;
  if (opening !== undefined) {
    state.openedAt = opening.at(-1)!.at;
    state.count = recent.filter(({ at }) => at >= opening[0]!.at).length;
  } else if (state.openedAt !== null) state.count++;
  const most = Math.max(rule.open.posts, rule.close.posts);
  if (recent.length > most) recent.shift();
  return opening;
}

/** A match that comes late may be what was missing among those before and after it. */
function openingAround(recent: readonly Match[], place: number, { open }: Hysteresis): readonly Match[] | undefined {
  for (let first = Math.max(0, place - open.posts + 1); first <= place; first++) {
    const last = recent[first + open.posts - 1];
    if (last !== undefined && last.at - recent[first]!.at <= open.ms) return recent.slice(first, first + open.posts);
  }
  return undefined;
}

/** When an open watch closes if nothing more matches; undefined for one that is closed. */
export function closesAt(state: MatchState, { close }: Hysteresis): number | undefined {
  if (state.openedAt === null) return undefined;
  const last = state.recent.at(-close.posts)?.at ?? state.openedAt;
  return Math.max(state.openedAt, last) + close.ms;
}

/** What it opened at counts for no second opening. */
export function close(state: MatchState): void {
  state.recent = [];
  state.openedAt = null;
  state.count = 0;
}
