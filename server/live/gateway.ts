import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Server } from 'socket.io';
import { seesPlaces, seesRegion, type Scope, type Viewer } from '../../pipelines/domain/person.ts';
import { isRegionCode } from '../../pipelines/domain/region.ts';
import type { AlertRow, IncidentRow } from '../contract/http.ts';
import type { Pulse } from '../contract/pulse.ts';
import type { ScreenToServer, ServerToScreen } from '../contract/live.ts';
import { credentialsOf } from '../http/guard.ts';
import { WORKERS } from '../http/policy.ts';
import { hostOf, portOf } from '../http/same-machine.ts';
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
  /** How long somebody who was shut out may still be told. */
  readonly recheckMs: number;
  /** How long a closing server waits for screens that do not read their goodbye. */
  readonly goodbyeMs: number;
}

export interface LiveParts {
  readonly services: Services;
  /** The address browsers outside this machine use, where there is one. */
  readonly publicUrl?: string | undefined;
  readonly pace?: Partial<LivePace>;
}

export interface Gateway {
  /** Screens connected just now. */
  screens(): number;
  /** Says goodbye to every screen; closing the app does it too, and doing it twice is harmless. */
  close(): Promise<void>;
}

const PACE: LivePace = { incidentMs: 250, pulseMs: 1000, window: 256, recheckMs: 2000, goodbyeMs: 500 };

/** Incidents whose last place is remembered, the most recently told ones. */
const PLACES_KEPT = 5000;

/**
 * Namespace /live on the server that fastify listens with: alerts from the outbox by each screen's own cursor, incidents and
 * pulse as they are now. Call it after buildHttp and before listen; it closes with the app.
 */
export function attachLive(app: FastifyInstance, { services, publicUrl, ...given }: LiveParts): Gateway {
  const pace = { ...PACE, ...given.pace };
  const { watch } = services;
  const screens = new Map<string, Screen>();
  /** The last counts of each scope. */
  const newest = new Map<string, Pulse>();
  const io = new Server<ScreenToServer, ServerToScreen, Record<string, never>, ScreenData>(app.server, {
    serveClient: false,
    allowRequest: allowRequest(() => portOf(app.server.address()), hostOf(publicUrl)),
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
    const given = credentialsOf(socket.handshake.headers);
    const credentials = { ...given, ...(asked.display === undefined ? {} : { display: asked.display }) };
    const viewer = services.who.asks(credentials);
    if (!mayWatch(viewer)) return next(new Error(SIGN_IN));
    socket.data = { asked, credentials: { ...credentials, background: true }, viewer };
    next();
  });
  live.on('connection', (socket) => {
    const { asked, viewer } = socket.data;
    const screen = new Screen(socket, watch, asked, viewer.scope, pace.window);
    screens.set(socket.id, screen);
    void socket.join(roomsOfScreen(viewer.scope, asked.regions));
    app.metrics.screens.set(screens.size);
    socket.on('seen', (seq: unknown) => {
      if (isSeen(seq, watch.lastSeq(screen.scope))) screen.has(seq);
    });
    socket.on('disconnect', () => {
      screen.stop();
      screens.delete(socket.id);
      app.metrics.screens.set(screens.size);
    });
    const key = keyOf(viewer.scope);
    const pulse = newest.get(key) ?? watch.pulse(viewer.scope);
    newest.set(key, pulse);
    socket.emit('pulse', pulse);
    screen.start();
  });

  /** Those that show a region where an incident is or was. */
  const screensOf = (id: string, region: string | null): Screen[] =>
    [...idsIn(live.adapter.rooms, roomsToTell(id, region))].flatMap((socket) => screens.get(socket) ?? []);
  const toldIn = new Map<string, string | null>();
  /** Those that show where an incident is, and those that were told it is somewhere else. */
  const audienceOf = ({ id, region }: IncidentRow): Set<Screen> => {
    const audience = new Set(screensOf(id, region));
    const before = toldIn.get(id);
    if (before !== undefined && before !== region) for (const screen of screensOf(id, before)) audience.add(screen);
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
      const audience = [...audienceOf(row)].filter(({ hears }) => hears);
      const chosen = audience.filter((screen) => screen.sees(row));
      if (chosen.length > 0) to(chosen).emit('incident', row);
      const left = audience.filter((screen) => !screen.sees(row));
      if (left.length > 0) to(left).emit('gone', row.id);
    }
  });
  const pulses = new Latest<(scope: Scope) => Pulse>(pace.pulseMs, ([pulseOf]) => {
    leaveSlowBehind();
    const alike = new Map<string, Screen[]>();
    for (const screen of screens.values()) {
      if (!screen.hears) continue;
      const key = keyOf(screen.scope);
      alike.set(key, [...(alike.get(key) ?? []), screen]);
    }
    for (const [key, chosen] of alike) {
      const pulse = pulseOf?.(chosen[0]!.scope);
      if (pulse === undefined) continue;
      newest.set(key, pulse);
      to(chosen).volatile.emit('pulse', pulse);
    }
  });
  const stopListening = services.onLive({
    alert(row: AlertRow) {
      const seen = { id: row.incident, region: row.region };
      const chosen = screensOf(row.incident, row.region).filter((screen) => screen.sees(seen) && screen.takes(row.seq));
      if (chosen.length > 0) to(chosen).emit('alert', row);
    },
    silence(row, region) {
      const chosen = [...screens.values()].filter(({ hears, scope }) => hears && seesRegion(scope, region));
      if (chosen.length > 0) to(chosen).emit('silence', row);
    },
    watchHit(row) {
      const regions = row.regions.filter(isRegionCode);
      const chosen = [...screens.values()].filter(({ hears, scope }) => hears && seesPlaces(scope, regions));
      if (chosen.length > 0) to(chosen).emit('watchHit', row);
    },
    incident: (row) => incidents.put(row.id, row),
    pulse(pulseOf) {
      newest.clear();
      pulses.put('pulse', pulseOf);
    },
  });

  /** Who may see what can change while a screen is connected; who may see nothing any more is shut out. */
  const recheck = setInterval(() => {
    for (const screen of screens.values()) {
      const { socket } = screen;
      const viewer = services.who.asks(socket.data.credentials);
      if (!mayWatch(viewer)) {
        socket.disconnect(true);
        continue;
      }
      if (keyOf(viewer.scope) === keyOf(screen.scope)) continue;
      screen.scope = viewer.scope;
      for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
      void socket.join(roomsOfScreen(viewer.scope, socket.data.asked.regions));
      socket.emit('resync', { seq: watch.lastSeq(viewer.scope) });
    }
  }, pace.recheckMs);
  recheck.unref();

  const upgraded = new Set<Duplex>();
  app.server.on('upgrade', (_request, socket: Duplex) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
  });
  const close = async (): Promise<void> => {
    clearInterval(recheck);
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

/** What a screen is told that nobody signed in at; pages know the word. */
const SIGN_IN = 'sign_in';

/** What is live is for everybody who works here. */
const mayWatch = (viewer: Viewer | undefined): viewer is Viewer =>
  viewer !== undefined && WORKERS.some((role) => viewer.roles.includes(role));

const keyOf = ({ regions, incidents }: Scope): string => JSON.stringify([regions, [...incidents]]);

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
