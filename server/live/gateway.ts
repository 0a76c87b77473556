import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Server } from 'socket.io';
import type { AlertRow, IncidentRow, Pulse } from '../contract/http.ts';
import type { ScreenToServer, ServerToScreen } from '../contract/live.ts';
import { portOf } from '../http/same-machine.ts';
import type { Services } from '../services.ts';
import { allowRequest, isSeen, readAuth } from './handshake.ts';
import { Latest } from './latest.ts';
import { roomsOfScreen, roomsToTell } from './rooms.ts';
import { Screen, type ScreenData } from './screen.ts';

export interface LivePace {
  /** Least milliseconds between two messages about the same incident, and between two pulses. */
  readonly incidentMs: number;
  readonly pulseMs: number;
  /** Packets that may wait for one screen before it counts as too slow. */
  readonly window: number;
  /** How long a closing server waits for screens that do not read their goodbye. */
  readonly goodbyeMs: number;
}

export interface LiveParts {
  readonly services: Services;
  readonly pace?: Partial<LivePace>;
}

export interface Gateway {
  /** Screens connected just now. */
  screens(): number;
  /** Says goodbye to every screen; closing the app does it too, and doing it twice is harmless. */
  close(): Promise<void>;
}

const PACE: LivePace = { incidentMs: 250, pulseMs: 1000, window: 256, goodbyeMs: 500 };

/** Incidents whose last place is remembered, the most recently told ones. */
const PLACES_KEPT = 5000;

/**
 * Namespace /live on the server that fastify listens with: alerts from the outbox by each screen's own cursor, incidents and
 * pulse as they are now. Call it after buildHttp and before listen; it closes with the app.
 */
export function attachLive(app: FastifyInstance, { services, ...given }: LiveParts): Gateway {
  const pace = { ...PACE, ...given.pace };
  const { watch } = services;
  const screens = new Map<string, Screen>();
  let newest: Pulse | undefined;
  const io = new Server<ScreenToServer, ServerToScreen, Record<string, never>, ScreenData>(app.server, {
    serveClient: false,
    allowRequest: allowRequest(() => portOf(app.server.address())),
    // A screen only ever says how far it is.
    maxHttpBufferSize: 4096,
    connectTimeout: 10_000,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    perMessageDeflate: false,
    httpCompression: false,
  });
  io.engine.on('headers', (headers: Record<string, string>) => {
    headers['X-Content-Type-Options'] = 'nosniff';
    headers['Cache-Control'] = 'no-store';
    headers['Content-Security-Policy'] = "default-src 'none'";
  });
  io.of('/').use((_socket, next) => next(new Error('this server has one namespace: connect to /live.')));
  const live = io.of('/live');

  live.use((socket, next) => {
    const asked = readAuth(socket.handshake.auth);
    if (typeof asked === 'string') return next(new Error(asked));
    socket.data.asked = asked;
    next();
  });
  live.on('connection', (socket) => {
    const { asked } = socket.data;
    const screen = new Screen(socket, watch, asked, pace.window);
    screens.set(socket.id, screen);
    void socket.join(roomsOfScreen(asked.regions));
    app.metrics.screens.set(screens.size);
    socket.on('seen', (seq: unknown) => {
      if (isSeen(seq, watch.lastSeq())) screen.has(seq);
    });
    socket.on('disconnect', () => {
      screen.stop();
      screens.delete(socket.id);
      app.metrics.screens.set(screens.size);
    });
    newest ??= watch.pulse();
    socket.emit('pulse', newest);
    screen.start();
  });

  const screensOf = (region: string | null): Screen[] => {
    const rooms = roomsToTell(region);
    if (rooms === undefined) return [...screens.values()];
    return [...idsIn(live.adapter.rooms, rooms)].flatMap((id) => screens.get(id) ?? []);
  };
  const toldIn = new Map<string, string | null>();
  /** Those that show where an incident is, and those that were told it is somewhere else. */
  const audienceOf = ({ id, region }: IncidentRow): Set<Screen> => {
    const audience = new Set(screensOf(region));
    const before = toldIn.get(id);
    if (before !== undefined && before !== region) for (const screen of screensOf(before)) audience.add(screen);
    toldIn.delete(id);
    toldIn.set(id, region);
    for (const oldest of toldIn.keys()) {
      if (toldIn.size <= PLACES_KEPT) break;
      toldIn.delete(oldest);
    }
    return audience;
  };
  /** Tells those that do not keep up; what is sent next is not kept for them. */
  const leaveSlowBehind = (): void => {
    for (const screen of screens.values()) if (screen.fallsBehind()) app.metrics.resyncs.inc();
  };
  // To a list of ids, so that a message for a thousand screens is written out once.
  const to = (chosen: readonly Screen[]) => live.to(chosen.map(({ socket }) => socket.id));

  const incidents = new Latest<IncidentRow>(pace.incidentMs, (rows) => {
    leaveSlowBehind();
    for (const row of rows) {
      const chosen = [...audienceOf(row)].filter(({ hears }) => hears);
      if (chosen.length > 0) to(chosen).emit('incident', row);
    }
  });
  const pulses = new Latest<Pulse>(pace.pulseMs, ([pulse]) => {
    leaveSlowBehind();
    const chosen = [...screens.values()].filter(({ hears }) => hears);
    if (pulse !== undefined && chosen.length > 0) to(chosen).volatile.emit('pulse', pulse);
  });
  const stopListening = services.onLive({
    alert(row: AlertRow) {
      const chosen = screensOf(row.region).filter((screen) => screen.takes(row.seq));
      if (chosen.length > 0) to(chosen).emit('alert', row);
    },
    watchHit(row) {
      const places = row.regions.length === 0 ? [null] : row.regions;
      const chosen = [...new Set(places.flatMap((region) => screensOf(region)))].filter(({ hears }) => hears);
      if (chosen.length > 0) to(chosen).emit('watchHit', row);
    },
    incident: (row) => incidents.put(row.id, row),
    pulse(pulse) {
      newest = pulse;
      pulses.put('pulse', pulse);
    },
  });

  const upgraded = new Set<Duplex>();
  app.server.on('upgrade', (_request, socket: Duplex) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
  });
  const close = async (): Promise<void> => {
    stopListening();
    incidents.stop();
    pulses.stop();
    io.disconnectSockets(true);
    io.engine.close();
    await goodbye(upgraded, pace.goodbyeMs);
  };
  app.addHook('preClose', close);
  return { screens: () => screens.size, close };
}

function idsIn(members: ReadonlyMap<string, ReadonlySet<string>>, rooms: readonly string[]): Set<string> {
  const ids = new Set<string>();
  for (const room of rooms) for (const id of members.get(room) ?? []) ids.add(id);
  return ids;
}

/** A screen that does not read never answers the closing handshake, and a server waits for its connections: so it is cut. */
async function goodbye(sockets: ReadonlySet<Duplex>, withinMs: number): Promise<void> {
  const closed = Promise.all([...sockets].map((socket) => new Promise((done) => socket.once('close', done))));
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, withinMs);
  await closed;
  clearTimeout(cut);
}
