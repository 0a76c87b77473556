import type { Alert } from '../domain/alert.ts';
import type { Incident, IncidentEvent, IncidentId } from '../domain/incident.ts';
import type { PostId } from '../domain/post.ts';
import type { RegionCode } from '../domain/region.ts';
import type { Scope } from '../domain/person.ts';
import type { Suggestion } from '../domain/suggestion.ts';
import type { Tier } from '../domain/tier.ts';
import type { Offset } from './inbox.ts';

/** What watching one batch led to; kept in one transaction with the offset it was read up to. */
export interface Watched {
  readonly upTo: Offset;
  readonly events: readonly IncidentEvent[];
  /** The incidents as they are now, after these events and posts. */
  readonly incidents: readonly Incident[];
  /** Posts newly counted as evidence, by incident. */
  readonly evidence: readonly { readonly incident: IncidentId; readonly post: PostId; readonly at: number }[];
  readonly alerts: readonly { readonly event: IncidentEvent; readonly suggestion: Suggestion }[];
}

export interface AlertQuery {
  /** What is out of it is not answered, whatever is asked. */
  readonly scope: Scope;
  readonly after: number;
  readonly limit: number;
  /** Alerts in, above or below one of these regions; empty: all. */
  readonly regions: readonly RegionCode[];
}

export interface IncidentQuery {
  /** What is out of it is not answered, whatever is asked; the program itself asks with EVERYTHING. */
  readonly scope: Scope;
  readonly state?: Incident['state'];
  /** Whose last post is not older than this, epoch ms. */
  readonly spokenSince?: number;
  /** Default 500, the most recently spoken of. */
  readonly limit?: number;
}

/** Incidents, their events, and the outbox of alerts. Events are only ever added; everything else is their fold. */
export interface DeskStore {
  /** All or nothing. The same events watched twice (a replay after a crash) are kept once and alert once. Answers the new alerts with their sequence. */
  record(watched: Watched): readonly Alert[];
  incidents(query: IncidentQuery): readonly Incident[];
  incident(id: IncidentId): Incident | undefined;
  events(id: IncidentId): readonly IncidentEvent[];
  /** Newest first. */
  evidence(id: IncidentId, limit: number): readonly PostId[];
  /** Oldest first. */
  earliestEvidence(id: IncidentId, limit: number): readonly PostId[];
  /** Evidence posts by hour, copies included; `at` is the hour's beginning, epoch ms. Hours without one are left out. */
  evidenceHours(id: IncidentId): readonly { readonly at: number; readonly posts: number }[];
  /** The incidents that these posts are evidence of. */
  incidentsOf(posts: readonly PostId[]): ReadonlyMap<PostId, IncidentId>;
  /**
   * Posts counted as evidence in [from, to), epoch ms, each once with the highest rung that an incident of the scope it belongs to
   * stands at now; at most `limit`, in no order.
   */
  evidenceRungs(query: {
    readonly scope: Scope;
    readonly from: number;
    readonly to: number;
    readonly limit: number;
  }): readonly { readonly post: PostId; readonly rung: Tier }[];
  /** Incidents by their last change, oldest first: `n` grows with every change of any of them. */
  changed(after: number, limit: number): readonly { readonly n: number; readonly incident: IncidentId }[];
  /** Those of the posts that are evidence of any incident whose file is kept. */
  evidenceAmong(posts: readonly PostId[]): ReadonlySet<PostId>;
  /** The incidents that a post is evidence of. */
  incidentsWith(post: PostId): readonly IncidentId[];
  /** The suggestion that the incident's last alert carried. */
  suggestion(id: IncidentId): Suggestion | undefined;
  alerts(query: AlertQuery): readonly Alert[];
  /** The newest alert of those that may be seen, 0 for none. */
  lastSeq(scope: Scope): number;
  /** The detector's state as it was at an offset. */
  saveSnapshot(offset: Offset, state: Uint8Array): void;
  snapshot(): { readonly offset: Offset; readonly state: Uint8Array } | undefined;
  close(): void;
}
