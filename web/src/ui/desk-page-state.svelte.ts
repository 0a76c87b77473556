const STALE_AFTER = 15_000;

/** A page of the desk that is read again every few seconds, and kept while a reading fails. `T` says the server's now. */
export class DeskPageState<T extends { readonly now: string; readonly drill: boolean }> {
  page = $state.raw<T | null>(null);
  /** Why the last reading failed; empty while it did not. */
  failed = $state('');
  /** What came of the last thing that was done; empty before, and once it is of no use any more. */
  said = $state('');
  saidBadly = $state(false);
  busy = $state(false);
  readonly stale = $derived.by(() => this.page !== null && this.#local - this.#readAt > STALE_AFTER);
  /** The server's now, ticked on between readings, epoch ms. */
  readonly now = $derived.by(() =>
    this.page === null ? 0 : Date.parse(this.page.now) + (this.page.drill ? 0 : this.#local - this.#readAt),
  );

  #local = $state(performance.now());
  #readAt = $state(0);
  readonly #ask: () => Promise<T>;
  readonly #every: number;

  constructor(ask: () => Promise<T>, every = 5_000) {
    this.#ask = ask;
    this.#every = every;
  }

  /** Reads until the answer is called. */
  follow(): () => void {
    const reading = setInterval(() => void this.read(), this.#every);
    const ticking = setInterval(() => (this.#local = performance.now()), 1_000);
    void this.read();
    return () => {
      clearInterval(reading);
      clearInterval(ticking);
    };
  }

  async read(): Promise<void> {
    try {
      this.page = await this.#ask();
      this.#readAt = performance.now();
      this.#local = this.#readAt;
      this.failed = '';
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    }
  }

  /** Does one thing at a time and says what came of it, then reads the page again. False where it failed. */
  async act(work: () => Promise<unknown>, done: string): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.said = '';
    try {
      await work();
      this.saidBadly = false;
      this.said = done;
      return true;
    } catch (cause) {
      this.saidBadly = true;
      this.said = cause instanceof Error ? cause.message : String(cause);
      return false;
    } finally {
      this.busy = false;
      await this.read();
    }
  }
}
