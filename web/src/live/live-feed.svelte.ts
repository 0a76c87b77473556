import { io, type Socket } from 'socket.io-client';
import type { AlertRow, IncidentRow, Pulse, SourceRow } from '../../../server/contract/http.ts';
import type { ScreenAuth, ScreenToServer, ServerToScreen } from '../../../server/contract/live.ts';
import { api } from './api.ts';
import { isAlertRow, isIncidentRow, isPulse } from './guards.ts';
import type { ScreenClock } from './screen-clock.svelte.ts';

/** live 实时 · catching 追补中 · stopped 停于 hh:mm · offline 离线. */
export type LinkState = 'connecting' | 'live' | 'catching' | 'stopped' | 'offline';
export type Part = 'incidents' | 'alerts' | 'pulse' | 'sources';
type LiveSocket = Socket<ServerToScreen, ScreenToServer>;

const STALE_AFTER = 10_000;
const ALERTS_KEPT = 200;
const ALERTS_AT_START = 60;
const SOURCES_EVERY = 10_000;
const RETRY_AFTER = 5_000;
const CAUGHT_UP_SHOWN = 8_000;

/**
 * What the wall knows: a snapshot over HTTP, then the socket. Alerts come in order of seq, a seq already shown is ignored;
 * after every reconnect the snapshot is read again, and a row the socket brought meanwhile is never overwritten by it.
 */
export class LiveFeed {
  incidents = $state.raw<ReadonlyMap<string, IncidentRow>>(new Map());
  /** Newest last, at most 200. */
  alerts = $state.raw<readonly AlertRow[]>([]);
  pulse = $state.raw<Pulse | null>(null);
  sources = $state.raw<readonly SourceRow[]>([]);
  loaded = $state.raw<ReadonlySet<Part>>(new Set());
  failed = $state.raw<ReadonlyMap<Part, string>>(new Map());
  /** Ids of incidents that came after the first snapshot, for their entrance. */
  fresh = $state.raw<ReadonlySet<string>>(new Set());
  /** The newest alert that came by the socket, to be announced. */
  newest = $state.raw<AlertRow | null>(null);
  /** Alerts that came while catching up, said for a few seconds after; 0 otherwise. */
  caughtUp = $state(0);
  /** Messages left out because they could not be understood. */
  unreadable = $state(0);

  readonly stale = $derived.by(() => this.#heardAt >= 0 && this.#clock.local - this.#heardAt > STALE_AFTER);
  readonly link = $derived.by((): LinkState => {
    if (this.#heardAt < 0) return this.#clock.local < STALE_AFTER ? 'connecting' : 'offline';
    if (!this.#connected) return 'offline';
    if (this.stale) return 'stopped';
    return this.#catching ? 'catching' : 'live';
  });

  readonly #clock: ScreenClock;
  #connected = $state(false);
  #catching = $state(false);
  /** On the page's own monotonic clock; -1 before the first pulse. */
  #heardAt = $state(-1);
  #connectedAt = 0;
  #lastSeq = 0;
  #came = 0;
  /** False until the first connection: what a screen begins with is not news. */
  #cameBefore = false;
  #touched = new Set<string>();
  #reading: Promise<void> | undefined;
  #readAgain = false;
  #socket: LiveSocket | undefined;
  #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(clock: ScreenClock) {
    this.#clock = clock;
  }

  /** Reads, connects and stays connected until the answer is called. */
  follow(): () => void {
    const socket: LiveSocket = io('/live', {
      auth: (say: (auth: ScreenAuth) => void) => say({ lastSeq: this.#lastSeq, regions: [] }),
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 4000,
      autoConnect: false,
    });
    this.#socket = socket;
    socket.on('connect', () => this.#onConnect());
    socket.on('disconnect', (why) => {
      this.#connected = false;
      // A server that closes on purpose is not retried by the library; a wall always comes back.
      if (why === 'io server disconnect') this.#later(RETRY_AFTER, () => socket.connect());
    });
    socket.on('alert', (row: unknown) => (isAlertRow(row) ? this.#takeAlert(row) : (this.unreadable += 1)));
    socket.on('incident', (row: unknown) => (isIncidentRow(row) ? this.#takeIncident(row) : (this.unreadable += 1)));
    socket.on('gone', (id: unknown) => this.#letGo(String(id)));
    socket.on('pulse', (row: unknown) => (isPulse(row) ? this.#takePulse(row) : (this.unreadable += 1)));
    socket.on('resync', () => {
      this.#catching = true;
      void this.read();
    });
    void this.read().then(() => socket.connect());
    const sources = setInterval(() => void this.#readPart('sources'), SOURCES_EVERY);
    return () => {
      clearInterval(sources);
      for (const timer of this.#timers) clearTimeout(timer);
      this.#timers.clear();
      socket.close();
    };
  }

  /** Reads everything again over HTTP; a call while one is running is answered by a second round after it. */
  async read(): Promise<void> {
    if (this.#reading !== undefined) {
      this.#readAgain = true;
      return this.#reading;
    }
    this.#reading = this.#readAll();
    try {
      await this.#reading;
    } finally {
      this.#reading = undefined;
      this.#settle();
    }
  }

  async #readAll(): Promise<void> {
    do {
      this.#readAgain = false;
      this.#touched = new Set();
      // The pulse first: it says how far the alerts go, so that only the newest are asked for.
      await this.#readPart('pulse');
      await Promise.all([this.#readPart('incidents'), this.#readPart('alerts'), this.#readPart('sources')]);
    } while (this.#readAgain);
  }

  async #readPart(part: Part): Promise<void> {
    try {
      if (part === 'pulse') this.#takePulse(await api.pulse());
      else if (part === 'incidents') this.#takeSnapshot(await api.incidents());
      else if (part === 'sources') this.sources = await api.sources();
      else {
        const from = this.#lastSeq > 0 ? this.#lastSeq : Math.max(0, (this.pulse?.alertSeq ?? 0) - ALERTS_AT_START);
        for (const row of await api.alerts(from)) this.#takeAlert(row);
      }
      if (!this.loaded.has(part)) this.loaded = new Set([...this.loaded, part]);
      if (this.failed.has(part)) this.failed = new Map([...this.failed].filter(([name]) => name !== part));
    } catch (cause) {
      this.failed = new Map([...this.failed, [part, cause instanceof Error ? cause.message : String(cause)]]);
      this.#later(RETRY_AFTER, () => void this.#readPart(part));
    }
  }

  #onConnect(): void {
    this.#connected = true;
    this.#catching = true;
    this.#connectedAt = performance.now();
    this.#came = 0;
    // The snapshot may be as old as the time without a connection.
    void this.read();
  }

  #takeSnapshot(rows: readonly IncidentRow[]): void {
    const held = this.incidents;
    const next = new Map<string, IncidentRow>();
    for (const row of rows) next.set(row.id, this.#touched.has(row.id) ? (held.get(row.id) ?? row) : row);
    for (const id of this.#touched) {
      const row = held.get(id);
      if (row !== undefined) next.set(id, row);
    }
    if (this.loaded.has('incidents')) this.#markFresh([...next.keys()].filter((id) => !held.has(id)));
    this.incidents = next;
  }

  #takeIncident(row: IncidentRow): void {
    this.#touched.add(row.id);
    if (!this.incidents.has(row.id) && this.loaded.has('incidents')) this.#markFresh([row.id]);
    this.incidents = new Map(this.incidents).set(row.id, row);
  }

  #letGo(id: string): void {
    this.#touched.delete(id);
    this.incidents = new Map([...this.incidents].filter(([held]) => held !== id));
  }

  #markFresh(ids: readonly string[]): void {
    if (ids.length > 0) this.fresh = new Set([...this.fresh, ...ids]);
  }

  #takeAlert(row: AlertRow): void {
    if (row.seq <= this.#lastSeq) return;
    this.#lastSeq = row.seq;
    this.#came += 1;
    this.alerts = [...this.alerts, row].slice(-ALERTS_KEPT);
    if (this.loaded.has('alerts')) this.newest = row;
    this.#socket?.emit('seen', row.seq);
  }

  #takePulse(pulse: Pulse): void {
    this.pulse = pulse;
    this.#heardAt = performance.now();
    // When a drill is over its clock runs on at everybody's pace.
    this.#clock.sync(Date.parse(pulse.now), pulse.drill?.done === true ? 1 : pulse.speed);
    this.#settle();
  }

  /** Caught up: everything was read since the connection came, and a pulse was heard. */
  #settle(): void {
    if (!this.#catching || !this.#connected || this.#reading !== undefined || this.#heardAt < this.#connectedAt) return;
    this.#catching = false;
    this.caughtUp = this.#cameBefore ? this.#came : 0;
    this.#cameBefore = true;
    if (this.caughtUp > 0) this.#later(CAUGHT_UP_SHOWN, () => (this.caughtUp = 0));
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
