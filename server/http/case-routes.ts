import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Type from 'typebox';
import {
  ActBody,
  ActConflict,
  DispatchAnswer,
  DispatchBody,
  LinkRow,
  type ActBody as Act,
} from '../contract/case-acts.ts';
import { CaseFileRow, Ledger } from '../contract/case-file.ts';
import { ErrorBody } from '../contract/http.ts';
import { strict } from '../contract/shapes.ts';
import type { ActOutcome, CaseServices } from '../services/cases.ts';
import { errorBody, HttpFault } from './faults.ts';
import { viewerOf, WORKERS, type Policy } from './policy.ts';

const Nothing = Type.Object({}, strict);
const Id = Type.String({ minLength: 1, maxLength: 128 });
const Params = Type.Object({ id: Id }, strict);
const AccountParams = Type.Object({ id: Id, account: Id }, strict);
const MAX_ACT = 64 * 1024;

export const READ: Policy = { kind: 'roles', roles: WORKERS, scope: 'region' };
/** Whoever answers for the office; a wall screen only looks. */
const WRITE: Policy = { kind: 'roles', roles: ['responder', 'analyst', 'editor'], scope: 'region' };
/** The matrix is the same for everybody who works here. */
const MATRIX: Policy = { kind: 'roles', roles: WORKERS, scope: 'none' };

const noIncident = (): HttpFault =>
  new HttpFault(404, 'no_incident', '没有这件事，或不在您的范围内', { where: 'params.id' });

/** Acts of people on the files of incidents, and the ledger of hand-offs. */
export function caseRoutes(app: FastifyInstance, cases: CaseServices): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const failures = { 400: ErrorBody, 403: ErrorBody, 404: ErrorBody, 413: ErrorBody, 415: ErrorBody };
  // A form of another site can send text/plain without asking; here it is not even read.
  app.removeContentTypeParser('text/plain');

  api.get(
    '/incidents/:id/acts',
    {
      config: { policy: READ },
      schema: {
        summary: 'The file of an incident: status, clock, hand-offs, answers, every act, and what may be done now',
        tags: ['files'],
        params: Params,
        querystring: Nothing,
        response: { 200: CaseFileRow, 400: ErrorBody, 404: ErrorBody },
      },
    },
    async (request) => {
      const file = cases.file(request.params.id, viewerOf(request));
      if (file === undefined) throw noIncident();
      return file;
    },
  );

  api.post(
    '/incidents/:id/acts',
    {
      config: { policy: WRITE },
      bodyLimit: MAX_ACT,
      schema: {
        summary: 'Add one act to the file of an incident',
        description:
          '`expected` is the seq of the file you looked at. 409: somebody was quicker; nothing was kept, what came meanwhile and your own act come back. ' +
          '422: not allowed now, with the sentence why.',
        tags: ['files'],
        params: Params,
        body: ActBody,
        response: { 200: CaseFileRow, 409: ActConflict, 422: ErrorBody, ...failures },
      },
    },
    async (request, reply) => {
      const outcome = cases.act(request.params.id, request.body, viewerOf(request));
      if ('meanwhile' in outcome) return conflict(reply, outcome, request.body);
      return kept(outcome, reply);
    },
  );

  api.post(
    '/incidents/:id/dispatch',
    {
      config: { policy: WRITE },
      bodyLimit: MAX_ACT,
      schema: {
        summary:
          '派警: send the nearest station and the command centre out to a plea for a life, in one act, with their links',
        tags: ['files'],
        params: Params,
        body: DispatchBody,
        response: { 200: DispatchAnswer, 409: ActConflict, 422: ErrorBody, ...failures },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { expected, plea } = request.body;
      const outcome = cases.dispatch(id, request.body, viewerOf(request));
      if ('meanwhile' in outcome) {
        const yours = {
          expected,
          act: { act: 'commented', comment: `派警${plea === undefined ? '' : `（${plea}）`}` },
        } as const;
        return conflict(reply, outcome, yours);
      }
      if ('file' in outcome) return { file: outcome.file, links: [...(outcome.links ?? [])] };
      return kept(outcome, reply);
    },
  );

  api.post(
    '/incidents/:id/links/:account',
    {
      config: { policy: WRITE },
      schema: {
        summary:
          'A signed link and a sheet for a unit that has been asked: one case, seven days, void once it is closed',
        tags: ['files'],
        params: AccountParams,
        response: { 200: LinkRow, ...failures },
      },
    },
    async (request) => {
      const { id, account } = request.params;
      const link = cases.link(id, account, viewerOf(request));
      if (link === undefined)
        throw new HttpFault(404, 'not_asked', '此事没有交给这个单位，或已办结，不能发链接', {
          where: 'params.account',
        });
      return link;
    },
  );

  api.get(
    '/handoffs',
    {
      config: { policy: READ },
      schema: {
        summary: 'The ledger: open hand-offs by unit with their age, refusals, how often the suggestion was kept',
        tags: ['files'],
        querystring: Nothing,
        response: { 200: Ledger, 400: ErrorBody },
      },
    },
    async (request) => cases.ledger(viewerOf(request)),
  );

  api.get(
    '/accounts/choices',
    {
      config: { policy: MATRIX },
      schema: {
        summary: 'Accounts to hand over to, by id and name',
        tags: ['files'],
        querystring: Nothing,
        response: {
          200: Type.Array(
            Type.Object(
              {
                ...{ id: Type.String(), name: Type.String(), unit: Type.String(), tier: Type.String() },
                ...{ region: Type.String(), public: Type.Boolean() },
              },
              strict,
            ),
          ),
          400: ErrorBody,
        },
      },
    },
    async () => [...cases.accounts()],
  );
}

function kept(outcome: ActOutcome, reply: FastifyReply): FastifyReply {
  if ('refused' in outcome) {
    const { because, where } = outcome.refused;
    return reply.code(422).send(errorBody('not_allowed', because, where));
  }
  if ('missing' in outcome) throw noIncident();
  return reply.send(outcome.file);
}

/** Nothing was kept, and nothing is lost: the writer is shown who was quicker and gets their own act back. */
function conflict(
  reply: FastifyReply,
  { meanwhile, file }: Extract<ActOutcome, { readonly meanwhile: unknown }>,
  yours: Act,
): FastifyReply {
  const last = meanwhile.at(-1);
  const who = last === undefined ? '档案已有变化' : `${last.by}刚刚${last.said}`;
  const message = `${who}，您的操作没有记入；请看过之后再决定是否重做`;
  return reply.code(409).send({ error: { code: 'meanwhile', message }, meanwhile: [...meanwhile], yours, file });
}
