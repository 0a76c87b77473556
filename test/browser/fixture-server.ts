import type { FastifyInstance } from 'fastify';
import { Server } from 'socket.io';
import type { AlertRow, IncidentFile, IncidentRow } from '../../server/contract/http.ts';
import type { Pulse, SourceRow } from '../../server/contract/pulse.ts';
import type { PrecedentsBody, SpreadBody } from '../../server/contract/history.ts';
import type { MapBody, WallBody } from '../../server/contract/wall.ts';
import type { ReviewBody } from '../../server/contract/review.ts';
import type { ScreenToServer, ServerToScreen } from '../../server/contract/live.ts';
import { fixtureApp } from './fixture-app.ts';
import { aSpread, somePrecedents } from './invented-spread.ts';
import { aFile, ALERTS, aPulse, INCIDENTS, NOW, SOURCES } from './invented-city.ts';
import { aWall } from './invented-wall.ts';

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

  readonly #app: FastifyInstance;
  readonly #io: Server<ScreenToServer, ServerToScreen>;
  #refusing = false;

  private constructor(app: FastifyInstance) {
    this.#app = app;
    this.#io = new Server(app.server, {
      allowRequest: (_request, say) => say(null, !this.#refusing),
      // A page whose time a test moves on would else think that its server had gone.
      pingTimeout: 3_600_000,
    });
  }

  static async start(dir: string): Promise<FixtureServer> {
    const held = new FixtureServer(await fixtureApp(dir, ['incident']));
    await held.#listen();
    return held;
  }

  async #listen(): Promise<void> {
    const app = this.#app;
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
