import Type, { type Static } from 'typebox';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { NEEDS, SENTIMENTS } from '../../pipelines/domain/post.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import {
  AlertRow,
  ErrorBody,
  FoundPostsBody,
  Health,
  IncidentFile,
  IncidentRow,
  Pulse,
  SourceRow,
} from '../contract/http.ts';
import type { Services } from '../services.ts';
import { HttpFault } from './faults.ts';

const strict = { additionalProperties: false } as const;
const Nothing = Type.Object({}, strict);
const Code = Type.String({ pattern: '^(\\d{6}|\\d{9}|\\d{12})$', description: 'Division code of 6, 9 or 12 digits' });
const oneOf = <T extends readonly string[]>(words: T) => Type.Unsafe<T[number]>(Type.String({ enum: [...words] }));

const PostsQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200, description: 'Words that must all occur; empty: every post' })),
    region: Type.Optional(Code),
    from: Type.Optional(Type.String({ format: 'date-time', description: 'Event time, from ≤ time < to, with zone' })),
    to: Type.Optional(Type.String({ format: 'date-time' })),
    platform: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    sentiment: Type.Optional(oneOf(SENTIMENTS)),
    need: Type.Optional(oneOf(NEEDS)),
    folded: Type.Optional(Type.Boolean({ description: 'One row a text group' })),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 512, description: '`next` of an earlier answer' })),
  },
  strict,
);
type PostsQuery = Static<typeof PostsQuery>;

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

/** Everything that is only read. Open on this machine until sign-in exists; the Host check holds for all of it. */
export function readRoutes(app: FastifyInstance, services: Services): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const { watch, posts, health } = services;
  const failures = { 400: ErrorBody };

  api.get(
    '/health',
    {
      schema: {
        summary: 'Is it up, and how far behind',
        tags: ['server'],
        querystring: Nothing,
        response: { 200: Health, ...failures },
      },
    },
    () => health(),
  );

  api.get(
    '/pulse',
    {
      schema: {
        summary: 'What the wall counts',
        tags: ['server'],
        querystring: Nothing,
        response: { 200: Pulse, ...failures },
      },
    },
    async () => watch.pulse(),
  );

  api.get(
    '/sources',
    {
      schema: {
        summary: 'Who brings posts, and whether they still do',
        tags: ['server'],
        querystring: Nothing,
        response: { 200: Type.Array(SourceRow), ...failures },
      },
    },
    async () => [...watch.sources()],
  );

  api.get(
    '/posts',
    {
      schema: {
        summary: 'Search posts, newest first',
        tags: ['posts'],
        querystring: PostsQuery,
        response: { 200: FoundPostsBody, ...failures, 503: ErrorBody },
      },
    },
    async ({ query }) => posts.find(query.q ?? '', asPostQuery(query)),
  );

  api.get(
    '/incidents',
    {
      schema: {
        summary: 'Incidents as they are now',
        tags: ['incidents'],
        querystring: IncidentsQuery,
        response: { 200: Type.Array(IncidentRow), ...failures },
      },
    },
    async ({ query }) => [...watch.incidents(query.state)],
  );

  api.get(
    '/incidents/:id',
    {
      schema: {
        summary: 'One incident with its events and evidence',
        tags: ['incidents'],
        params: IncidentParams,
        querystring: Nothing,
        response: { 200: IncidentFile, ...failures, 404: ErrorBody },
      },
    },
    async ({ params }) => {
      const file = await watch.incident(params.id);
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
      schema: {
        summary: 'The outbox after a sequence, oldest first; the rows the socket sends',
        tags: ['incidents'],
        querystring: AlertsQuery,
        response: { 200: Type.Array(AlertRow), ...failures },
      },
    },
    async ({ query }) => [...watch.alerts(query.after, query.limit, query.region ?? [])],
  );
}

function asPostQuery(query: PostsQuery): Parameters<Services['posts']['find']>[1] {
  const from = query.from === undefined ? undefined : Date.parse(query.from);
  const to = query.to === undefined ? undefined : Date.parse(query.to);
  if (from !== undefined && to !== undefined && from >= to) {
    throw new HttpFault(400, 'invalid_request', 'from must be before to; exchange them.', {
      where: 'querystring.from',
    });
  }
  return {
    limit: query.limit,
    ...(query.region === undefined ? {} : { region: regionCode(query.region) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(query.platform === undefined ? {} : { platform: query.platform }),
    ...(query.sentiment === undefined ? {} : { sentiment: query.sentiment }),
    ...(query.need === undefined ? {} : { need: query.need }),
    ...(query.folded === undefined ? {} : { folded: query.folded }),
    ...(query.after === undefined ? {} : { after: query.after }),
  };
}
