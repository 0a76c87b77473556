import type { FoldedPost } from '../pipelines/domain/post.ts';
import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import { EVERYTHING, seesIncident, type Scope } from '../pipelines/domain/person.ts';
import type { Ranked } from '../pipelines/domain/precedent.ts';
import { searchWords } from '../pipelines/domain/search-words.ts';
import type { Precedented } from '../pipelines/5-respond/rank-precedents.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore, Watched } from '../pipelines/ports/desk-store.ts';
import { StoreUnavailable } from '../pipelines/ports/post-store.ts';
import type { BatchFollower } from './batch-follower.ts';
import type { PrecedentsBody } from './contract/history.ts';
import { findPrecedents, precedentRow, type PrecedentParts } from './find-precedents.ts';
import type { IncidentProjector } from './incident-projector.ts';

export interface PrecedentDeskParts extends PrecedentParts {
  readonly desk: DeskStore;
  readonly projector: IncidentProjector;
  readonly cut: (text: string) => Promise<readonly string[]>;
  readonly clock: Clock;
}

interface Found {
  readonly at: number;
  readonly ranked: readonly Ranked[];
}

/** Incidents whose precedents are remembered. */
const REMEMBERED = 200;

/**
 * Precedents of the desk's incidents: looked for the moment an incident opens, beside the alert and never before it, and again when
 * its file is read. Where the store is down then, what was found first is shown with its time.
 */
export class PrecedentDesk implements BatchFollower {
  readonly #parts: PrecedentDeskParts;
  readonly #found = new Map<IncidentId, Found>();
  #searching: Promise<void> = Promise.resolve();

  constructor(parts: PrecedentDeskParts) {
    this.#parts = parts;
  }

  take(_: readonly FoldedPost[], { events, incidents }: Watched): void {
    if (incidents.length > 0) this.#parts.projector.wake();
    for (const event of events) {
      const incident = event.event === 'opened' ? this.#parts.desk.incident(event.incident) : undefined;
      // One after the other: a burst of openings is no burst of questions.
      if (incident !== undefined) this.#searching = this.#searching.then(() => this.#searchEarly(incident));
    }
  }

  save(): undefined {
    return undefined;
  }

  load(): void {
    // What was found is found again when a file is read.
  }

  /** Resolves when what opened so far has been looked for. */
  async settled(): Promise<void> {
    await this.#searching;
  }

  async of(id: string, scope: Scope): Promise<PrecedentsBody | undefined> {
    const incident = this.#parts.desk.incident(id as IncidentId);
    if (incident === undefined || !seesIncident(scope, incident)) return undefined;
    const behind = this.#parts.projector.behind();
    try {
      return this.#body(await this.#search(incident, scope), behind);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      const before = this.#found.get(incident.id);
      const ranked = before?.ranked.filter((one) => seesIncident(scope, one.incident)) ?? [];
      const trouble =
        before === undefined ? '检索库暂不可用，还没有查到先例' : '检索库暂不可用，这是事件新出现时查到的';
      return { ...this.#body({ at: before?.at ?? this.#parts.clock.now(), ranked }, behind), trouble };
    }
  }

  #body({ at, ranked }: Found, behind: number): PrecedentsBody {
    const precedents = ranked.map((one) => precedentRow(one, this.#parts));
    return { searchedAt: new Date(at).toISOString(), precedents, behind };
  }

  async #searchEarly(incident: Incident): Promise<void> {
    try {
      await this.#search(incident, EVERYTHING);
    } catch (error) {
      // The store is down: the projector says so, and the file asks again.
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  async #search(incident: Incident, scope: Scope): Promise<Found> {
    const words = searchWords([...incident.terms, ...(await this.#parts.cut(incident.title))]);
    const ranked = await findPrecedents(this.#parts, precedentedOf(incident, words), scope);
    const found: Found = { at: this.#parts.clock.now(), ranked };
    // Only what was found for everybody serves everybody later.
    if (scope.regions === 'all') this.#remember(incident.id, found);
    return found;
  }

  #remember(id: IncidentId, found: Found): void {
    this.#found.delete(id);
    this.#found.set(id, found);
    const oldest = this.#found.keys().next();
    if (this.#found.size > REMEMBERED && oldest.done !== true) this.#found.delete(oldest.value);
  }
}

/** What a precedent of the incident must be like. */
export const precedentedOf = (incident: Incident, words: readonly string[]): Precedented => ({
  id: incident.id,
  ...(incident.from === undefined ? {} : { from: incident.from }),
  words,
  kind: incident.kind,
  duty: incident.duty,
  region: incident.region,
  rung: incident.rung,
  openedAt: incident.openedAt,
});
