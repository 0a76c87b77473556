import { readShape, type Shape } from '../pipelines/2-understand/read-shape.ts';
import { TextReader } from '../pipelines/2-understand/read-text.ts';
import { weighDanger } from '../pipelines/2-understand/weigh-danger.ts';
import { weighParts } from '../pipelines/2-understand/weigh-plea.ts';
import { PLEA_PARTS, type Cue } from '../pipelines/ports/weights.ts';
import { CueReader } from './silver.ts';

/** The parts of a plea in a text, read as the running product reads them. */
export class PleaReader {
  readonly #cues: CueReader;
  readonly #text: TextReader;
  readonly #shape: Shape = { length: 0, headline: false, phones: 0 };

  constructor(cues: readonly Cue[], folding: Uint16Array) {
    this.#cues = new CueReader(cues, folding);
    this.#text = new TextReader(folding);
  }

  /** The PLEA_PARTS of one text, in their order. */
  of(text: string): Float64Array {
    const sums = this.#cues.of(text);
    this.#text.read(text);
    readShape(this.#text, this.#shape);
    const parts = new Float64Array(PLEA_PARTS.length);
    weighParts(sums, this.#shape, weighDanger(sums, this.#shape), parts);
    return parts;
  }
}
