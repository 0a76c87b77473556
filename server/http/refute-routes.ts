import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import * as contract from '../contract/refutation.ts';
import type { Services } from '../services.ts';
import { acting, found, Id, Nothing, outcome, reading, tags } from './follow-up-answers.ts';
import { FOR_WORKERS, forRoles, viewerOf } from './policy.ts';

const WRITERS = forRoles('region', 'responder', 'analyst');

/** 辟谣. All of it is cut to the viewer's scope below the services. */
export function refuteRoutes(app: FastifyInstance, { followUp }: Pick<Services, 'followUp'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();

  api.get(
    '/refutations/claims',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Claims under check, those nobody has drafted for first',
        ...{ tags, querystring: Nothing, response: { ...reading, 200: contract.ClaimList } },
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
        ...{ tags, params: Id, querystring: Nothing, response: { ...reading, 200: contract.ClaimFile } },
      },
    },
    async (request) => found(await followUp.claim(viewerOf(request), request.params.id), request.params.id),
  );

  api.post(
    '/incidents/:id/refutation/compose',
    {
      config: { policy: WRITERS },
      schema: {
        summary: 'A draft out of the template over evidence and sources; nothing is kept',
        ...{ tags, params: Id, body: contract.ComposeAsk, response: { ...acting, 200: contract.DraftBody } },
      },
    },
    async (request) => outcome(await followUp.compose(viewerOf(request), request.params.id, request.body), request),
  );

  api.post(
    '/incidents/:id/refutation/drafts',
    {
      config: { policy: WRITERS },
      schema: {
        summary: 'Keep a draft: every sentence names a post or a source, every number and time is one of its sources',
        ...{ tags, params: Id, body: contract.DraftAsk, response: { ...acting, 201: contract.ClaimFile } },
      },
    },
    async (request, reply) =>
      reply.code(201).send(outcome(await followUp.draft(viewerOf(request), request.params.id, request.body), request)),
  );

  api.post(
    '/incidents/:id/refutation/decisions',
    {
      config: { policy: WRITERS },
      schema: {
        summary: 'Confirm or reject a draft, as a second person; a confirmed one joins the refutations',
        ...{ tags, params: Id, body: contract.DecideAsk, response: { ...acting, 201: contract.ClaimFile } },
      },
    },
    async (request, reply) =>
      reply.code(201).send(outcome(await followUp.decide(viewerOf(request), request.params.id, request.body), request)),
  );

  api.post(
    '/incidents/:id/refutation/deliveries',
    {
      config: { policy: forRoles('region', 'responder') },
      schema: {
        summary: 'Send a confirmed text to the office’s own webhook; no platform is ever posted to',
        ...{
          tags,
          params: Id,
          body: contract.SendAsk,
          response: { ...acting, 200: contract.SendAnswer },
        },
      },
    },
    async (request) => outcome(await followUp.send(viewerOf(request), request.params.id, request.body), request),
  );
}
