/** Time that only runs forward, ms, whatever becomes of the clock on the wall; its zero means nothing. */
export type Steady = () => number;

/**
 * Says when something dated by the wall clock is due, so that setting that clock moves nothing: how long is left is asked once, when a
 * date is first seen, and from then on counted on a clock that only runs forward. After a restart no more is left than `most`.
 */
export class SteadyAlarm {
  readonly #steady: Steady;
  readonly #armed = new Map<string, { readonly dueAt: number; readonly at: number }>();

  constructor(steady: Steady) {
    this.#steady = steady;
  }

  /** How late it is, ms; negative while it is not due. */
  lateBy(key: string, dueAt: number, now: number, most: number): number {
    let armed = this.#armed.get(key);
    if (armed === undefined || armed.dueAt !== dueAt) {
      armed = { dueAt, at: this.#steady() + Math.min(dueAt - now, most) };
      this.#armed.set(key, armed);
    }
    return this.#steady() - armed.at;
  }

  /** Forgets all but these. */
  keep(keys: ReadonlySet<string>): void {
    for (const key of this.#armed.keys()) if (!keys.has(key)) this.#armed.delete(key);
  }
}
