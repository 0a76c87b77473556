import { createHash } from 'node:crypto';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Clock } from '../../pipelines/ports/clock.ts';
import { ErrorBody } from '../contract/http.ts';
import { PublicCase, PublicList } from '../contract/public.ts';
import { strict } from '../contract/shapes.ts';
import type { PublicServices } from '../services/cases.ts';
import { HttpFault } from './faults.ts';
import { readForm } from './form.ts';
import type { Policy } from './policy.ts';
import { PLAIN_HEADERS } from './plain-html.ts';
import { publicCasePage, publicListPage } from './public-html.ts';
import { rateLimit } from './rate-limit.ts';

const Params = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) }, strict);
const PageQuery = Type.Object({ said: Type.Optional(Type.String({ maxLength: 20 })) }, strict);
const Verdict = Type.Object(
  { solved: Type.Boolean(), comment: Type.Optional(Type.String({ maxLength: 500 })) },
  strict,
);
const OPEN: Policy = { kind: 'open' };
const CACHED = 'public, max-age=60';
const A_MINUTE = 6;

/** The page for citizens and its JSON: read by anybody, cacheable for a minute, without a word of any post. */
export function publicPages(app: FastifyInstance, desk: PublicServices, clock: Clock): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const limit = rateLimit(clock, A_MINUTE);
  readForm(app);

  const one = (id: string): PublicCase => {
    const found = desk.one(id);
    if (found === undefined) throw new HttpFault(404, 'no_case', '没有这个办件，或没有公开', { where: 'params.id' });
    return found;
  };
  const say = (id: string, solved: boolean, comment: string | undefined): { readonly because?: string } => {
    const answer = desk.say(id, solved, comment);
    if (answer === undefined) throw new HttpFault(404, 'no_case', '没有这个办件，或没有公开', { where: 'params.id' });
    return 'refused' in answer ? { because: answer.refused.because } : {};
  };

  api.get(
    '/api/v1/public/cases',
    {
      config: { policy: OPEN },
      schema: { summary: 'Cases on the public page', tags: ['public'], response: { 200: PublicList } },
    },
    async (request, reply) => cached(request, reply, JSON.stringify(desk.list()), 'application/json; charset=utf-8'),
  );
  api.get(
    '/api/v1/public/cases/:id',
    {
      config: { policy: OPEN },
      schema: {
        summary: 'One of them',
        tags: ['public'],
        params: Params,
        response: { 200: PublicCase, 404: ErrorBody },
      },
    },
    async (request, reply) =>
      cached(request, reply, JSON.stringify(one(request.params.id)), 'application/json; charset=utf-8'),
  );
  api.post(
    '/api/v1/public/cases/:id/verdict',
    {
      config: { policy: OPEN },
      bodyLimit: 4096,
      onRequest: limit,
      schema: {
        summary: '解决了 or 没解决; the latter opens the case again',
        tags: ['public'],
        params: Params,
        body: Verdict,
        response: { 200: PublicCase, 400: ErrorBody, 403: ErrorBody, 404: ErrorBody, 422: ErrorBody, 429: ErrorBody },
      },
    },
    async ({ params, body }) => {
      const { because } = say(params.id, body.solved, body.comment);
      if (because !== undefined) throw new HttpFault(422, 'not_allowed', because);
      return one(params.id);
    },
  );

  api.get('/public', { config: { policy: OPEN }, schema: { hide: true } }, async (request, reply) =>
    cached(request, reply, publicListPage(desk.list()), 'text/html; charset=utf-8'),
  );
  api.get(
    '/public/:id',
    { config: { policy: OPEN }, schema: { hide: true, params: Params, querystring: PageQuery } },
    async (request, reply) => {
      const { office, drill } = desk.list();
      const page = publicCasePage(one(request.params.id), {
        office,
        drill,
        now: clock.now(),
        said: request.query.said,
      });
      if (request.query.said === undefined) return cached(request, reply, page, 'text/html; charset=utf-8');
      return reply
        .headers({ ...PLAIN_HEADERS, 'cache-control': 'no-store' })
        .type('text/html; charset=utf-8')
        .send(page);
    },
  );
  // A form, so that it works without script.
  api.post(
    '/public/:id',
    { config: { policy: OPEN }, bodyLimit: 4096, onRequest: limit, schema: { hide: true, params: Params } },
    async (request, reply) => {
      const form = request.body as Readonly<Record<string, string>>;
      const solved = form['solved'] === 'yes';
      if (!solved && form['solved'] !== 'no') throw new HttpFault(400, 'invalid_request', '请点“解决了”或“没解决”');
      const { because } = say(request.params.id, solved, form['comment']?.slice(0, 500));
      const said = because === undefined ? (solved ? 'yes' : 'no') : 'not';
      return reply.redirect(`/public/${encodeURIComponent(request.params.id)}?said=${said}`, 303);
    },
  );
}

/** The same words have the same tag, so that whoever has them is answered in a line. */
function cached(request: FastifyRequest, reply: FastifyReply, body: string, type: string): FastifyReply {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  void reply.headers({ ...PLAIN_HEADERS, 'cache-control': CACHED, etag: tag });
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  return reply
    .type(type)
    .serializer((text: unknown) => String(text))
    .send(body);
}
