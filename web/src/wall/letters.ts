import type { IncidentRow } from '../../../server/contract/http.ts';

const LETTERS = 26;
/** A … Z, then A2 … Z2. */
const nameOf = (index: number): string => {
  const round = Math.floor(index / LETTERS);
  return String.fromCharCode(65 + (index % LETTERS)) + (round === 0 ? '' : String(round + 1));
};

/**
 * One letter, one incident, on every panel. Letters follow the order of opening, so two walls that read the same incidents
 * say the same letter; once given, a letter stays for as long as the incident is open, and is free again after.
 */
export class Letters {
  readonly #given = new Map<string, string>();

  /** Gives letters to what has none yet, and takes back those of incidents no longer known or no longer open. */
  update(rows: Iterable<IncidentRow>): ReadonlyMap<string, string> {
    const open = [...rows]
      .filter((row) => row.state === 'open')
      .sort((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt) || (a.id < b.id ? -1 : 1));
    const ids = new Set(open.map((row) => row.id));
    for (const id of this.#given.keys()) if (!ids.has(id)) this.#given.delete(id);
    const taken = new Set(this.#given.values());
    let next = 0;
    for (const { id } of open) {
      if (this.#given.has(id)) continue;
      while (taken.has(nameOf(next))) next += 1;
      this.#given.set(id, nameOf(next));
      taken.add(nameOf(next));
    }
    return new Map(this.#given);
  }
}
