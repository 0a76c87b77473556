import type { RegionCode } from '../pipelines/domain/region.ts';
import type { PulseCounter } from '../pipelines/4-watch/pulse.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import { MOST_LETTERS } from '../pipelines/ports/dead-letters.ts';
import type { Silence, SilenceEvent, SourceAbout, SourceBook } from '../pipelines/ports/source-book.ts';
import type { SilenceEventRow, SilenceRow, SourceDetail, SourcesPage } from './contract/sources.ts';
import type { FrontDoor } from './front-door.ts';
import { usualInterval } from './jobs/usual-interval.ts';

export interface SourcesPageParts {
  readonly front: FrontDoor;
  readonly clock: Clock;
  readonly pulse: PulseCounter;
  readonly regionName: (code: RegionCode) => string;
  readonly tokens: (source: string) => number;
  /** What kept a way in from working, by source. */
  readonly troubles: ReadonlyMap<string, string>;
  readonly retentionDays: () => number;
  readonly drill: boolean;
}

const SILENCES_SHOWN = 50;
const SECOND = 1_000;
const iso = (at: number): string => new Date(at).toISOString();
const seconds = (ms: number | null | undefined): number | null =>
  ms === null || ms === undefined ? null : Math.round(ms / SECOND);

/** Everything the page 数据源 shows, as it is now. */
export function sourcesPage(parts: SourcesPageParts): SourcesPage {
  const { front, clock, drill, retentionDays } = parts;
  const now = clock.now();
  const { book, marks } = front.door;
  const silences = book.silences(SILENCES_SHOWN);
  const silent = silentSources(book);
  const tallies = new Map(front.inbox.tally().map((tally) => [tally.name, tally]));
  const { kept, lost, bySource } = front.inbox.letters.count();
  const sources = book.list().map((about): SourceDetail => {
    const { name, way, place, format, region, caps, createdAt, cadenceMs, everyMs } = about;
    const beat = book.beat(name, now);
    const { accepted = 0, duplicate = 0, rejected = 0 } = tallies.get(name) ?? {};
    const usual = usualInterval(about, beat);
    return {
      name,
      way,
      place: place === undefined ? null : shownPlace(way, place),
      format: format ?? null,
      region: region ?? null,
      regionName: region === undefined ? null : parts.regionName(region),
      caps: [...caps],
      createdAt: iso(createdAt),
      state: stateOf(about, beat?.lastAt, usual, silent, now),
      tokens: parts.tokens(name),
      lastSeen: beat === undefined ? null : iso(beat.lastAt),
      every: seconds(everyMs),
      cadence: seconds(cadenceMs),
      usual: seconds(usual),
      rowsPerMinute: Math.round(((beat?.rowsLastHour ?? 0) / 60) * 10) / 10,
      accepted,
      duplicate,
      rejected,
      lag: seconds(beat?.lagMs),
      repairs: (beat?.repairs ?? []).map((repair) => ({ ...repair })),
      letters: bySource.get(name) ?? 0,
      recent: [...(parts.pulse.source(name, now)?.recent ?? Array<null>(24).fill(null))],
      trouble: parts.troubles.get(name) ?? null,
    };
  });
  const masked = marks.maskedUpTo();
  return {
    now: iso(now),
    drill,
    sources,
    silences: silences.map(silenceRow),
    letters: { kept, lost, most: MOST_LETTERS },
    retention: { days: retentionDays(), maskedUpTo: masked > 0 ? iso(masked) : null },
  };
}

/** The query of a feed's address may hold a key, and the page hangs on a wall. */
function shownPlace(way: SourceAbout['way'], place: string): string {
  if (way !== 'feed' || !URL.canParse(place)) return place;
  const { origin, pathname, search } = new URL(place);
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}

/** The names of the sources that are silent now. */
export const silentSources = (book: SourceBook): ReadonlySet<string> =>
  new Set(book.silences(2_000).flatMap(({ source, endedAt }) => (endedAt === null ? [source] : [])));

function stateOf(
  { paused, way, name }: SourceAbout,
  lastAt: number | undefined,
  usual: number | null,
  silent: ReadonlySet<string>,
  now: number,
): SourceDetail['state'] {
  if (paused) return 'paused';
  if (lastAt === undefined) return 'never';
  if (way === 'file') return 'file';
  if (silent.has(name)) return 'silent';
  return usual !== null && now - lastAt > Math.max(2 * 60 * SECOND, usual * 1.25) ? 'slow' : 'live';
}

export const silenceRow = ({ id, source, since, noticedAt, usualMs, endedAt }: Silence): SilenceRow => ({
  id,
  source,
  since: iso(since),
  noticedAt: iso(noticedAt),
  usual: Math.round(usualMs / SECOND),
  endedAt: endedAt === null ? null : iso(endedAt),
});

export const silenceEventRow = ({ at, since, usualMs, ...rest }: SilenceEvent): SilenceEventRow => ({
  ...rest,
  at: iso(at),
  since: iso(since),
  usual: Math.round(usualMs / SECOND),
});
/** What a source is said to cover; null: anywhere, or it is not known any more. */
export const regionOfSource = (book: Pick<SourceBook, 'list'>, source: string): RegionCode | null =>
  book.list().find(({ name }) => name === source)?.region ?? null;
