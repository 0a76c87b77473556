import type { Vector } from './vector.ts';

/** More than twice as many as a vector has entries: 40 words, 6 roads, 39 pairs of signs, 5 divisions. */
const CELLS = 256;

/** One vector laid open, so that a hash finds its value in a step. The same table serves one vector after another. */
export class VectorTable {
  readonly #ids = new Int32Array(CELLS);
  readonly #values = new Float64Array(CELLS);
  readonly #turns = new Int32Array(CELLS);
  #turn = 0;

  lay({ ids, values }: Vector): void {
    this.#turn = (this.#turn + 1) | 0;
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at]!;
      let cell = cellOf(id);
      while (this.#turns[cell] === this.#turn && this.#ids[cell] !== id) cell = (cell + 1) & (CELLS - 1);
      this.#turns[cell] = this.#turn;
      this.#ids[cell] = id;
      this.#values[cell] = values[at]!;
    }
  }

  /** 0 for what the vector does not hold. */
  of(id: number): number {
    for (let cell = cellOf(id); this.#turns[cell] === this.#turn; cell = (cell + 1) & (CELLS - 1))
      if (this.#ids[cell] === id) return this.#values[cell]!;
    return 0;
  }
}

const cellOf = (id: number): number => (id ^ (id >>> 11)) & (CELLS - 1);
