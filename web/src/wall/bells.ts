import type { IncidentRow } from '../../../server/contract/http.ts';

/** How often a bell that nobody answered is struck again. */
export const AGAIN_MS = 60_000;

interface Waiting {
  /** ms of the page's clock; undefined before the first stroke. */
  readonly struckAt: number | undefined;
}

/** 急 rings twice, everything else once. */
export type Strokes = 0 | 1 | 2;

/**
 * Which bell is due. One stroke for a rise, two for a life at risk; again each minute until somebody has taken it over (接手). At night
 * only a life at risk is heard, and what else came then is not made up for in the morning: it stands on the wall. However many wait,
 * there is one bell a minute.
 */
export class Bells {
  readonly #waiting = new Map<string, Waiting>();

  heard(incident: string): void {
    this.#waiting.set(incident, { struckAt: undefined });
  }

  clear(): void {
    this.#waiting.clear();
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** @param now ms of the page's own clock, which only goes on. */
  due(now: number, rowOf: (incident: string) => IncidentRow | undefined, quiet: boolean): Strokes {
    let strokes: Strokes = 0;
    for (const [incident, { struckAt }] of this.#waiting) {
      const row = rowOf(incident);
      const isOver = row === undefined || row.state !== 'open' || isTaken(row) || (quiet && !row.lifeAtRisk);
      if (isOver && struckAt === undefined && row === undefined) continue;
      if (isOver) {
        this.#waiting.delete(incident);
        continue;
      }
      if (struckAt !== undefined && now - struckAt < AGAIN_MS) continue;
      strokes = row.lifeAtRisk ? 2 : strokes === 2 ? 2 : 1;
      this.#waiting.set(incident, { struckAt: now });
    }
    if (strokes > 0) for (const incident of this.#waiting.keys()) this.#waiting.set(incident, { struckAt: now });
    return strokes;
  }
}

/** Somebody has taken it over, has answered it or has closed it. Where nothing can be taken over, once is enough. */
const isTaken = ({ file }: IncidentRow): boolean =>
  file !== undefined && (file.acknowledgedBy !== null || file.clock.stopped !== null || file.status === 'closed');
