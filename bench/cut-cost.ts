import { openTokeniser } from '../server/adapters/jieba/open-tokeniser.ts';
import type { Corpus } from './corpus.ts';

const BESIDE = 400;
const BESIDE_EVERY_MS = 500;
/** So that long and short texts come in turn. */
const STRIDE = 7_919;

/**
 * µs of CPU a text for the tokeniser alone, HMM on, user dictionary loaded. `alone` before the server runs, over all the texts it is
 * given, the faster of two passes; `beside` while it runs, a few hundred texts now and then: with as little room in the caches.
 */
export class CutCost {
  readonly #cut: (text: string) => string[];
  readonly #texts: readonly string[];
  #next = 0;
  #count = 0;
  #used = 0;

  private constructor(cut: (text: string) => string[], corpus: Corpus) {
    this.#cut = cut;
    this.#texts = corpus.posts.map((post) => post.text);
  }

  static async of(corpus: Corpus): Promise<CutCost> {
    const tokeniser = await openTokeniser([], 'nodejieba');
    return new CutCost((text) => tokeniser.cut(text), corpus);
  }

  alone(): number {
    return Math.min(...[0, 1].map(() => this.#time(this.#texts) / this.#texts.length));
  }

  get beside(): number {
    return this.#used / this.#count;
  }

  /** @returns undo */
  watch(): () => void {
    const timer = setInterval(() => {
      const some = Array.from({ length: BESIDE }, () => this.#texts[(this.#next += STRIDE) % this.#texts.length]!);
      this.#used += this.#time(some);
      this.#count += BESIDE;
    }, BESIDE_EVERY_MS);
    return () => clearInterval(timer);
  }

  #time(texts: readonly string[]): number {
    const before = process.cpuUsage();
    for (const text of texts) this.#cut(text);
    const used = process.cpuUsage(before);
    return used.user + used.system;
  }
}
