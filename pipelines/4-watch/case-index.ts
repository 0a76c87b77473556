import { allOf, spotKey } from '../domain/particulars.ts';
import { sameCase, type Case, type Sameness } from '../domain/same-case.ts';

/** Which cluster tells of which plea's case, and where else a case is already told of. Bounded by the clusters. */
export class CaseIndex {
  readonly #cases = new Map<number, Case>();
  /** By telephone, name, road or estate: the clusters that say it. */
  readonly #said = new Map<string, number[]>();

  /** A cluster has taken in a plea. */
  note(serial: number, plea: Case): void {
    const held = this.#cases.get(serial);
    const now = held === undefined ? plea : { ...allOf(held, plea), region: plea.region ?? held.region };
    this.#cases.set(serial, now);
    for (const key of keysOf(plea)) {
      const serials = this.#said.get(key);
      if (serials === undefined) this.#said.set(key, [serial]);
      else if (!serials.includes(serial)) serials.push(serial);
    }
  }

  /** The clusters that tell of this very case, oldest first. */
  of(plea: Case): number[] {
    const found = new Set<number>();
    for (const key of keysOf(plea))
      for (const serial of this.#said.get(key) ?? []) if (this.compare(serial, plea) === 'same') found.add(serial);
    return [...found].sort((a, b) => a - b);
  }

  /** A cluster without a plea says nothing. */
  compare(serial: number, plea: Case): Sameness {
    const held = this.#cases.get(serial);
    return held === undefined ? 'unsaid' : sameCase(held, plea);
  }

  caseOf(serial: number): Case | undefined {
    return this.#cases.get(serial);
  }

  merge(into: number, from: number): void {
    const gone = this.#cases.get(from);
    this.drop(from);
    if (gone !== undefined) this.note(into, gone);
  }

  drop(serial: number): void {
    const gone = this.#cases.get(serial);
    if (gone === undefined) return;
    this.#cases.delete(serial);
    for (const key of keysOf(gone)) {
      const left = (this.#said.get(key) ?? []).filter((other) => other !== serial);
      if (left.length === 0) this.#said.delete(key);
      else this.#said.set(key, left);
    }
  }

  save(): CaseIndexState {
    return { cases: this.#cases };
  }

  load(state: CaseIndexState): void {
    for (const [serial, plea] of state.cases) this.note(serial, plea);
  }
}

export interface CaseIndexState {
  readonly cases: ReadonlyMap<number, Case>;
}

const keysOf = (plea: Case): string[] => [
  ...plea.phones,
  ...plea.names.map((name) => `n${name}`),
  ...plea.spots.map(spotKey),
];
