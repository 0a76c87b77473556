import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ErrorBody } from '../contract/http.ts';
import {
  HitsBody,
  VersionsBody,
  WatchAsk,
  WatchPage,
  WatchRow,
  WatchTest,
  WatchTestAsk,
  WatchVersionAsk,
} from '../contract/watches.ts';
import { strict } from '../contract/shapes.ts';
import type { Services } from '../services.ts';
import type { WatchAnswer } from '../services/watches.ts';
import { errorBody, HttpFault } from './faults.ts';
import { FOR_WORKERS, forRoles, viewerOf } from './policy.ts';
import { sayDone } from './trail.ts';

const Nothing = Type.Object({}, strict);
const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) }, strict);
const HitsQuery = Type.Object(
  {
    after: Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      default: 0,
      description: 'The last seq you have',
    }),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 200 }),
  },
  strict,
);
/** 409: the watch as somebody else saved it meanwhile, beside the error. */
const Conflict = Type.Object({ error: ErrorBody.properties.error, meanwhile: WatchRow }, strict);
const failures = { 400: ErrorBody };
const acting = { ...failures, 403: ErrorBody, 404: ErrorBody, 409: Conflict };
const WRITES = forRoles('region', 'analyst', 'editor');
const MAX_BODY = 64 * 1024;

// Checked as they came: the web framework's own check would first turn null into nothing.
const CHECKS = {
  watch: Compile(WatchAsk),
  test: Compile(WatchTestAsk),
  version: Compile(WatchVersionAsk),
} as const;

interface Check {
  Check(value: unknown): boolean;
  Errors(value: unknown): readonly { readonly instancePath?: string; readonly message?: string }[];
}

function checked<T>(check: Check, body: unknown): T {
  if (check.Check(body)) return body as T;
  const [first] = check.Errors(body);
  const where = `body${(first?.instancePath ?? '').replaceAll('/', '.')}`;
  throw new HttpFault(400, 'invalid_request', `${where}: ${first?.message ?? 'not as described in /docs'}`, { where });
}

/** 关注: reading for everybody who works here, writing for 研判 and 矩阵编辑. */
export function watchRoutes(app: FastifyInstance, { standing }: Pick<Services, 'standing'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  api.get(
    '/watches',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Watches as they stand, each with its last hits',
        tags: ['watches'],
        querystring: Nothing,
        response: { 200: WatchPage, ...failures },
      },
    },
    async (request) => standing.page(viewerOf(request)),
  );

  api.get(
    '/watches/hits',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Watches that opened or closed, after a sequence, oldest first; the rows the socket sends',
        tags: ['watches'],
        querystring: HitsQuery,
        response: { 200: HitsBody, ...failures },
      },
    },
    async (request) => [...standing.hits(request.query.after, request.query.limit, viewerOf(request))],
  );

  api.get(
    '/watches/:id/versions',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Every version of a watch, by whom and why, newest first',
        tags: ['watches'],
        params: Id,
        querystring: Nothing,
        response: { 200: VersionsBody, ...failures, 404: ErrorBody },
      },
    },
    async (request) => standing.versions(request.params.id, viewerOf(request)) ?? missing(),
  );

  api.post(
    '/watches/test',
    {
      config: { policy: FOR_WORKERS },
      bodyLimit: MAX_BODY,
      schema: {
        summary: 'What a watch would have matched in the last seven days, and when it would have opened',
        description: 'Body: WatchTestAsk. Nothing is kept.',
        tags: ['watches'],
        querystring: Nothing,
        response: { 200: WatchTest, ...failures, 403: ErrorBody, 503: ErrorBody },
      },
    },
    async (request) => {
      const answer = await standing.test(checked<WatchTestAsk>(CHECKS.test, request.body), viewerOf(request));
      return 'tested' in answer ? answer.tested : refuse(answer.refused);
    },
  );

  const writing = {
    config: { policy: WRITES },
    bodyLimit: MAX_BODY,
  } as const;

  api.post(
    '/watches',
    {
      ...writing,
      schema: {
        summary: 'A new watch',
        tags: ['watches'],
        querystring: Nothing,
        response: { 200: WatchRow, ...acting },
      },
    },
    async (request, reply) =>
      answerWith(
        request,
        reply,
        await standing.create(checked<WatchAsk>(CHECKS.watch, request.body), viewerOf(request)),
      ),
  );

  api.put(
    '/watches/:id',
    {
      ...writing,
      schema: {
        summary: 'A new version of a watch',
        description: '`expected` is the version you saw; where it has changed since, 409 with what it is now.',
        tags: ['watches'],
        params: Id,
        querystring: Nothing,
        response: { 200: WatchRow, ...acting },
      },
    },
    async (request, reply) => {
      const ask = checked<WatchAsk>(CHECKS.watch, request.body);
      return answerWith(request, reply, await standing.change(request.params.id, ask, viewerOf(request)));
    },
  );

  for (const [method, path, what, summary] of [
    ['DELETE', '/watches/:id', 'remove', 'Delete a watch; its versions and hits stay, and it can be restored'],
    ['POST', '/watches/:id/restore', 'restore', 'Undo the deletion of a watch'],
  ] as const)
    api.route({
      ...writing,
      method,
      url: path,
      schema: { summary, tags: ['watches'], params: Id, querystring: Nothing, response: { 200: WatchRow, ...acting } },
      handler: async (request, reply) => {
        const ask = checked<WatchVersionAsk>(CHECKS.version, request.body);
        return answerWith(request, reply, await standing[what]({ id: request.params.id, ...ask }, viewerOf(request)));
      },
    });
}

function answerWith(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: WatchAnswer,
): WatchRow | Static<typeof Conflict> {
  if ('kept' in answer) {
    // The words of a version stand in the watch's own versions, which are only added to.
    const { name, version, deleted, why } = answer.kept;
    sayDone(request)(`关注“${name}”第${version}版${deleted ? '，已删除' : ''}；理由：${why}`);
    return answer.kept;
  }
  if ('missing' in answer) return missing();
  if ('refused' in answer) return refuse(answer.refused);
  const error = errorBody('changed_meanwhile', '别人刚改过这条关注，现状见 meanwhile').error;
  void reply.code(409);
  return { error, meanwhile: answer.meanwhile };
}

function missing(): never {
  throw new HttpFault(404, 'no_watch', '没有这条关注', { where: 'params.id' });
}

function refuse({ where, because }: { readonly where: string; readonly because: string }): never {
  throw new HttpFault(400, 'invalid_request', because, { where: `body.${where}` });
}
