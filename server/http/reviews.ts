import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { ErrorBody, PostRow } from '../contract/http.ts';
import { ReviewBody, ReviewList, ReviewRow } from '../contract/review.ts';
import { strict } from '../contract/shapes.ts';
import type { Services } from '../services.ts';
import { HttpFault } from './faults.ts';
import { FOR_WORKERS, forRoles, viewerOf } from './policy.ts';

const MAX_REVIEW = 32 * 1024;

const PostParams = Type.Object(
  { id: Type.String({ minLength: 1, maxLength: 128, description: 'The id of the post as rows give it' }) },
  strict,
);
const ListQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    before: Type.Optional(Type.Integer({ minimum: 1, description: '`next` of an earlier answer' })),
  },
  strict,
);
const ReviewAnswer = Type.Object(
  { kept: ReviewRow, post: Type.Pick(PostRow, ['review', 'refutations']) },
  { ...strict, description: 'The case as it is kept, and what the row of the post shows from now on' },
);
/** 409: the case that somebody else kept meanwhile, beside the error. */
const Conflict = Type.Object({ error: ErrorBody.properties.error, meanwhile: ReviewRow }, strict);

// Checked as it came: the web framework's own check would first turn "true" into true and null into nothing.
const reviewBody = Compile(ReviewBody);

/** What people say of judgements. */
export function reviewRoutes(app: FastifyInstance, { reviews }: Pick<Services, 'reviews'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  // A form of another site can send text/plain without asking; here it is not even read.
  app.removeContentTypeParser('text/plain');

  api.post(
    '/posts/:id/review',
    {
      config: { policy: forRoles('region', 'responder', 'analyst') },
      bodyLimit: MAX_REVIEW,
      schema: {
        summary: 'Correct a judgement, or confirm a suggested refutation: kept as a reviewed case',
        description:
          'Say only what you looked at; the machine’s own value means it was right. Every case is kept, the newest word on each judgement is shown. ' +
          'A finding about a rumor names its source, except nothing-to-check. The text is kept with the case, the author is not.',
        tags: ['reviews'],
        params: PostParams,
        body: ReviewBody,
        response: {
          201: ReviewAnswer,
          400: ErrorBody,
          403: ErrorBody,
          404: ErrorBody,
          409: Conflict,
          413: ErrorBody,
          415: ErrorBody,
          503: ErrorBody,
        },
      },
      validatorCompiler: () => () => true,
    },
    async (request, reply) => {
      const outcome = await reviews.review(viewerOf(request), request.params.id, checked(request.body));
      if ('kept' in outcome) return reply.code(201).send({ kept: outcome.kept, post: outcome.marks });
      if ('meanwhile' in outcome) {
        const message =
          'somebody reviewed this post meanwhile; nothing was kept. Read their case below, and send yours again with its id as seen if it still holds.';
        return reply.code(409).send({ error: { code: 'reviewed_meanwhile', message }, meanwhile: outcome.meanwhile });
      }
      if ('missing' in outcome) {
        throw new HttpFault(
          404,
          'no_post',
          'there is no such post in the search store; it may not be indexed yet. GET /api/v1/posts finds what is.',
          { where: 'params.id' },
        );
      }
      const { where, because } = outcome.refused;
      throw new HttpFault(400, 'invalid_request', `${where} is not valid: ${because}. See /docs for what is allowed.`, {
        where,
      });
    },
  );

  api.get(
    '/reviews',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Reviewed cases, newest first, and how often the machine had said the same',
        description:
          'agreement counts posts by head: n with a word of a person on it, agreed where the machine had said the same. People review what looked wrong, so it is no accuracy.',
        tags: ['reviews'],
        querystring: ListQuery,
        response: { 200: ReviewList, 400: ErrorBody },
      },
    },
    async (request) => reviews.list(viewerOf(request).scope, request.query.limit, request.query.before),
  );
}

/** @throws HttpFault 400 naming the field */
function checked(body: unknown): ReviewBody {
  if (reviewBody.Check(body)) return body;
  const [first] = reviewBody.Errors(body);
  const more =
    (first?.params as { additionalProperties?: readonly string[]; requiredProperties?: readonly string[] }) ?? {};
  const property = more.additionalProperties?.[0] ?? more.requiredProperties?.[0];
  const path = `body${(first?.instancePath ?? '').replaceAll('/', '.')}${property === undefined ? '' : `.${property}`}`;
  throw new HttpFault(
    400,
    'invalid_request',
    `${path} is not valid: ${first?.message ?? 'unknown'}. See /docs for what is allowed.`,
    {
      where: path,
    },
  );
}
