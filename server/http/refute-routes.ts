import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import {
  AnsweringBody,
  ClaimFile,
  ClaimList,
  ComposeAsk,
  DecideAsk,
  DeclineAsk,
  DraftAsk,
  DraftBody,
  EchoRow,
  JointAsk,
  JointRow,
  SendAnswer,
  SendAsk,
  VersionsBody,
} from '../contract/answering.ts';
import { AssessmentBody } from '../contract/assessment.ts';
import { ErrorBody } from '../contract/http.ts';
import type { Done } from '../services/follow-up.ts';
import type { Services } from '../services.ts';
import { HttpFault } from './faults.ts';
import { FOR_WORKERS, forRoles, viewerOf } from './policy.ts';
import { isOurOrigin } from './same-machine.ts';

const strict = { additionalProperties: false } as const;
const Nothing = Type.Object({}, strict);
const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) }, strict);
const PeriodQuery = Type.Object(
  {
    from: Type.Optional(Type.String({ format: 'date-time', description: 'from ≤ time < to, with zone' })),
    to: Type.Optional(Type.String({ format: 'date-time', description: 'Left out: now' })),
    days: Type.Integer({
      minimum: 1,
      maximum: 366,
      default: 7,
      description: 'Where from is left out: so many before to',
    }),
  },
  strict,
);
const reading = { 200: Type.Unknown(), 400: ErrorBody, 404: ErrorBody, 503: ErrorBody };
const acting = {
  400: ErrorBody,
  403: ErrorBody,
  404: ErrorBody,
  409: ErrorBody,
  413: ErrorBody,
  415: ErrorBody,
  503: ErrorBody,
};

/** Who writes, confirms and plans; who answers for the assessment reads it. */
const WRITERS = forRoles('region', 'responder', 'analyst');
const PLANNERS = forRoles('region', 'responder', 'analyst', 'editor');

/** 辟谣, 回声, 口径, 联动发布, 考评. All of it is cut to the viewer's scope below the services. */
export function refuteRoutes(app: FastifyInstance, { followUp }: Pick<Services, 'followUp'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const onRequest = async ({ headers }: FastifyRequest): Promise<void> => {
    if (isOurOrigin(headers)) return;
    throw new HttpFault(
      403,
      'foreign_page',
      'this can only be asked from a page of this server, or from no page at all.',
    );
  };
  const tags = ['answering'];

  api.get(
    '/refutations/claims',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Claims under check, those nobody has drafted for first',
        ...{ tags, querystring: Nothing, response: { ...reading, 200: ClaimList } },
      },
    },
    (request) => followUp.claims(viewerOf(request)),
  );

  api.get(
    '/incidents/:id/refutation',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'The claim of an incident with its evidence, drafts, matches and who publishes by the rule',
        ...{ tags, params: Id, querystring: Nothing, response: { ...reading, 200: ClaimFile } },
      },
    },
    async (request) => found(await followUp.claim(viewerOf(request), request.params.id), request.params.id),
  );

  api.post(
    '/incidents/:id/refutation/compose',
    {
      ...{ onRequest, config: { policy: WRITERS } },
      schema: {
        summary: 'A draft out of the template over evidence and sources; nothing is kept',
        ...{ tags, params: Id, body: ComposeAsk, response: { ...acting, 200: DraftBody } },
      },
    },
    async (request) => outcome(await followUp.compose(viewerOf(request), request.params.id, request.body), request),
  );

  api.post(
    '/incidents/:id/refutation/drafts',
    {
      ...{ onRequest, config: { policy: WRITERS } },
      schema: {
        summary: 'Keep a draft: every sentence names a post or a source, every number and time is one of its sources',
        ...{ tags, params: Id, body: DraftAsk, response: { ...acting, 201: ClaimFile } },
      },
    },
    async (request, reply) =>
      reply.code(201).send(outcome(await followUp.draft(viewerOf(request), request.params.id, request.body), request)),
  );

  api.post(
    '/incidents/:id/refutation/decisions',
    {
      ...{ onRequest, config: { policy: WRITERS } },
      schema: {
        summary: 'Confirm or reject a draft, as a second person; a confirmed one joins the refutations',
        ...{ tags, params: Id, body: DecideAsk, response: { ...acting, 201: ClaimFile } },
      },
    },
    async (request, reply) =>
      reply.code(201).send(outcome(await followUp.decide(viewerOf(request), request.params.id, request.body), request)),
  );

  api.post(
    '/incidents/:id/refutation/deliveries',
    {
      ...{ onRequest, config: { policy: forRoles('region', 'responder') } },
      schema: {
        summary: 'Send a confirmed text to the office’s own webhook; no platform is ever posted to',
        ...{
          tags,
          params: Id,
          body: SendAsk,
          response: { ...acting, 200: SendAnswer },
        },
      },
    },
    async (request) => outcome(await followUp.send(viewerOf(request), request.params.id, request.body), request),
  );

  api.get(
    '/incidents/:id/answering',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Whether the answer landed, what differs between its versions, what is still asked',
        ...{ tags, params: Id, querystring: Nothing, response: { ...reading, 200: AnsweringBody } },
      },
    },
    async (request) => found(await followUp.answering(viewerOf(request), request.params.id), request.params.id),
  );

  api.get(
    '/incidents/:id/echo',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'The echo alone; null while nothing was answered',
        ...{
          tags,
          params: Id,
          querystring: Nothing,
          response: { ...reading, 200: Type.Union([EchoRow, Type.Null()]) },
        },
      },
    },
    async (request) => found(await followUp.answering(viewerOf(request), request.params.id), request.params.id).echo,
  );

  api.get(
    '/incidents/:id/versions',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'The official words of an incident and what they state differently, with places in each text',
        ...{ tags, params: Id, querystring: Nothing, response: { ...reading, 200: VersionsBody } },
      },
    },
    async (request) =>
      found(await followUp.answering(viewerOf(request), request.params.id), request.params.id).versions,
  );

  api.get(
    '/campaigns',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Joint publications with where each layer stands, newest first',
        ...{ tags, querystring: Nothing, response: { ...reading, 200: Type.Array(JointRow) } },
      },
    },
    async (request) => [...followUp.joints(viewerOf(request))],
  );

  api.post(
    '/incidents/:id/campaigns',
    {
      ...{ onRequest, config: { policy: PLANNERS } },
      schema: {
        summary: 'Plan a joint publication: who publishes what from when on',
        ...{ tags, params: Id, body: JointAsk, response: { ...acting, 201: Type.Array(JointRow) } },
      },
    },
    async (request, reply) =>
      reply.code(201).send(outcome(followUp.planJoint(viewerOf(request), request.params.id, request.body), request)),
  );

  api.post(
    '/incidents/:id/campaigns/declines',
    {
      ...{ onRequest, config: { policy: PLANNERS } },
      schema: {
        summary: 'A layer does not take part, and says why',
        ...{ tags, params: Id, body: DeclineAsk, response: { ...acting, 201: Type.Array(JointRow) } },
      },
    },
    async (request, reply) =>
      reply.code(201).send(outcome(followUp.declineJoint(viewerOf(request), request.params.id, request.body), request)),
  );

  api.get(
    '/assessment',
    {
      config: { policy: PLANNERS },
      schema: {
        summary: 'Units in the order of the matrix, each figure with n and its incidents; health of accounts',
        ...{ tags, querystring: PeriodQuery, response: { ...reading, 200: AssessmentBody } },
      },
    },
    async (request) => {
      const { from, to, days } = request.query;
      const period = {
        ...(from === undefined ? { days } : { from: Date.parse(from) }),
        ...(to === undefined ? {} : { to: Date.parse(to) }),
      };
      const body = followUp.assessment(viewerOf(request), period);
      if (body !== undefined) return body;
      throw new HttpFault(400, 'invalid_request', 'querystring.to is not valid: it lies before from.', {
        where: 'querystring.to',
      });
    },
  );
}

function found<T>(body: T | undefined, id: string): T {
  if (body !== undefined) return body;
  throw new HttpFault(404, 'no_incident', `there is no incident "${id}"; GET /api/v1/incidents lists them.`, {
    where: 'params.id',
  });
}

/** What was done, or why not, in the words of the rule. */
function outcome<T>(done: Done<T>, { params }: { readonly params: { readonly id: string } }): T {
  if ('done' in done) return done.done;
  if ('meanwhile' in done)
    throw new HttpFault(
      409,
      'acted_meanwhile',
      `刚才有人先办理了此事，什么也没有保存；请看过最新的档案（第${done.meanwhile}条）再试。`,
      { where: 'body.seen' },
    );
  if ('refused' in done) throw new HttpFault(400, 'refused', done.refused.because, { where: done.refused.where });
  return found<T>(undefined, params.id);
}
