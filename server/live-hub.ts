import type { Alert } from '../pipelines/domain/alert.ts';
import type { Incident } from '../pipelines/domain/incident.ts';
import type { Scope } from '../pipelines/domain/person.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { AlertRow, IncidentRow } from './contract/http.ts';
import type { Pulse } from './contract/pulse.ts';
import type { SilenceEventRow } from './contract/sources.ts';
import type { HitRow } from './contract/watches.ts';
import type { LiveListener } from './services.ts';

/** How the hub turns what happened into rows; given once the services exist. */
export interface LiveRows {
  readonly alert: (alert: Alert) => AlertRow;
  readonly incident: (incident: Incident) => IncidentRow;
  readonly pulse: (scope: Scope) => Pulse;
}

const PULSE_MS = 1000;

/** Passes alerts and incidents from the flow to whoever listens, and a pulse a second while anybody does. */
export class LiveHub {
  readonly #listeners = new Set<LiveListener>();
  #rows: LiveRows | undefined;
  #timer: NodeJS.Timeout | undefined;

  use(rows: LiveRows): void {
    this.#rows = rows;
  }

  listen(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  alert(alert: Alert): void {
    const row = this.#rows?.alert(alert);
    if (row !== undefined) for (const listener of this.#listeners) listener.alert(row);
  }

  watchHit(row: HitRow): void {
    for (const listener of this.#listeners) listener.watchHit(row);
  }

  incident(incident: Incident): void {
    if (this.#listeners.size === 0) return;
    const row = this.#rows?.incident(incident);
    if (row !== undefined) for (const listener of this.#listeners) listener.incident(row);
  }

  silence(row: SilenceEventRow, region: RegionCode | null): void {
    for (const listener of this.#listeners) listener.silence(row, region);
  }

  start(): void {
    this.#timer = setInterval(() => {
      if (this.#listeners.size === 0 || this.#rows === undefined) return;
      for (const listener of this.#listeners) listener.pulse(this.#rows.pulse);
    }, PULSE_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
