import Type from 'typebox';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ErrorBody } from '../contract/http.ts';
import {
  AccessShown,
  ContactAnswer,
  ContactAsk,
  CountsRow,
  DropAnswer,
  DropAsk,
  LetterRow,
  ReplayAnswer,
  ReplayAsk,
  SourcesPage,
} from '../contract/sources.ts';
import { strict } from '../contract/shapes.ts';
import type { Services } from '../services.ts';
import { MAX_BODY, readBody } from './body.ts';
import { HttpFault } from './faults.ts';
import { fileRoutes } from './file-routes.ts';
import { FOR_WORKERS, forRoles, viewerOf, WORKERS } from './policy.ts';
import { sourceRoutes } from './source-routes.ts';

const Nothing = Type.Object({}, strict);
const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) }, strict);
const LettersQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    source: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    before: Type.Optional(Type.Integer({ minimum: 1, description: 'The lowest seq you have: the next page' })),
  },
  strict,
);
const AccessQuery = Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }) }, strict);
const failures = { 400: ErrorBody };
const acting = { ...failures, 403: ErrorBody, 404: ErrorBody, 415: ErrorBody };

/** Health of the ways in, no word of a post. */
const LOOKS = forRoles('all', ...WORKERS, 'systemAdmin');
/** Refused rows hold posts of anywhere. */
const MENDS = forRoles('all', 'analyst');
const RESPONDS = forRoles('region', 'responder');
const AUDITS = forRoles('all', 'auditor');

/** Looking after the way in. */
export function doorRoutes(app: FastifyInstance, { door }: Pick<Services, 'door'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  // The ingest routes beside these keep parsers of their own, so these stay inside.
  api.removeAllContentTypeParsers();
  api.addContentTypeParser('application/json', async (request: FastifyRequest, body: FastifyRequest['raw']) => {
    try {
      return JSON.parse((await readBody(body, request.headers, () => undefined, MAX_BODY)).toString('utf8')) as unknown;
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      throw new HttpFault(400, 'not_json', 'the body is not JSON; see /docs for what is allowed.', {
        where: 'body',
        cause,
      });
    }
  });

  sourceRoutes(api, { door });
  fileRoutes(api, { door });

  api.get(
    '/sources/page',
    {
      config: { policy: LOOKS },
      schema: {
        summary: 'Every source with its beat, its silences, its repairs and what waits in its name',
        tags: ['sources'],
        querystring: Nothing,
        response: { 200: SourcesPage, ...failures },
      },
    },
    async () => door.page(),
  );

  api.get(
    '/dead-letters',
    {
      config: { policy: MENDS },
      schema: {
        summary: 'Refused rows, newest first, masked',
        tags: ['sources'],
        querystring: LettersQuery,
        response: { 200: Type.Array(LetterRow), ...failures },
      },
    },
    async ({ query }) => [...door.letters(query)],
  );

  api.post(
    '/dead-letters/replay',
    {
      config: { policy: MENDS },
      schema: {
        summary: 'Try refused rows again, mended or as they came; those that are taken leave the shelf',
        tags: ['sources'],
        body: ReplayAsk,
        response: { 200: ReplayAnswer, ...acting, 507: ErrorBody },
      },
    },
    async ({ body }) => {
      if (body.mending?.row === undefined || body.seqs?.length === 1) return door.replay(body);
      throw new HttpFault(400, 'invalid_request', 'a row can only be written anew for one letter: give its seq.', {
        where: 'body/seqs',
      });
    },
  );

  api.post(
    '/dead-letters/drop',
    {
      config: { policy: MENDS },
      schema: {
        summary: 'Let refused rows go for good; who and why are kept',
        tags: ['sources'],
        body: DropAsk,
        response: { 200: DropAnswer, ...acting },
      },
    },
    async (request) => door.drop(viewerOf(request), request.body),
  );

  api.get(
    '/posts/:id/counts',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'How the counts of a post went, oldest first; a row where they changed',
        tags: ['posts'],
        params: Id,
        querystring: Nothing,
        response: { 200: Type.Array(CountsRow), ...failures, 404: ErrorBody, 503: ErrorBody },
      },
    },
    async (request) => {
      const found = await door.counts(viewerOf(request).scope, request.params.id);
      if (found !== undefined) return [...found];
      throw new HttpFault(404, 'no_post', 'there is no such post.', { where: 'params.id' });
    },
  );

  api.post(
    '/incidents/:id/contact',
    {
      config: { policy: RESPONDS },
      schema: {
        summary:
          'The text of a plea with a life at risk as it was written, contact included; who asked and why is logged',
        tags: ['incidents'],
        params: Id,
        body: ContactAsk,
        response: { 200: ContactAnswer, ...acting, 503: ErrorBody },
      },
    },
    async (request) => {
      const found = await door.contact(viewerOf(request), request.params.id, request.body);
      if (found !== undefined) return found;
      throw new HttpFault(
        404,
        'no_plea',
        'only a post that is evidence of an incident with a life at risk is shown unmasked; this is none.',
        { where: 'body/post' },
      );
    },
  );

  api.get(
    '/accesses',
    {
      config: { policy: AUDITS },
      schema: {
        summary: 'Who saw a contact, erased or let go, and why; newest first',
        tags: ['server'],
        querystring: AccessQuery,
        response: { 200: Type.Array(AccessShown), ...failures },
      },
    },
    async ({ query }) => [...door.accesses(query.limit)],
  );
}
