/** Seconds between two turns as the address may ask for them. */
const LEAST = 5;
const MOST = 3_600;
/** How long after a key or a move of the pointer nothing turns away under a person's eyes. */
const IN_USE_MS = 30_000;
const TICK = 500;

export interface RotationParts {
  /** The region that is shown and its parts; null is all there is. Asked while the turn is at its beginning. */
  stops(): readonly (string | null)[];
  show(region: string | null): void;
  /** True while the data stands still: then nothing turns. */
  stale(): boolean;
}

/** `?rotate=20`: the seconds; undefined where the address asks for none. */
export function rotateSeconds(search: string): number | undefined {
  const said = new URLSearchParams(search).get('rotate');
  const seconds = said === null || said.trim() === '' ? Number.NaN : Number(said);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(MOST, Math.max(LEAST, Math.round(seconds))) : undefined;
}

/**
 * Turns from a region through its parts and back. A person who touches the screen stops it for half a minute, the button for good, and
 * a new alert brings it back to the beginning, where nothing is left out. Times are ms of the page's own clock.
 */
export class Rotation {
  readonly every: number;
  at = $state(0);
  of = $state(0);
  held = $state(false);
  /** Until the next turn, whole seconds. */
  left = $state(0);
  /** How long it still waits for the person who touched it, whole seconds; 0 where nobody did. */
  waits = $state(0);
  stale = $state(false);

  readonly #parts: RotationParts;
  #stops: readonly (string | null)[] = [];
  #passed = 0;
  #usedAt = Number.NEGATIVE_INFINITY;
  #lastTick = 0;

  constructor(seconds: number, parts: RotationParts) {
    this.every = seconds * 1000;
    this.#parts = parts;
    this.left = seconds;
  }

  follow(): () => void {
    const used = (): void => this.used(performance.now());
    const kinds = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'focusin'] as const;
    for (const kind of kinds) addEventListener(kind, used, { passive: true });
    this.#lastTick = performance.now();
    const timer = setInterval(() => this.tick(performance.now()), TICK);
    return () => {
      clearInterval(timer);
      for (const kind of kinds) removeEventListener(kind, used);
    };
  }

  used(now: number): void {
    this.#usedAt = now;
    this.waits = Math.ceil(IN_USE_MS / 1000);
  }

  toggle(): void {
    this.held = !this.held;
    this.#usedAt = Number.NEGATIVE_INFINITY;
    this.waits = 0;
  }

  /** A person chose a region themselves: the turn begins anew from there. */
  startOver(): void {
    this.at = 0;
    this.#passed = 0;
  }

  /** Something new: back to where everything is seen. */
  home(): void {
    this.#go(0);
  }

  tick(now: number): void {
    const passed = Math.max(0, now - this.#lastTick);
    this.#lastTick = now;
    if (this.at === 0) this.#stops = this.#parts.stops();
    const { length } = this.#stops;
    this.of = length;
    this.stale = this.#parts.stale();
    this.waits = Math.max(0, Math.ceil((this.#usedAt + IN_USE_MS - now) / 1000));
    if (this.held || this.stale || this.waits > 0 || length < 2) return;
    this.#passed += passed;
    if (this.#passed >= this.every) this.#go((this.at + 1) % length);
    this.left = Math.ceil((this.every - this.#passed) / 1000);
  }

  #go(at: number): void {
    this.#passed = 0;
    const stop = this.#stops[at];
    if (stop === undefined) return;
    const moves = at !== this.at;
    this.at = at;
    this.left = Math.ceil(this.every / 1000);
    if (moves) this.#parts.show(stop);
  }
}
