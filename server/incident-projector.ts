import { incidentDocument, type IncidentDocument } from '../pipelines/domain/incident-document.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { IncidentStore } from '../pipelines/ports/incident-store.ts';
import { StoreUnavailable } from '../pipelines/ports/post-store.ts';
import type { IndexerLog } from './indexer.ts';

export interface ProjectorParts {
  readonly desk: DeskStore;
  readonly store: IncidentStore;
  readonly stamp: string;
  readonly cut: (text: string) => Promise<readonly string[]>;
  readonly log: IndexerLog;
}

const BATCH = 100;
/** Changes before the store's position that are brought once more on opening: a crash in the middle of a batch may have left gaps. */
const AGAIN = 5 * BATCH;
const IDLE = 5_000;
const FIRST_WAIT = 250;
const LONGEST_WAIT = 10_000;

/**
 * Brings incidents from the desk into the search store, at the store's own pace and in the order they changed. How far it is, the store
 * itself says: so an index that was lost, emptied or restored from a backup is filled again, and a store that was down is caught up with.
 */
export class IncidentProjector {
  readonly #parts: ProjectorParts;
  #position = 0;
  #opened = false;
  #trouble: string | undefined;
  #stopping = false;
  #wake: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: ProjectorParts) {
    this.#parts = parts;
  }

  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Changed incidents that the store does not have yet, at most 1,000. */
  behind(): number {
    return this.#parts.desk.changed(this.#position, 1_000).length;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Something changed. It does not shorten the wait for a store in trouble. */
  wake(): void {
    if (this.#trouble === undefined) this.#wake?.();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    let wait = FIRST_WAIT;
    while (!this.#stopping) {
      try {
        if (!this.#opened) await this.#open();
        const brought = await this.#bring();
        wait = FIRST_WAIT;
        if (this.#trouble !== undefined) this.#parts.log.info(`${this.#parts.store.name} takes incidents again`);
        this.#trouble = undefined;
        if (brought === 0) await this.#pause(IDLE);
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        if (this.#trouble === undefined)
          this.#parts.log.warn(`incidents wait for ${this.#parts.store.name}, alerts go on: ${error.message}`);
        this.#trouble = error.message;
        // What it holds after an outage is asked anew.
        this.#opened = false;
        await this.#pause(wait);
        wait = Math.min(LONGEST_WAIT, wait * 2);
      }
    }
  }

  async #open(): Promise<void> {
    await this.#parts.store.open(this.#parts.stamp);
    this.#position = Math.max(0, (await this.#parts.store.position()) - AGAIN);
    this.#opened = true;
  }

  async #bring(): Promise<number> {
    const { desk, store, cut } = this.#parts;
    const changed = desk.changed(this.#position, BATCH);
    const last = changed.at(-1);
    if (last === undefined) return 0;
    const documents: IncidentDocument[] = [];
    for (const { n, incident: id } of changed) {
      const incident = desk.incident(id);
      if (incident !== undefined)
        documents.push(incidentDocument(incident, n, await cut(incident.title), desk.evidenceHours(id)));
    }
    await store.put(documents);
    this.#position = last.n;
    return changed.length;
  }

  #pause(ms: number): Promise<void> {
    if (this.#stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
      this.#wake = done;
    });
  }
}
