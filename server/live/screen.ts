import type { Socket } from 'socket.io';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import type { ScreenToServer, ServerToScreen } from '../contract/live.ts';
import type { Services } from '../services.ts';

export type ScreenSocket = Socket<ScreenToServer, ServerToScreen>;

/** Alerts read from the outbox at a time. */
const PAGE = 100;

/**
 * One connected screen. Its cursor is the last alert it was given; everything else follows from it:
 * while `catching up` it reads the outbox from the cursor, a page each time what was sent before has left, and is told nothing
 * else; once a page comes back short, in the same tick, it is `live` and is given each alert as it is raised. So nothing
 * falls between the two and nothing comes twice, and a screen that does not read costs at most `window` packets and one page.
 */
export class Screen {
  readonly socket: ScreenSocket;
  readonly #watch: Services['watch'];
  readonly #regions: readonly RegionCode[];
  readonly #window: number;
  #cursor: number;
  #live = false;
  #reading = false;

  constructor(
    socket: ScreenSocket,
    watch: Services['watch'],
    asked: { readonly lastSeq: number; readonly regions: readonly RegionCode[] },
    window: number,
  ) {
    this.socket = socket;
    this.#watch = watch;
    this.#regions = asked.regions;
    this.#window = window;
    this.#cursor = asked.lastSeq;
    socket.conn.on('drain', () => this.#catchUp());
  }

  get live(): boolean {
    return this.#live;
  }

  get cursor(): number {
    return this.#cursor;
  }

  start(): void {
    const newest = this.#watch.lastSeq();
    if (this.#cursor > newest) {
      // The outbox began anew (another var folder): what the screen calls its last alert never happened here.
      this.#cursor = newest;
      this.socket.emit('resync', { seq: newest });
    }
    this.#catchUp();
  }

  /** The screen has alerts up to here from elsewhere (it read them over HTTP); they need not be sent again. */
  has(seq: number): void {
    if (seq > this.#cursor) this.#cursor = seq;
  }

  /** True where this live screen is to be given the alert now; it then counts as given. */
  takes(seq: number): boolean {
    if (!this.#live || seq <= this.#cursor) return false;
    this.#cursor = seq;
    return true;
  }

  /**
   * Where more waits for this screen than it is allowed: tells it once to read again, and sends nothing more until what waits
   * has left. @returns true where it has just fallen behind
   */
  fallsBehind(): boolean {
    if (!this.#live || this.#waiting() <= this.#window) return false;
    this.#live = false;
    this.socket.emit('resync', { seq: this.#cursor });
    return true;
  }

  /** Packets the transport has not taken yet. engine.io keeps them public in fact and private in its types; nothing else tells. */
  #waiting(): number {
    return (this.socket.conn as unknown as { readonly writeBuffer: readonly unknown[] }).writeBuffer.length;
  }

  #catchUp(): void {
    if (this.#live || this.#reading || !this.socket.connected) return;
    // Emitting can drain at once and come back here in the middle of a page.
    this.#reading = true;
    try {
      while (this.#waiting() === 0) {
        const page = this.#watch.alerts(this.#cursor, PAGE, this.#regions);
        for (const row of page) {
          this.#cursor = row.seq;
          this.socket.emit('alert', row);
        }
        if (page.length < PAGE) {
          this.#live = true;
          return;
        }
      }
    } finally {
      this.#reading = false;
    }
  }
}
