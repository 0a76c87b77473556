import type { Socket } from 'socket.io';
import { seesIncident, type Scope, type Viewer } from '../../pipelines/domain/person.ts';
import type { IncidentId } from '../../pipelines/domain/incident.ts';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import type { ScreenToServer, ServerToScreen } from '../contract/live.ts';
import type { Credentials, Services } from '../services.ts';
import type { Asked } from './handshake.ts';

/** What was checked at the door, kept with the socket. */
export interface ScreenData {
  asked: Asked;
  credentials: Credentials;
  viewer: Viewer;
}

type ScreenSocket = Socket<ScreenToServer, ServerToScreen, Record<string, never>, ScreenData>;

/** Alerts read from the outbox at a time. */
const PAGE = 100;

/**
 * One connected screen. Its cursor is the last alert it was given; everything else follows from it. Until it has caught up it
 * reads the outbox from the cursor, a page each time what was sent before has left; once a page comes back short, in the same
 * tick, it is `current` and is given each alert as it is raised. So nothing falls between the two and nothing comes twice.
 *
 * Where more than `window` packets wait for it, alerts stop and are read from the outbox once those have left; nothing is lost
 * by that. If it is still so when incidents or counts are due, which are kept nowhere, it is `stalled`: told once to read again
 * over HTTP, then sent nothing at all until what waits has left. It sees that message only after the rest, so what it then reads
 * is newer than all it missed. So a screen that does not read costs a window, not the memory of the server.
 */
export class Screen {
  readonly socket: ScreenSocket;
  readonly #watch: Services['watch'];
  readonly #regions: readonly RegionCode[];
  /** May change while it is connected. */
  scope: Scope;
  readonly #window: number;
  readonly #drained = (): void => this.#goOn();
  #cursor: number;
  #current = false;
  #stalled = false;
  #reading = false;

  constructor(socket: ScreenSocket, watch: Services['watch'], asked: Asked, scope: Scope, window: number) {
    this.socket = socket;
    this.#watch = watch;
    this.#regions = asked.regions;
    this.scope = scope;
    this.#window = window;
    this.#cursor = asked.lastSeq;
  }

  start(): void {
    const newest = this.#watch.lastSeq(this.scope);
    if (this.#cursor > newest) {
      // The outbox began anew (another var folder): what the screen calls its last alert never happened here.
      this.#cursor = newest;
      this.socket.emit('resync', { seq: newest });
    }
    this.socket.conn.on('drain', this.#drained);
    this.#goOn();
  }

  /** A connection may outlive its screen, so the screen lets go of it. */
  stop(): void {
    this.socket.conn.off('drain', this.#drained);
  }

  /** The screen has alerts up to here from elsewhere (it read them over HTTP); they need not be sent again. */
  has(seq: number): void {
    if (seq > this.#cursor) this.#cursor = seq;
  }

  /**
   * To be asked before something that is kept nowhere is sent, once for all that is sent together.
   * @returns true where it has just fallen too far behind; it has been told so
   */
  fallsBehind(): boolean {
    if (this.#stalled || this.#waiting() <= this.#window) return false;
    this.#stalled = true;
    this.#current = false;
    this.socket.emit('resync', { seq: this.#cursor });
    return true;
  }

  /** The rooms say who shows a region; this says who may see it, whatever the rooms say. */
  sees({ id, region }: { readonly id: string; readonly region: string | null }): boolean {
    return seesIncident(this.scope, { id: id as IncidentId, region: region as RegionCode | null });
  }

  /** True where it can be told what is new. */
  get hears(): boolean {
    return !this.#stalled;
  }

  /** True where it is to be given the alert now; it then counts as given. */
  takes(seq: number): boolean {
    if (!this.#current || seq <= this.#cursor) return false;
    if (this.#waiting() > this.#window) {
      this.#current = false;
      return false;
    }
    this.#cursor = seq;
    return true;
  }

  /** Packets the transport has not taken yet. engine.io keeps them public in fact and private in its types; nothing else tells. */
  #waiting(): number {
    return (this.socket.conn as unknown as { readonly writeBuffer: readonly unknown[] }).writeBuffer.length;
  }

  #goOn(): void {
    // Sending can drain at once and come back here in the middle of a page.
    if (this.#current || this.#reading || !this.socket.connected) return;
    this.#reading = true;
    try {
      while (this.#waiting() === 0) {
        this.#stalled = false;
        const page = this.#watch.alerts(this.scope, this.#cursor, PAGE, this.#regions);
        for (const row of page) {
          this.#cursor = row.seq;
          this.socket.emit('alert', row);
        }
        if (page.length < PAGE) {
          this.#current = true;
          return;
        }
      }
    } finally {
      this.#reading = false;
    }
  }
}
