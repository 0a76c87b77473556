/**
 * Holds what changed until the next tick of a fixed pace and then hands it on, the newest value a key. A thousand changes of
 * one incident between two ticks are one message.
 */
export class Latest<Value> {
  readonly #paceMs: number;
  readonly #hand: (values: Value[]) => void;
  #waiting = new Map<string, Value>();
  #timer: NodeJS.Timeout | undefined;
  #paused = false;

  constructor(paceMs: number, hand: (values: Value[]) => void) {
    this.#paceMs = paceMs;
    this.#hand = hand;
  }

  /** The first after a quiet time goes at the end of this tick of the event loop, the next ones at the pace. */
  put(key: string, value: Value): void {
    this.#waiting.set(key, value);
    if (this.#timer === undefined && !this.#paused) this.#timer = setTimeout(() => this.#flush(), 0);
  }

  stop(): void {
    this.#paused = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#waiting.size === 0) return;
    const values = [...this.#waiting.values()];
    this.#waiting = new Map();
    this.#timer = setTimeout(() => this.#flush(), this.#paceMs);
    this.#hand(values);
  }
}
