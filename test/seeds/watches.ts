import type { PostMatch } from '../../pipelines/domain/post-match.ts';
import type { PostId } from '../../pipelines/domain/post.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import type { Watch, WatchId, WatchQuery } from '../../pipelines/domain/watch.ts';
import type { WatchedPost } from '../../pipelines/4-watch/standing-watches.ts';

const MINUTE = 60_000;

export const NOTHING_ASKED: WatchQuery = {
  all: [],
  any: [],
  none: [],
  regions: [],
  needs: [],
  duties: [],
  kinds: [],
  rung: null,
};

export const aMatch = (given: Partial<PostMatch> = {}): PostMatch => ({
  all: [],
  any: [],
  none: [],
  regions: [],
  needs: [],
  duties: [],
  kinds: [],
  ...given,
});

/** Opens at three posts in ten minutes, closes after an hour with none. */
export const aWatch = (
  given: Partial<Omit<Watch, 'query'>> & { readonly query?: Partial<WatchQuery> } = {},
): Watch => ({
  id: 'w1' as WatchId,
  version: 1,
  since: 1,
  name: '停水',
  hysteresis: { open: { posts: 3, ms: 10 * MINUTE }, close: { posts: 1, ms: 60 * MINUTE } },
  quiet: null,
  channel: null,
  paused: false,
  deleted: false,
  savedAt: 0,
  by: { id: 'zhou', name: '周研判' },
  why: '',
  ...given,
  query: { ...NOTHING_ASKED, ...given.query },
});

/** A post of so many minutes after noon; words are given as the tokeniser would cut them, between blanks. */
export function aWatchedPost(
  id: string,
  minute: number,
  words = '小区 停水 了',
  given: { readonly region?: string; readonly group?: string; readonly atRisk?: boolean } = {},
): WatchedPost {
  return {
    id: id as PostId,
    kind: 'post',
    tokens: words.split(' '),
    region: given.region === undefined ? null : { code: regionCode(given.region) },
    need: { kind: null, lifeAtRisk: given.atRisk ?? false },
    duty: [],
    group: (given.group ?? id) as PostId,
    // 2026-11-23 12:00 in Shanghai.
    time: Date.UTC(2026, 10, 23, 4) + minute * MINUTE,
  };
}
