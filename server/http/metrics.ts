import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { IngestAnswer } from '../contract/http.ts';
import type { Services } from '../services.ts';

/** The figures of one running app. Labels are few and known: sources by token name, routes by pattern, never by path. */
export interface Metrics {
  readonly registry: Registry;
  readonly countRows: (source: string, answer: Pick<IngestAnswer, 'accepted' | 'duplicate' | 'rejected'>) => void;
  /** Screens connected to the socket just now. */
  readonly screens: Gauge;
  /** Times a screen fell too far behind and was told to read again. */
  readonly resyncs: Counter;
}

/** One registry an app, so that two apps in one process (tests, a drill beside the real one) do not mix their figures. */
export function buildMetrics(app: FastifyInstance, services: Services, clock: Clock): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'wenbida_' });
  const registers = [registry];
  const posts = new Counter({
    name: 'wenbida_posts_total',
    help: 'Rows that came in over HTTP, by source and what became of them',
    labelNames: ['source', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'wenbida_http_seconds',
    help: 'Time from the request line to the end of the answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    registers,
  });
  new Gauge({
    name: 'wenbida_lag_posts',
    help: 'Accepted posts that a consumer has not passed yet',
    labelNames: ['consumer'],
    registers,
    collect() {
      const { lag } = services.watch.pulse();
      this.set({ consumer: 'watch' }, lag.watch);
      this.set({ consumer: 'index' }, lag.index);
    },
  });
  new Gauge({
    name: 'wenbida_store_up',
    help: '1 while the post store takes writes',
    labelNames: ['store'],
    registers,
    collect() {
      const { store } = services.watch.pulse();
      this.reset();
      this.set({ store: store.name }, store.ok ? 1 : 0);
    },
  });
  new Gauge({
    name: 'wenbida_newest_post_age_seconds',
    help: 'Age of the newest post by its own time; absent before the first',
    registers,
    collect() {
      const { lastPostAt } = services.watch.pulse();
      this.reset();
      if (lastPostAt === null) this.remove();
      else this.set(Math.max(0, (clock.now() - Date.parse(lastPostAt)) / 1000));
    },
  });
  new Gauge({
    name: 'wenbida_alert_seq',
    help: 'Sequence of the newest alert in the outbox',
    registers,
    collect() {
      this.set(services.watch.lastSeq());
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  return {
    registry,
    countRows(source, answer) {
      posts.inc({ source, outcome: 'accepted' }, answer.accepted);
      posts.inc({ source, outcome: 'duplicate' }, answer.duplicate);
      posts.inc({ source, outcome: 'rejected' }, answer.rejected);
    },
    screens: new Gauge({ name: 'wenbida_live_screens', help: 'Screens connected to the socket', registers }),
    resyncs: new Counter({
      name: 'wenbida_live_resyncs_total',
      help: 'Times a screen fell too far behind and was told to read again',
      registers,
    }),
  };
}
