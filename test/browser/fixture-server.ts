import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import { fastify } from 'fastify';
import { Server } from 'socket.io';
import { build } from 'vite';
import type { AlertRow, IncidentFile, IncidentRow } from '../../server/contract/http.ts';
import type { Pulse, SourceRow } from '../../server/contract/pulse.ts';
import type { PrecedentsBody, SpreadBody } from '../../server/contract/history.ts';
import type { MapBody, WallBody } from '../../server/contract/wall.ts';
import type { ReviewBody } from '../../server/contract/review.ts';
import type { ScreenToServer, ServerToScreen } from '../../server/contract/live.ts';
import { packageRoot } from '../../server/package-root.ts';
import { aSpread, somePrecedents } from './invented-spread.ts';
import { aFile, ALERTS, aPulse, INCIDENTS, NOW, SOURCES } from './invented-city.ts';
import { aWall } from './invented-wall.ts';

/** The wall as it is built for people, in a folder of its own. */
export async function buildWall(): Promise<{ dir: string; remove: () => void }> {
  const dir = mkdtempSync(join(tmpdir(), 'wenbida-web-'));
  const root = join(packageRoot(), 'web');
  // The test runner says NODE_ENV=test, by which Svelte is built for its developers: such a page notes where each change came from.
  const { NODE_ENV } = process.env;
  process.env['NODE_ENV'] = 'production';
  try {
    await build({
      root,
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: dir, emptyOutDir: true },
    });
  } finally {
    process.env['NODE_ENV'] = NODE_ENV;
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** The parts of the contract that the wall reads, over rows a test can change; nothing happens unless the test says so. */
export class FixtureServer {
  incidents = new Map<string, IncidentRow>(INCIDENTS.map((row) => [row.id, row]));
  files = new Map<string, IncidentFile>();
  alerts: AlertRow[] = [...ALERTS];
  sources: readonly SourceRow[] = SOURCES;
  pulse: Partial<Pulse> = {};
  /** Of every incident. */
  spread: SpreadBody = aSpread();
  precedents: PrecedentsBody = somePrecedents();
  /** What the wall reads beside the feed; `region` is what it asked for. */
  wall: (region: string | undefined) => WallBody | undefined = (region) => aWall(region, this.pulseNow());
  map: (region: string | undefined) => MapBody | undefined = () => undefined;
  /** Paths under /api/v1 that answer 503. */
  readonly broken = new Set<string>();
  /** What each screen said when it connected. */
  readonly auths: unknown[] = [];
  readonly seen: number[] = [];
  /** Reviews that were sent, and what the server says to one. */
  readonly reviews: { readonly post: string; readonly body: ReviewBody }[] = [];
  onReview: (post: string, body: ReviewBody) => { status: number; answer: unknown } = () => ({
    status: 201,
    answer: {},
  });
  url = '';

  readonly #app = fastify();
  readonly #io: Server<ScreenToServer, ServerToScreen>;
  #refusing = false;

  private constructor() {
    this.#io = new Server(this.#app.server, { allowRequest: (_request, say) => say(null, !this.#refusing) });
  }

  static async start(dir: string): Promise<FixtureServer> {
    const held = new FixtureServer();
    await held.#listen(dir);
    return held;
  }

  async #listen(dir: string): Promise<void> {
    const app = this.#app;
    await app.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'self'"], styleSrc: ["'self'"] } },
      strictTransportSecurity: false,
    });
    await app.register(fastifyStatic, { root: dir });
    const answer = <T>(path: string, of: () => T): void => {
      app.get(`/api/v1/${path}`, async (_request, reply) => {
        if (!this.broken.has(path)) return of();
        return reply.code(503).send({ error: { code: 'unavailable', message: '存储正在重启' } });
      });
    };
    answer('pulse', () => this.pulseNow());
    answer('incidents', () => [...this.incidents.values()]);
    answer('sources', () => this.sources);
    for (const path of ['wall', 'wall/map'] as const)
      app.get<{ Querystring: { region?: string } }>(`/api/v1/${path}`, async ({ query }, reply) => {
        const body = path === 'wall' ? this.wall(query.region) : this.map(query.region);
        return body ?? reply.code(404).send({ error: { code: 'no_region', message: 'there is no such region' } });
      });
    app.get<{ Querystring: { after?: string } }>('/api/v1/alerts', async ({ query }) =>
      this.alerts.filter((row) => row.seq > Number(query.after ?? 0)),
    );
    app.get<{ Params: { id: string } }>('/api/v1/incidents/:id', async ({ params }, reply) => {
      const row = this.incidents.get(params.id);
      if (row !== undefined) return this.files.get(params.id) ?? aFile(row);
      return reply.code(404).send({ error: { code: 'no_incident', message: 'there is no such incident' } });
    });
    answer('incidents/:id/spread', () => this.spread);
    answer('incidents/:id/precedents', () => this.precedents);
    app.get('/incident', (_request, reply) => reply.type('text/html; charset=utf-8').sendFile('index.html'));
    app.post<{ Params: { id: string }; Body: ReviewBody }>('/api/v1/posts/:id/review', async (request, reply) => {
      this.reviews.push({ post: request.params.id, body: request.body });
      const { status, answer } = this.onReview(request.params.id, request.body);
      return reply.code(status).send(answer);
    });
    this.#io.of('/live').on('connection', (socket) => {
      this.auths.push(socket.handshake.auth);
      socket.on('seen', (seq) => this.seen.push(seq));
      const lastSeq = Number((socket.handshake.auth as { lastSeq?: unknown }).lastSeq ?? 0);
      for (const row of this.alerts) if (row.seq > lastSeq) socket.emit('alert', row);
      socket.emit('pulse', this.pulseNow());
    });
    this.url = await app.listen({ host: '127.0.0.1', port: 0 });
  }

  pulseNow(at = NOW): Pulse {
    return aPulse(at, { alertSeq: this.alerts.at(-1)?.seq ?? 0, ...this.pulse });
  }

  /** One pulse to every screen; without this the wall hears nothing. */
  beat(at = NOW): void {
    this.#io.of('/live').emit('pulse', this.pulseNow(at));
  }

  /** A new alert with its incident, to every screen. */
  raise(alert: AlertRow, row: IncidentRow): void {
    this.incidents.set(row.id, row);
    this.alerts.push(alert);
    this.#io.of('/live').emit('incident', row);
    this.#io.of('/live').emit('alert', alert);
  }

  /** Sends any row, also one that breaks the contract. */
  send(event: 'alert' | 'incident', row: unknown): void {
    if (event === 'alert') this.#io.of('/live').emit('alert', row as AlertRow);
    else this.#io.of('/live').emit('incident', row as IncidentRow);
  }

  resync(): void {
    this.#io.of('/live').emit('resync', { seq: this.alerts.at(-1)?.seq ?? 0 });
  }

  /** Cuts every connection and lets none in until `letIn`. */
  cut(): void {
    this.#refusing = true;
    for (const socket of this.#io.of('/live').sockets.values()) socket.conn.close();
  }

  letIn(): void {
    this.#refusing = false;
  }

  async stop(): Promise<void> {
    await this.#io.close();
    await this.#app.close();
  }
}
