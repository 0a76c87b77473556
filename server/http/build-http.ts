import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { ROLES } from '../../pipelines/domain/person.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import type { PeopleArea } from '../people/area.ts';
import type { CaseServices } from '../services/cases.ts';
import type { Services } from '../services.ts';
import { MAX_BODY } from './body.ts';
import { caseRoutes } from './case-routes.ts';
import { doorRoutes } from './door-routes.ts';
import { handleFaults, rawFault, sendFault } from './faults.ts';
import { historyRoutes } from './history-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { guard } from './guard.ts';
import { ingestRoutes, SECURITY_SCHEMES } from './ingest.ts';
import { matrixRoutes } from './matrix-routes.ts';
import { buildMetrics, type Metrics } from './metrics.ts';
import { notifyRoutes } from './notify-routes.ts';
import { onCallRoutes } from './on-call-routes.ts';
import { pages } from './pages.ts';
import { peopleRoutes } from './people-routes.ts';
import { forRoles, OPEN, WORKERS } from './policy.ts';
import { readRoutes } from './reads.ts';
import { answeringRoutes } from './answering-routes.ts';
import { assessmentRoutes } from './assessment-routes.ts';
import { refuteRoutes } from './refute-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { trail } from './trail.ts';
import { reviewRoutes } from './reviews.ts';
import { plainPages } from './plain-pages.ts';
import { NOTHING_ALLOWED, secure } from './security-headers.ts';
import type { TokenBook } from './tokens.ts';
import { watchRoutes } from './watch-routes.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly metrics: Metrics;
  }
}

/** What the interface looks like, for everybody who is somebody. */
const READABLE = forRoles('none', ...ROLES);
/** Figures of the whole deployment, no word of a post. */
const FIGURES = forRoles('all', ...WORKERS, 'systemAdmin');

export interface HttpParts {
  readonly services: Services;
  /** The files of incidents; without them their routes are not there. */
  readonly cases?: CaseServices;
  /** The port it is meant to listen on, for what it says to people before it does. */
  readonly config: { readonly port: number; readonly publicUrl?: string; readonly trustedProxies?: string };
  readonly clock: Clock;
  readonly people: PeopleArea;
  readonly regionName: (code: RegionCode) => string;
  readonly tokens: TokenBook;
  /** Routes under /api/v1 of the areas that are built apart, each with its own services. */
  readonly areas?: readonly ((api: FastifyInstance) => void)[];
  /** The folder that vite wrote, such as dist/web. */
  readonly webDir?: string;
  readonly version?: string;
  readonly logger?: FastifyServerOptions['logger'];
}

/** The whole HTTP edge, ready to listen; `attachLive` adds the socket to it. */
export async function buildHttp(parts: HttpParts): Promise<FastifyInstance> {
  const { services, config, clock, tokens, webDir } = parts;
  const app: FastifyInstance = Fastify({
    logger: parts.logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY,
    // Whoever else says who asked is not believed.
    trustProxy: config.trustedProxies?.split(',').map((one) => one.trim()) ?? false,
    // A request must be here whole in 30 s and its headers in 10; an idle connection is closed. Sockets set their own pace.
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 10_000,
    maxRequestsPerSocket: 1000,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 5_000 },
    routerOptions: { maxParamLength: 128 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true } },
    frameworkErrors: (error, request, reply) => {
      void reply.headers({ 'content-security-policy': NOTHING_ALLOWED, 'x-content-type-options': 'nosniff' });
      sendFault(error, request, reply);
    },
    clientErrorHandler: (error, socket) => {
      if (socket.writable) socket.end(rawFault(error.code));
      else socket.destroy();
    },
  });
  app.server.maxConnections = 4000;

  handleFaults(app);
  await secure(app, config.port, config.publicUrl);
  guard(app, services.who, [
    [/^\/docs(?:\/|$)/, READABLE],
    // The files of the web app: what they show they must ask for.
    [/^\/\*$/, OPEN],
  ]);
  trail(app, parts.people.audit, parts.people.clock);
  const metrics = buildMetrics(app, services, clock);
  app.decorate('metrics', metrics);

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '问必答 wenbida',
        version: parts.version ?? '0',
        description: 'From citizens’ public posts to the account that should answer, by which rule and by when.',
      },
      components: { securitySchemes: SECURITY_SCHEMES },
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    // The one style attribute that swagger-ui 6.1.3 writes into its page, by its hash; nothing else is let in.
    transformStaticCSP: (policy) =>
      policy.replace(
        "style-src 'self'",
        "style-src 'self' 'unsafe-hashes' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='",
      ),
  });
  await app.register(
    async (api) => {
      readRoutes(api, services);
      // In a scope of its own, because it reads bodies in its own way.
      await api.register(async (door) => doorRoutes(door, services));
      ingestRoutes(api, services, tokens, metrics);
      api.get('/openapi.json', { schema: { hide: true }, config: { policy: READABLE } }, async () => app.swagger());
    },
    { prefix: '/api/v1' },
  );
  // A scope of its own: the one above reads bodies as rows of posts.
  const people = { area: parts.people, regionName: parts.regionName, secure: config.publicUrl !== undefined };
  await app.register(
    async (api) => {
      reviewRoutes(api, services);
      refuteRoutes(api, services);
      answeringRoutes(api, services);
      assessmentRoutes(api, services);
      matrixRoutes(api, services);
      watchRoutes(api, services);
      historyRoutes(api, services);
      sessionRoutes(api, people);
      peopleRoutes(api, people);
      auditRoutes(api, parts.people.audit);
      notifyRoutes(api, services);
      onCallRoutes(api, services);
      for (const routes of parts.areas ?? []) routes(api);
    },
    { prefix: '/api/v1' },
  );
  const { cases } = parts;
  if (cases !== undefined) {
    await app.register(async (api) => caseRoutes(api, cases), { prefix: '/api/v1' });
    await app.register(async (plain) => plainPages(plain, cases, clock));
  }
  app.get('/metrics', { schema: { hide: true }, config: { policy: FIGURES } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
  await pages(app, webDir);
  return app;
}
