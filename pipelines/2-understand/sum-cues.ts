import type { Cue } from '../ports/weights.ts';
import type { CueFinder } from './find-cues.ts';

/** Sums of cue weights by label, such as `need.求助`; nothing where no cue of the label was found. */
export interface CueSums {
  get(label: string): number | undefined;
}

/** A label whose words count once each, however often they stand there: what is said again is no second sign. */
const ONCE = 'life.self';

/** The sums of the cue words found last. One object serves every post of a thread. */
export class CueAdder implements CueSums {
  readonly #finder: CueFinder;
  readonly #weights: Float64Array;
  readonly #sums: Float64Array;
  readonly #numbers: ReadonlyMap<string, number>;
  /** The text in which each cue was found last, by its number. */
  readonly #foundIn: Int32Array;
  readonly #once: number;
  #text = 0;

  constructor(finder: CueFinder, cues: readonly Cue[]) {
    this.#finder = finder;
    this.#weights = Float64Array.from(cues, (cue) => cue.weight);
    this.#sums = new Float64Array(finder.labelNames.length);
    this.#foundIn = new Int32Array(cues.length);
    this.#once = finder.labelNames.indexOf(ONCE);
    this.#numbers = new Map(finder.labelNames.map((label, at) => [label, at]));
  }

  add(): this {
    const { cues, labels, count } = this.#finder;
    this.#sums.fill(0);
    this.#text = (this.#text + 1) | 0;
    for (let hit = 0; hit < count; hit++) {
      const cue = cues[hit] as number;
      const label = labels[cue] as number;
      if (label === this.#once && this.#foundIn[cue] === this.#text) continue;
      this.#foundIn[cue] = this.#text;
      this.#sums[label] = (this.#sums[label] as number) + (this.#weights[cue] as number);
    }
    return this;
  }

  get(label: string): number | undefined {
    const at = this.#numbers.get(label);
    return at === undefined ? undefined : this.#sums[at];
  }
}
