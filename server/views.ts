import type { AlertRow, IncidentFile, IncidentRow, PostRow, SuggestionRow } from './contract/http.ts';
import type { Pulse, SourceRow } from './contract/pulse.ts';
import type { FileBrief } from './contract/case-file.ts';
import type { Account } from '../pipelines/domain/account.ts';
import type { Alert } from '../pipelines/domain/alert.ts';
import type { Incident, IncidentEvent } from '../pipelines/domain/incident.ts';
import type { Reason } from '../pipelines/domain/post.ts';
import { seesRegion, withinOf, type Scope } from '../pipelines/domain/person.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { Suggestion } from '../pipelines/domain/suggestion.ts';
import { mask } from '../pipelines/1-intake/mask.ts';
import type { PulseCounter, SourcePulse } from '../pipelines/4-watch/pulse.ts';
import type { SourceTally } from '../pipelines/ports/inbox.ts';
import type { StoredPost } from '../pipelines/ports/post-store.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';

/** Domain things as the contract shows them. Pure; names of accounts and regions are looked up here and nowhere else. */
export interface Names {
  readonly regions: RegionNames;
  readonly account: (id: string) => Account | undefined;
}

const MINUTE = 60_000;
const iso = (time: number): string => new Date(time).toISOString();

/** `startAt`: when the clock of this incident began, epoch ms: the start that the office chose, by default when it was first detected. */
export function suggestionRow(suggestion: Suggestion, startAt: number, names: Names): SuggestionRow {
  const first = suggestion.first === null ? undefined : names.account(suggestion.first);
  const outside = suggestion.outside;
  return {
    id: suggestion.id,
    first: suggestion.first,
    firstName: first?.name ?? suggestion.first,
    firstTier: first?.tier ?? null,
    outside,
    outsideName: outside === null ? null : names.regions.regionName(outside),
    then: suggestion.then.map(({ account, act, because }) => ({
      account,
      accountName: names.account(account)?.name ?? account,
      act,
      because,
    })),
    clock: { ...suggestion.clock, due: iso(startAt + suggestion.clock.minutes * MINUTE) },
    because: [...suggestion.because],
  };
}

const nameOf = (region: RegionCode | null, names: Names): string =>
  region === null ? '地点未定' : names.regions.regionName(region);

export const alertRow = (alert: Alert, openedAt: number, names: Names): AlertRow => ({
  seq: alert.seq,
  at: iso(alert.at),
  incident: alert.incident,
  region: alert.region,
  regionName: nameOf(alert.region, names),
  rung: alert.rung,
  title: alert.title,
  suggestion: suggestionRow(alert.suggestion, openedAt, names),
});

/** `filed`: what people did about it, and where its clock began. */
export const incidentRow = (
  incident: Incident,
  suggestion: Suggestion | undefined,
  names: Names,
  filed?: { readonly file: FileBrief; readonly startAt: number },
): IncidentRow => ({
  id: incident.id,
  title: incident.title,
  region: incident.region,
  regionName: nameOf(incident.region, names),
  rung: incident.rung,
  heat: incident.heat,
  terms: [...incident.terms],
  kind: incident.kind,
  need: incident.need,
  duty: [...incident.duty],
  urgent: incident.urgent,
  lifeAtRisk: incident.lifeAtRisk,
  rumor: incident.rumor,
  needsCheck: incident.kind === '谣言',
  state: incident.state,
  ...(incident.into === undefined ? {} : { into: incident.into }),
  firstPostAt: iso(incident.firstPostAt),
  openedAt: iso(incident.openedAt),
  lastPostAt: iso(incident.lastPostAt),
  count: incident.count,
  copies: incident.copies,
  steps: incident.steps.map((step) => ({
    from: step.from,
    to: step.to,
    at: iso(step.at),
    because: [...step.because],
    evidence: [...step.evidence],
  })),
  ...(incident.forecast === undefined ? {} : { forecast: incident.forecast }),
  ...(incident.from === undefined ? {} : { from: incident.from }),
  suggestion: suggestion === undefined ? null : suggestionRow(suggestion, filed?.startAt ?? incident.openedAt, names),
  ...(filed === undefined ? {} : { file: filed.file }),
});

export const eventRow = (event: IncidentEvent): IncidentFile['events'][number] => ({
  at: iso(event.at),
  event: event.event,
  rung: event.rung,
  heat: event.heat,
  count: event.count,
  because: [...event.because],
  ...(event.into === undefined ? {} : { into: event.into }),
});

/** `copies`: posts folded onto this one, itself included. */
export const postRow = (post: StoredPost, copies: number, because?: readonly Reason[]): PostRow => ({
  id: post.id,
  platform: post.platform,
  kind: post.kind,
  text: mask(post.text),
  ...(post.title === undefined ? {} : { title: mask(post.title) }),
  ...(post.url === undefined ? {} : { url: post.url }),
  time: iso(post.time),
  source: post.source,
  ...(post.authorKind === undefined ? {} : { authorKind: post.authorKind }),
  region: post.region,
  regionName: post.regionName,
  sentiment: post.sentiment,
  mood: post.mood,
  rumor: post.rumor,
  needsCheck: post.needsCheck,
  need: post.need,
  urgent: post.urgent,
  duty: [...post.duty],
  copies,
  ...(because === undefined ? {} : { because: because.map((reason) => ({ ...reason })) }),
});

/** A source is dead where it has fallen silent. Where its habit is not known, it is slow after twice its usual gap (at least five minutes) and dead after six times (at least half an hour). */
export function sourceRow(tally: SourceTally, pulse: SourcePulse | undefined, now: number, silent = false): SourceRow {
  const counts = { accepted: tally.accepted, duplicate: tally.duplicate, rejected: tally.rejected };
  if (pulse === undefined)
    return {
      name: tally.name,
      state: 'never',
      lastSeen: null,
      usualGap: null,
      ...counts,
      recent: Array<null>(24).fill(null),
    };
  const quiet = now - pulse.lastSeen;
  const usual = pulse.usualGap ?? 0;
  const state =
    silent || quiet > Math.max(30 * MINUTE, 6 * usual)
      ? 'dead'
      : quiet > Math.max(5 * MINUTE, 2 * usual)
        ? 'slow'
        : 'live';
  return {
    name: tally.name,
    state,
    lastSeen: iso(pulse.lastSeen),
    usualGap: pulse.usualGap === null ? null : Math.round(pulse.usualGap / 1000),
    ...counts,
    recent: [...pulse.recent],
  };
}

export interface PulseParts {
  readonly scope: Scope;
  readonly counter: PulseCounter;
  readonly names: Names;
  readonly home: RegionCode;
  readonly now: number;
  readonly speed: number;
  readonly drill: Pulse['drill'];
  readonly accepted: number;
  readonly lag: { readonly watch: number; readonly index: number };
  readonly store: { readonly name: string; readonly ok: boolean };
  readonly alertSeq: number;
  /** False for a region that no living source feeds: its tile is then "no data", never calm. */
  readonly fed: (code: RegionCode) => boolean;
}

/** Everything counted here is counted within the scope: who sees one region is at home there. */
export function pulseOf(parts: PulseParts): Pulse {
  const { counter, names, now, scope } = parts;
  const within = withinOf(scope);
  const home = within?.length === 1 ? within[0]! : parts.home;
  const tile = (code: RegionCode): Pulse['tiles'][number] => {
    const { posts, usual } = counter.place(code, now);
    return { code, name: names.regions.shortName(code), posts: parts.fed(code) ? posts : null, usual };
  };
  const province = `${home.slice(0, 2)}0000` as RegionCode;
  const inside = names.regions.childrenOf(home);
  const tiles = within === undefined || within.length === 1 ? (inside.length > 0 ? inside : [home]) : within;
  const day = counter.day(now, within);
  // Of some regions only the ten minutes are known.
  const newest = day.findLast(({ raw }) => raw > 0)?.at ?? 0;
  const lastPostAt = within === undefined ? counter.lastPostAt : Math.min(newest, counter.lastPostAt);
  return {
    now: iso(now),
    speed: parts.speed,
    drill: parts.drill,
    home: { code: home, name: names.regions.regionName(home) },
    day: day.map((bucket) => ({ ...bucket, at: iso(bucket.at) })),
    usual: counter.usual(now, within),
    tiles: tiles.map(tile),
    around: home.endsWith('0000')
      ? []
      : names.regions
          .childrenOf(province)
          .filter((code) => seesRegion(scope, code))
          .map(tile),
    accepted: within === undefined ? parts.accepted : day.reduce((all, { raw }) => all + raw, 0),
    lag: parts.lag,
    store: parts.store,
    lastPostAt: lastPostAt === 0 ? null : iso(lastPostAt),
    alertSeq: parts.alertSeq,
  };
}
