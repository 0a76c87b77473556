/**
 * The deployment's now, ticked locally between pulses: in a drill it runs faster than the wall clock on the desk. Built on
 * the page's monotonic clock, so a machine whose own time is wrong still shows the right one.
 */
export class ScreenClock {
  /** Epoch ms of the deployment; 0 until the first pulse. */
  now = $state(0);
  /** ms since the page was opened, for the age of what the screen has heard. */
  local = $state(performance.now());
  /** 1, or the drill's speed. */
  speed = $state(1);
  /** False until the first pulse has set it. */
  readonly set = $derived(this.now > 0);

  #base = { now: 0, local: 0 };

  /** @param now epoch ms as the server says it. @param speed 1 in daily work. */
  sync(now: number, speed: number): void {
    if (!Number.isFinite(now) || !Number.isFinite(speed) || speed < 0) return;
    this.#base = { now, local: performance.now() };
    this.speed = speed;
    this.#tick();
  }

  /** Ticks until the answer is called. */
  follow(): () => void {
    const timer = setInterval(() => this.#tick(), 500);
    return () => clearInterval(timer);
  }

  #tick(): void {
    this.local = performance.now();
    if (this.#base.now > 0) this.now = this.#base.now + (this.local - this.#base.local) * this.speed;
  }
}
