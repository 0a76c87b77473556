import type { Incident, IncidentEvent, IncidentEventKind, IncidentId } from '../domain/incident.ts';
import type { PostId } from '../domain/post.ts';
import type { RegionNames } from '../ports/region-names.ts';
import { eventOf, incidentOf, type Seen, type Surroundings } from './incident-of.ts';
import type { Tally } from './tally.ts';

/** What one batch changed. */
export interface Watch {
  readonly events: IncidentEvent[];
  /** As they stand at the end of the batch. */
  readonly incidents: Incident[];
  readonly evidence: { incident: IncidentId; post: PostId; at: number }[];
}

/** What the detector has to say of a batch, gathered as the posts pass. */
export class Ledger {
  readonly #names: RegionNames;
  readonly #events: IncidentEvent[] = [];
  readonly #evidence: Watch['evidence'] = [];
  /** Incidents to be written at the end of the batch, or already written for good. */
  readonly #changed = new Map<IncidentId, Seen | Incident>();

  constructor(names: RegionNames) {
    this.#names = names;
  }

  say(
    seen: Seen,
    event: IncidentEventKind,
    at: number,
    because: readonly string[],
    posts: readonly PostId[],
    of: { readonly into?: IncidentId; readonly from?: IncidentId } = {},
  ): void {
    this.#events.push(eventOf(seen, event, at, because, posts, this.#names, of));
  }

  change(seen: Seen): void {
    this.#changed.set(seen.opened.id, seen);
  }

  /** The incident lives on in another one: this is the last of it. */
  end(seen: Seen, into: IncidentId): void {
    this.#changed.set(
      seen.opened.id,
      incidentOf(seen, { names: this.#names, usualNewcomers: 0, now: 0, forecast: undefined }, into),
    );
  }

  prove(incident: IncidentId, post: PostId, at: number): void {
    this.#evidence.push({ incident, post, at });
  }

  /** What a cluster had gathered before becomes evidence of an incident. */
  hand(tally: Tally, incident: IncidentId): void {
    const { ids, times } = tally.members;
    for (const [at, id] of ids.entries()) this.prove(incident, id, times[at]!);
  }

  close(around: Omit<Surroundings, 'names'>): Watch {
    const incidents = [...this.#changed.values()].map((one) =>
      'tally' in one ? incidentOf(one, { ...around, names: this.#names }) : one,
    );
    return { events: this.#events, incidents, evidence: this.#evidence };
  }
}
