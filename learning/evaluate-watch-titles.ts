/** Hot-list titles as a stream: are the known incidents found, how soon, and how many openings a day does it cost? */
import { Detector } from '../pipelines/4-watch/detect.ts';
import { contains, regionCode, type RegionCode } from '../pipelines/domain/region.ts';
import type { IncidentEvent } from '../pipelines/domain/incident.ts';
import type { PostId, UnderstoodPost } from '../pipelines/domain/post.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import type { UnderstandingParts } from '../pipelines/pipeline.ts';
import { bcubed, type Placed } from './bcubed.ts';
import { readRows } from './data-folder.ts';
import type { Figure } from './figure.ts';
import { wilson } from './measures.ts';
import { ClusterIds, understood, watchStream, type Raw } from './watch-stream.ts';

export interface TitleRow {
  readonly id: number;
  readonly text: string;
  readonly time: string;
}

interface KnownRow {
  readonly name: string;
  readonly adcode: string;
  readonly first_board_time: string | null;
  readonly pattern: string;
  readonly archive_gap: boolean;
}

interface WindowRow {
  readonly window: string;
  readonly id: number;
  readonly label: string | null;
}

const HOUR = 3_600_000;
const WITHIN = 72 * HOUR;

/**
 * Hours from the first title to an opening on the place's path within three days, at least `share` of whose posts tell of the
 * event (0: one post is enough). The patterns are narrow (two of three titles of one opening name neighbours of the place), so
 * the looser reading is the one reported against the bar, the stricter beside it.
 */
export function hoursUntilFound(
  known: Pick<KnownRow, 'adcode' | 'first_board_time' | 'pattern'>,
  openings: readonly Pick<IncidentEvent, 'at' | 'region' | 'posts'>[],
  textOf: (id: PostId) => string,
  share = 0,
): number | null {
  if (known.first_board_time === null) return null;
  const first = Date.parse(known.first_board_time);
  const place = regionCode(known.adcode);
  const tells = new RegExp(known.pattern, 'u');
  for (const { at, region, posts } of openings) {
    if (at < first || at > first + WITHIN || region === null || !onOnePath(region, place)) continue;
    const telling = posts.filter((id) => tells.test(textOf(id))).length;
    if (telling > 0 && telling >= share * posts.length) return (at - first) / HOUR;
  }
  return null;
}

const onOnePath = (a: RegionCode, b: RegionCode): boolean => contains(a, b) || contains(b, a);

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** All titles in one pass; the silver windows are stretches of the same stream, so its clusters are judged as they come. */
export function evaluateTitles(data: string, parts: UnderstandingParts): Figure[] {
  const titles = readRows<TitleRow>(data, 'weibo-hot-search/topics.jsonl.gz');
  return measureTitles(data, titles, understood(parts, titles.map(rawOf)), parts.gazetteer);
}

export const rawOf = (row: TitleRow): Raw => ({
  id: String(row.id),
  text: row.text,
  time: Date.parse(row.time),
  kind: 'hotlist',
});

export function measureTitles(
  data: string,
  titles: readonly TitleRow[],
  batches: Iterable<readonly UnderstoodPost[]>,
  names: RegionNames,
): Figure[] {
  const known = readRows<KnownRow>(data, 'incidents-gold/known.jsonl.gz');
  const windows = readRows<WindowRow>(data, 'weibo-hot-search/incident-windows-silver.jsonl.gz');
  const inWindow = new Set(windows.map((row) => String(row.id)));
  const openings: IncidentEvent[] = [];
  const clusters = new ClusterIds();
  const spent = watchStream(batches, new Detector({ names }), {
    onBatch: (batch, { events }, detector) => {
      openings.push(...events.filter((event) => event.event === 'opened'));
      if (batch.some((post) => inWindow.has(post.nativeId))) clusters.note(batch, detector);
    },
  });
  const textOf = (id: PostId): string => titles[Number(id)]?.text ?? '';
  const usable = known.filter((row) => !row.archive_gap);
  const hours = usable.map((row) => hoursUntilFound(row, openings, textOf));
  usable.forEach((row, at) => {
    const said = hours[at] === null ? 'not found' : `found after ${hours[at]!.toFixed(2)} h`;
    process.stderr.write(`  ${row.name}: ${said}\n`);
  });
  const found = hours.filter((each) => each !== null);
  const strictly = usable.filter((row) => hoursUntilFound(row, openings, textOf, 0.5) !== null).length;
  const days = new Set(titles.map((row) => row.time.slice(0, 10))).size;
  const placed = openings.filter((event) => event.region !== null).length;
  return [
    {
      ...of('titles: known incidents found', found.length / usable.length, usable.length),
      ...wilson(found.length / usable.length, usable.length),
      bar: 0.77,
      goal: 0.9,
    },
    {
      ...of('titles: found, half of the opening’s titles fit the pattern', strictly / usable.length, usable.length),
      ...wilson(strictly / usable.length, usable.length),
    },
    of('titles: known incidents the archive has a gap for, left out', known.length - usable.length, known.length),
    { ...of('titles: median hours after the first title', median(found), found.length), ...upTo(2.6, 1) },
    { ...of('titles: openings a day with a region', placed / days, placed), ...upTo(0.53, 0.3) },
    {
      ...of('titles watched in a CPU second, detector alone', spent.posts / spent.seconds, spent.posts),
      bar: 20_000,
      goal: 50_000,
    },
    { ...of('titles: CPU seconds of the detector', spent.seconds, spent.posts), lowerIsBetter: true },
    ...clusterFigures(windows, clusters),
  ];
}

function clusterFigures(windows: readonly WindowRow[], clusters: ClusterIds): Figure[] {
  const rows = windows.map((row): Placed => ({ cluster: clusters.of(String(row.id) as PostId), label: row.label }));
  const all = bcubed(rows);
  return [
    of('clusters, silver windows: BCubed precision', all.precision, all.n),
    of('clusters, silver windows: BCubed recall', all.recall, all.n),
    { ...of('clusters, silver windows: BCubed F1', all.f1, all.n), bar: 0.72, goal: 0.82 },
  ];
}

const of = (metric: string, value: number, n: number): Figure => ({ head: 'watch', metric, value, n });
const upTo = (bar: number, goal: number): Pick<Figure, 'bar' | 'goal' | 'lowerIsBetter'> => ({
  bar,
  goal,
  lowerIsBetter: true,
});
