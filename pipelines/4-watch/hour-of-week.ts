const HOUR = 3_600_000;
const WEEK = 168;
/** 08:00 in Shanghai is 00:00 UTC; the epoch was a Thursday. Any fixed start serves, since only sameness counts. */
const SHIFT = 8;
/** Weeks after which an hour's past counts half. */
const FORGET = 0.5 ** (1 / 4);
/** Hours' worth of the mean by which each hour is held back: one odd hour is no habit. */
const HOLD = 4;

/**
 * How busy the stream usually is in this hour of the week, as a factor on its mean: 168 decayed counts. 1 until two weeks are known;
 * what is usual at three in the night is not what is usual at nine in the evening.
 */
export class HourOfWeek {
  readonly #posts = new Float64Array(WEEK);
  readonly #weeks = new Float64Array(WEEK);
  #hour = -1;
  #first = -1;
  #count = 0;

  /** A post earlier than the newest hour is left out: what came late says nothing of the hour it came in. */
  add(time: number): void {
    const hour = Math.floor(time / HOUR) + SHIFT;
    if (this.#hour < 0) [this.#hour, this.#first] = [hour, hour];
    if (hour < this.#hour) return;
    while (this.#hour < hour) {
      if (hour - this.#hour > 2 * WEEK) {
        // A gap of weeks is a gap of the source, not a habit.
        this.#hour = hour;
        this.#count = 0;
        break;
      }
      const cell = this.#hour % WEEK;
      this.#posts[cell] = this.#posts[cell]! * FORGET + this.#count;
      this.#weeks[cell] = this.#weeks[cell]! * FORGET + 1;
      this.#count = 0;
      this.#hour++;
    }
    this.#count++;
  }

  /** 0.2 … 5. */
  factor(time: number): number {
    if (this.#first < 0 || this.#hour - this.#first < 2 * WEEK) return 1;
    let [posts, weeks] = [0, 0];
    for (let cell = 0; cell < WEEK; cell++) {
      posts += this.#posts[cell]!;
      weeks += this.#weeks[cell]!;
    }
    const mean = posts / Math.max(1, weeks);
    if (mean <= 0) return 1;
    const cell = (Math.floor(time / HOUR) + SHIFT) % WEEK;
    const rate = (this.#posts[cell]! + HOLD * mean) / (this.#weeks[cell]! + HOLD);
    return Math.min(5, Math.max(0.2, rate / mean));
  }

  save(): HourOfWeekState {
    return { posts: this.#posts, weeks: this.#weeks, hour: this.#hour, first: this.#first, count: this.#count };
  }

  load(state: HourOfWeekState): void {
    this.#posts.set(state.posts);
    this.#weeks.set(state.weeks);
    this.#hour = state.hour;
    this.#first = state.first;
    this.#count = state.count;
  }
}

export interface HourOfWeekState {
  readonly posts: Float64Array;
  readonly weeks: Float64Array;
  readonly hour: number;
  readonly first: number;
  readonly count: number;
}
