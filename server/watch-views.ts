import type { KeptHit, Watch, WatchQuery } from '../pipelines/domain/watch.ts';
import type { QuietHours } from '../pipelines/domain/quiet-hours.ts';
import { isRegionCode } from '../pipelines/domain/region.ts';
import type { MatchState } from '../pipelines/4-watch/hysteresis.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import type { HitRow, VersionsBody, WatchAsk, WatchQueryRow, WatchRow } from './contract/watches.ts';

/** Watches between the domain and the contract. Pure. */
const MINUTE = 60_000;
const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
const two = (n: number): string => String(n).padStart(2, '0');
const clockTime = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const quietRow = (quiet: QuietHours | null): WatchRow['quiet'] =>
  quiet === null ? null : { from: clockTime(quiet.from), to: clockTime(quiet.to) };

export const hitRow = (hit: KeptHit, watch: Watch): HitRow => ({
  seq: hit.seq,
  at: iso(hit.at),
  watch: hit.watch,
  version: hit.version,
  name: watch.name,
  event: hit.event,
  openedAt: iso(hit.openedAt),
  posts: [...hit.posts],
  count: hit.count,
  channel: watch.channel,
  quietUntil: isoOrNull(hit.quietUntil),
  regions: [...watch.query.regions],
});

export function watchRow(
  watch: Watch,
  state: Pick<MatchState, 'openedAt' | 'count' | 'lastAt'> | undefined,
  hits: readonly KeptHit[],
  names: RegionNames,
): WatchRow {
  const { query, hysteresis } = watch;
  return {
    id: watch.id,
    version: watch.version,
    name: watch.name,
    query: queryRow(query),
    open: { posts: hysteresis.open.posts, minutes: hysteresis.open.ms / MINUTE },
    close: { posts: hysteresis.close.posts, minutes: hysteresis.close.ms / MINUTE },
    quiet: quietRow(watch.quiet),
    channel: watch.channel,
    paused: watch.paused,
    deleted: watch.deleted,
    savedAt: iso(watch.savedAt),
    by: watch.by.name,
    why: watch.why,
    places: query.regions.map((code) => names.regionName(code)),
    openedAt: isoOrNull(state?.openedAt ?? null),
    count: state?.count ?? 0,
    lastAt: isoOrNull(state?.lastAt ?? null),
    hits: hits.map((hit) => hitRow(hit, watch)),
  };
}

const queryRow = (query: WatchQuery): WatchQueryRow => ({
  all: [...query.all],
  any: [...query.any],
  none: [...query.none],
  regions: [...query.regions],
  needs: [...query.needs],
  duties: [...query.duties],
  kinds: [...query.kinds],
  rung: query.rung,
});

/** Blanks around words are no part of them; a word or a place twice is one. */
export const queryOf = (row: WatchQueryRow): WatchQuery => {
  const words = (typed: readonly string[]): string[] =>
    [...new Set(typed.map((word) => word.trim()))].filter((word) => word !== '');
  return {
    all: words(row.all),
    any: words(row.any),
    none: words(row.none),
    regions: [...new Set(row.regions)].filter(isRegionCode),
    needs: [...new Set(row.needs)],
    duties: [...new Set(row.duties)],
    kinds: [...new Set(row.kinds)],
    rung: row.rung,
  };
};

export const hysteresisOf = ({ open, close }: Pick<WatchAsk, 'open' | 'close'>): Watch['hysteresis'] => ({
  open: { posts: open.posts, ms: open.minutes * MINUTE },
  close: { posts: close.posts, ms: close.minutes * MINUTE },
});

export const quietOf = (quiet: WatchAsk['quiet']): QuietHours | null =>
  quiet === null ? null : { from: minuteOf(quiet.from), to: minuteOf(quiet.to) };

export const versionRow = (watch: Watch): VersionsBody[number] => ({
  version: watch.version,
  savedAt: iso(watch.savedAt),
  by: watch.by.name,
  why: watch.why,
  deleted: watch.deleted,
  name: watch.name,
  paused: watch.paused,
});
