import type { Socket } from 'socket.io-client';
import type { AlertRow, IncidentRow } from '../../../server/contract/http.ts';
import type { Pulse, SourceRow } from '../../../server/contract/pulse.ts';
import type { SilenceEventRow } from '../../../server/contract/sources.ts';
import type { ScreenAuth, ScreenToServer, ServerToScreen } from '../../../server/contract/live.ts';
import { api } from './api.ts';
import { displayToken, toSignIn } from './asker.ts';
import type { io as OpenSocket } from './open-socket.ts';
import { isAlertRow, isIncidentRow, isPulse, isSilenceEvent } from './guards.ts';
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
/** Incidents that are over are kept for the list of all, the newest ones; a wall runs for weeks. */
const OVER_KEPT = 100;
/** Looked through again once so many more have come. */
const OVER_SLACK = 50;

/** An alert as it comes; `catching` where it came in the time without a connection. */
export type AlertListener = (alert: AlertRow, catching: boolean) => void;

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
  /** The newest silence of a source, or its end, that came by the socket, to be announced. */
  silence = $state.raw<SilenceEventRow | null>(null);
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
  readonly #listeners = new Set<AlertListener>();
  readonly #fileListeners = new Set<() => void>();

  constructor(clock: ScreenClock) {
    this.#clock = clock;
  }

  /** Hears every alert that comes after the first reading, once and in order; returns its own undo. */
  listen(listener: AlertListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called where people did something in a file, and after every reading; returns its own undo. */
  onFiles(listener: () => void): () => void {
    this.#fileListeners.add(listener);
    return () => this.#fileListeners.delete(listener);
  }

  /** Reads, connects and stays connected until the answer is called. */
  follow(): () => void {
    let isEnded = false;
    const first = this.read();
    const open = async (): Promise<void> => {
      const { io } = await import('./open-socket.ts');
      await first;
      if (!isEnded) this.#open(io).connect();
    };
    const tried = (): void =>
      void open().catch(() => {
        // Its script could not be loaded; the screen says offline, and tries again.
        if (!isEnded) this.#later(RETRY_AFTER, tried);
      });
    tried();
    const sources = setInterval(() => void this.#readPart('sources'), SOURCES_EVERY);
    return () => {
      isEnded = true;
      clearInterval(sources);
      for (const timer of this.#timers) clearTimeout(timer);
      this.#timers.clear();
      this.#socket?.close();
    };
  }

  #open(io: typeof OpenSocket): LiveSocket {
    const socket: LiveSocket = io('/live', {
      auth: (say: (auth: ScreenAuth) => void) => {
        const display = displayToken();
        say({ lastSeq: this.#lastSeq, regions: [], ...(display === undefined ? {} : { display }) });
      },
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
    socket.on('connect_error', ({ message }) => {
      if (message === 'sign_in') toSignIn();
    });
    socket.on('alert', (row: unknown) => (isAlertRow(row) ? this.#takeAlert(row) : (this.unreadable += 1)));
    socket.on('incident', (row: unknown) => (isIncidentRow(row) ? this.#takeIncident(row) : (this.unreadable += 1)));
    socket.on('gone', (id: unknown) => this.#letGo(String(id)));
    socket.on('pulse', (row: unknown) => (isPulse(row) ? this.#takePulse(row) : (this.unreadable += 1)));
    socket.on('silence', (row: unknown) => (isSilenceEvent(row) ? this.#takeSilence(row) : (this.unreadable += 1)));
    socket.on('resync', () => {
      this.#catching = true;
      void this.read();
    });
    return socket;
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
    this.#keep(next);
    for (const listener of this.#fileListeners) listener();
  }

  /** Open ones all, of those that are over the newest: what is forgotten here is read again when somebody opens it. */
  #keep(rows: ReadonlyMap<string, IncidentRow>): void {
    const over = [...rows.values()].filter(({ state }) => state !== 'open');
    if (over.length <= OVER_KEPT + OVER_SLACK) {
      this.incidents = rows;
      return;
    }
    over.sort((a, b) => Date.parse(b.lastPostAt) - Date.parse(a.lastPostAt));
    const gone = new Set(over.slice(OVER_KEPT).map(({ id }) => id));
    this.incidents = new Map([...rows].filter(([id]) => !gone.has(id)));
    for (const id of gone) this.#touched.delete(id);
    this.fresh = new Set([...this.fresh].filter((id) => !gone.has(id)));
  }

  #takeIncident(row: IncidentRow): void {
    this.#touched.add(row.id);
    const before = this.incidents.get(row.id);
    if (before === undefined && this.loaded.has('incidents')) this.#markFresh([row.id]);
    this.#keep(new Map(this.incidents).set(row.id, row));
    if (before?.file?.seq !== row.file?.seq) for (const listener of this.#fileListeners) listener();
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
    if (this.loaded.has('alerts')) {
      this.newest = row;
      for (const listener of this.#listeners) listener(row, this.#catching);
    }
    this.#socket?.emit('seen', row.seq);
  }

  /** The rows of the sources are read again at once: what they show of it must not be ten seconds old. */
  #takeSilence(row: SilenceEventRow): void {
    this.silence = row;
    void this.#readPart('sources');
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
