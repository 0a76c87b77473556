import type { Incident, IncidentEvent, IncidentEventKind, IncidentId, IncidentKind } from '../domain/incident.ts';
import type { RegionCode } from '../domain/region.ts';
import type { RegionNames } from '../ports/region-names.ts';
import { topWords, type Cluster } from './cluster.ts';
import { heatOf } from './heat.ts';
import { lastHourAt, most, regionOf, type Opened, type Tally } from './tally.ts';

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
  into?: IncidentId,
): IncidentEvent {
  const { id, ...rest } = measured(seen, names);
  return {
    at,
    event,
    incident: id,
    ...rest,
    posts: posts.slice(-EVIDENCE),
    because,
    ...(into === undefined ? {} : { into }),
  };
}

export function incidentOf(seen: Seen, state: Incident['state'], names: RegionNames, into?: IncidentId): Incident {
  const { tally, opened } = seen;
  return {
    ...measured(seen, names),
    firstPostAt: tally.firstAt,
    openedAt: opened.openedAt,
    lastPostAt: tally.lastAt,
    copies: tally.count + tally.copies,
    steps: opened.steps,
    state,
    ...(into === undefined ? {} : { into }),
  };
}
