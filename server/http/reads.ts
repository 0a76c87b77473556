import Type from 'typebox';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { AlertRow, ErrorBody, FoundPostsBody, IncidentFile, IncidentRow } from '../contract/http.ts';
import { Health, Pulse, SourceRow } from '../contract/pulse.ts';
import { PostFilters } from '../contract/search.ts';
import { oneOf, strict } from '../contract/shapes.ts';
import type { Services } from '../services.ts';
import { HttpFault } from './faults.ts';
import { FOR_WORKERS, OPEN, viewerOf } from './policy.ts';
import { PeriodTooLong } from '../services/search.ts';
import { questionOf, tooLong } from './post-filters.ts';

const Nothing = Type.Object({}, strict);
const Code = Type.String({ pattern: '^(\\d{6}|\\d{9}|\\d{12})$', description: 'Division code of 6, 9 or 12 digits' });

const PostsQuery = Type.Object(
  {
    ...PostFilters.properties,
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    reasons: Type.Optional(Type.Boolean({ description: 'With the words that made each be read as it was' })),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 512, description: '`next` of an earlier answer' })),
  },
  strict,
);

const STATES = ['open', 'cooled', 'merged'] as const;
const IncidentsQuery = Type.Object({ state: Type.Optional(oneOf(STATES)) }, strict);
const IncidentParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) }, strict);

const AlertsQuery = Type.Object(
  {
    after: Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      default: 0,
      description: 'The last seq you have',
    }),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 200 }),
    region: Type.Optional(
      Type.Array(Code, { maxItems: 50, description: 'Alerts in, above or below one of these; none: all' }),
    ),
  },
  strict,
);

/** Everything that is only read, cut to what the asker may see. */
export function readRoutes(app: FastifyInstance, services: Services): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const { watch, posts, health } = services;
  const failures = { 400: ErrorBody };

  api.get(
    '/health',
    {
      config: { policy: OPEN },
      schema: {
        summary: 'Is it up, and how far behind',
        tags: ['server'],
        querystring: Nothing,
        response: { 200: Health, ...failures },
      },
    },
    (request) => health(viewerOf(request).scope),
  );

  api.get(
    '/pulse',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'What the wall counts',
        tags: ['server'],
        querystring: Nothing,
        response: { 200: Pulse, ...failures },
      },
    },
    async (request) => watch.pulse(viewerOf(request).scope),
  );

  api.get(
    '/sources',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Who brings posts, and whether they still do',
        tags: ['server'],
        querystring: Nothing,
        response: { 200: Type.Array(SourceRow), ...failures },
      },
    },
    async (request) => [...watch.sources(viewerOf(request).scope)],
  );

  api.get(
    '/posts',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Search posts, newest first',
        tags: ['posts'],
        querystring: PostsQuery,
        response: { 200: FoundPostsBody, ...failures, 503: ErrorBody },
      },
    },
    async (request) => {
      try {
        const { limit, after, reasons, ...filters } = request.query;
        return await posts.find(viewerOf(request).scope, filters.q ?? '', {
          ...questionOf(filters),
          limit,
          ...(reasons === undefined ? {} : { reasons }),
          ...(after === undefined ? {} : { after }),
        });
      } catch (cause) {
        if (cause instanceof PeriodTooLong) throw tooLong(cause);
        // What only the store can tell: a cursor that is none.
        if (!(cause instanceof RangeError)) throw cause;
        throw new HttpFault(400, 'invalid_request', cause.message, { where: 'querystring.after', cause });
      }
    },
  );

  api.get(
    '/incidents',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Incidents as they are now',
        tags: ['incidents'],
        querystring: IncidentsQuery,
        response: { 200: Type.Array(IncidentRow), ...failures },
      },
    },
    async (request) => [...watch.incidents(viewerOf(request).scope, request.query.state)],
  );

  api.get(
    '/incidents/:id',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'One incident with its events and evidence',
        tags: ['incidents'],
        params: IncidentParams,
        querystring: Nothing,
        response: { 200: IncidentFile, ...failures, 404: ErrorBody },
      },
    },
    async (request) => {
      const { params } = request;
      const file = await watch.incident(viewerOf(request).scope, params.id);
      if (file !== undefined) return file;
      throw new HttpFault(
        404,
        'no_incident',
        `there is no incident "${params.id}"; GET /api/v1/incidents lists them.`,
        { where: 'params.id' },
      );
    },
  );

  api.get(
    '/alerts',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'The outbox after a sequence, oldest first; the rows the socket sends',
        tags: ['incidents'],
        querystring: AlertsQuery,
        response: { 200: Type.Array(AlertRow), ...failures },
      },
    },
    async (request) => {
      const { after, limit, region = [] } = request.query;
      return [...watch.alerts(viewerOf(request).scope, after, limit, region)];
    },
  );
}
