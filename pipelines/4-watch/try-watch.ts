import type { PostId } from '../domain/post.ts';
import type { Hysteresis } from '../domain/watch.ts';
import { close, closesAt, newMatchState, noteMatch } from './hysteresis.ts';

export interface Opening {
  /** Event time, epoch ms. */
  readonly at: number;
  /** null: it would still be open. */
  readonly closedAt: number | null;
  /** Matches from the first of those it opened at to its closing. */
  readonly count: number;
}

/**
 * When a watch would have opened at these matches, in the order of their event time.
 *
 * @param until up to when, epoch ms
 */
export function tryWatch(
  rule: Hysteresis,
  matches: readonly { readonly id: PostId; readonly time: number }[],
  until: number,
): Opening[] {
  const state = newMatchState();
  const openings: Opening[] = [];
  const closeBy = (now: number): void => {
    const at = closesAt(state, rule);
    if (at === undefined || now < at) return;
    openings.push({ at: state.openedAt!, closedAt: at, count: state.count });
    close(state);
  };
  for (const { id, time } of [...matches].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))) {
    closeBy(time);
    noteMatch(state, rule, { at: time, post: id, atRisk: false });
  }
  closeBy(until);
  if (state.openedAt !== null) openings.push({ at: state.openedAt, closedAt: null, count: state.count });
  return openings;
}
