import { hashOf } from '../domain/hash.ts';
import type { Incident, IncidentEvent, IncidentEventKind, IncidentId, IncidentKind } from '../domain/incident.ts';
import type { PostId } from '../domain/post.ts';
import type { RegionCode } from '../domain/region.ts';
import type { ForecastModel } from '../ports/forecast-model.ts';
import type { RegionNames } from '../ports/region-names.ts';
import { topWords, type Cluster } from './one-cluster.ts';
import { forecastRung } from './forecast-rung.ts';
import { heatOf } from './heat.ts';
import { burstOf } from './burst-signs.ts';
import { claimOf } from './claims.ts';
import { regionOf } from './count-places.ts';
import { most } from './counts.ts';
import { firstOf } from './members.ts';
import { lastHourAt, type Opened, type Tally } from './tally.ts';

/** A cluster that has been opened, as others see it. */
export interface Seen {
  readonly tally: Tally;
  readonly opened: Opened;
  readonly cluster: Cluster;
}

const EVIDENCE = 50;
const DUTIES_SHOWN = 3;

/** 传言: at least a third of its posts pass on or question something heard. */
export const isRumorLike = (tally: Tally): boolean => tally.count > 0 && tally.hearsay / tally.count >= 0.34;

export function kindOf(tally: Tally): IncidentKind {
  if (tally.lifeAtRisk.length > 0 && tally.lifeAtRisk.length / tally.count >= 0.3) return '求助';
  if (isRumorLike(tally)) return '谣言';
  return most(tally.kinds) ?? '舆情';
}

export function heatAt(tally: Tally, time: number): number {
  return heatOf({
    posts: tally.count,
    lastHour: lastHourAt(tally, time),
    interaction: tally.interaction,
    media: tally.media,
    quietHours: (time - tally.lastAt) / 3_600_000,
  });
}

const regionName = (region: RegionCode | null, names: RegionNames): string =>
  region === null ? '地点未定' : names.regionName(region);

function dutiesOf(tally: Tally): Incident['duty'] {
  return [...tally.duties]
    .filter(([, count]) => count >= Math.max(1, tally.count * 0.3))
    .sort((a, b) => b[1] - a[1])
    .slice(0, DUTIES_SHOWN)
    .map(([duty]) => duty);
}

function measured(
  seen: Seen,
  names: RegionNames,
): Omit<Incident, 'state' | 'steps' | 'firstPostAt' | 'openedAt' | 'lastPostAt' | 'copies'> {
  const { tally, opened, cluster } = seen;
  const region = regionOf(tally);
  return {
    id: opened.id,
    title: opened.title,
    region,
    regionName: regionName(region, names),
    rung: opened.rung,
    heat: opened.heat,
    terms: topWords(cluster, 8),
    kind: kindOf(tally),
    need: most(tally.needs) ?? null,
    duty: dutiesOf(tally),
    urgent: tally.urgent / tally.count >= 0.3,
    lifeAtRisk: tally.lifeAtRisk.length > 0 && tally.lifeAtRisk.length / tally.count >= 0.3,
    rumor: Math.round((tally.rumor / tally.count) * 1000) / 1000,
    count: tally.count,
  };
}

export function eventOf(
  seen: Seen,
  event: IncidentEventKind,
  at: number,
  because: readonly string[],
  posts: IncidentEvent['posts'],
  names: RegionNames,
  of: { readonly into?: IncidentId; readonly from?: IncidentId } = {},
): IncidentEvent {
  const { id, ...rest } = measured(seen, names);
  return {
    at,
    event,
    incident: id,
    ...rest,
    posts: posts.slice(-EVIDENCE),
    because,
    ...of,
  };
}

/** What an incident is shown beside: the stream as it is now. */
export interface Surroundings {
  readonly names: RegionNames;
  /** Share of posts by new authors in the whole stream, 0…1. */
  readonly usualNewcomers: number;
  /** Event time of the newest post, epoch ms. */
  readonly now: number;
  readonly forecast: ForecastModel | undefined;
}

export function incidentOf(seen: Seen, around: Surroundings, into?: IncidentId): Incident {
  const { tally, opened } = seen;
  const { names, now } = around;
  const burst = burstOf(tally.burst, around.usualNewcomers);
  const claim = isRumorLike(tally) ? claimOf(tally.claims) : undefined;
  const isOpen = into === undefined && opened.cooledAt === null;
  const soFar = {
    rung: opened.rung,
    posts: tally.count,
    lastHour: lastHourAt(tally, now),
    hours: (now - tally.firstAt) / 3_600_000,
  };
  const forecast = isOpen && around.forecast !== undefined ? forecastRung(soFar, around.forecast) : undefined;
  return {
    ...measured(seen, names),
    firstPostAt: tally.firstAt,
    openedAt: opened.openedAt,
    lastPostAt: tally.lastAt,
    copies: tally.count + tally.copies,
    steps: opened.steps,
    state: into !== undefined ? 'merged' : opened.cooledAt === null ? 'open' : 'cooled',
    ...(burst === undefined ? {} : { burst }),
    ...(claim === undefined ? {} : { claim }),
    ...(forecast === undefined ? {} : { forecast }),
    ...(opened.from === undefined ? {} : { from: opened.from }),
    ...(into === undefined ? {} : { into }),
  };
}

/** The day, the place and its earliest post: the same posts give the same id in every replay, in whatever order they came. */
export function incidentIdOf(tally: Tally, region: RegionCode | null): IncidentId {
  const day = new Date(tally.firstAt + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
  return `${day}-${region ?? '000000'}-${founderKey(firstOf(tally.members) ?? tally.founder)}` as IncidentId;
}

/** True where the incident was named after this post. */
export const isNamedAfter = (incident: IncidentId, post: PostId): boolean => incident.endsWith(founderKey(post));

const founderKey = (post: PostId): string => (hashOf(post) >>> 0).toString(36).padStart(7, '0');
