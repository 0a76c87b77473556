import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { EVERYTHING } from '../../pipelines/domain/person.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { IngestAnswer } from '../contract/http.ts';
import type { Services } from '../services.ts';

/** The figures of one running app. Labels are few and known: sources by token name, routes by pattern, never by path. */
export interface Metrics {
  readonly contentType: string;
  /** All figures as they are now, in the Prometheus text format. */
  readonly text: () => Promise<string>;
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
  const lag = new Gauge({
    name: 'wenbida_lag_posts',
    help: 'Accepted posts that a consumer has not passed yet',
    labelNames: ['consumer'],
    registers,
  });
  const storeUp = new Gauge({
    name: 'wenbida_store_up',
    help: '1 while the post store takes writes',
    labelNames: ['store'],
    registers,
  });
  const age = new Gauge({
    name: 'wenbida_newest_post_age_seconds',
    help: 'Age of the newest post by its own time; NaN before the first',
    registers,
  });
  const alertSeq = new Gauge({ name: 'wenbida_alert_seq', help: 'Sequence of the newest alert', registers });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  return {
    contentType: registry.contentType,
    text() {
      const pulse = services.watch.pulse(EVERYTHING);
      lag.set({ consumer: 'watch' }, pulse.lag.watch);
      lag.set({ consumer: 'index' }, pulse.lag.index);
      storeUp.set({ store: pulse.store.name }, pulse.store.ok ? 1 : 0);
      age.set(pulse.lastPostAt === null ? NaN : Math.max(0, (clock.now() - Date.parse(pulse.lastPostAt)) / 1000));
      alertSeq.set(pulse.alertSeq);
      return registry.metrics();
    },
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
