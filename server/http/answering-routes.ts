import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import * as contract from '../contract/answering.ts';
import { orNull } from '../contract/shapes.ts';
import type { Services } from '../services.ts';
import { acting, found, Id, Nothing, outcome, reading, tags } from './follow-up-answers.ts';
import { FOR_WORKERS, forRoles, viewerOf } from './policy.ts';

const PLANNERS = forRoles('region', 'responder', 'analyst', 'editor');

/** 回声, 口径, 联动发布. All of it is cut to the viewer's scope below the services. */
export function answeringRoutes(app: FastifyInstance, { followUp }: Pick<Services, 'followUp'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();

  api.get(
    '/incidents/:id/answering',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Whether the answer landed, what differs between its versions, what is still asked',
        ...{ tags, params: Id, querystring: Nothing, response: { ...reading, 200: contract.AnsweringBody } },
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
          response: { ...reading, 200: orNull(contract.EchoRow) },
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
        ...{ tags, params: Id, querystring: Nothing, response: { ...reading, 200: contract.VersionsBody } },
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
        ...{ tags, querystring: Nothing, response: { ...reading, 200: Type.Array(contract.JointRow) } },
      },
    },
    async (request) => [...followUp.joints(viewerOf(request))],
  );

  api.post(
    '/incidents/:id/campaigns',
    {
      config: { policy: PLANNERS },
      schema: {
        summary: 'Plan a joint publication: who publishes what from when on',
        ...{ tags, params: Id, body: contract.JointAsk, response: { ...acting, 201: Type.Array(contract.JointRow) } },
      },
    },
    async (request, reply) =>
      reply.code(201).send(outcome(followUp.planJoint(viewerOf(request), request.params.id, request.body), request)),
  );

  api.post(
    '/incidents/:id/campaigns/declines',
    {
      config: { policy: PLANNERS },
      schema: {
        summary: 'A layer does not take part, and says why',
        ...{ tags, params: Id, body: contract.DeclineAsk, response: { ...acting, 201: Type.Array(contract.JointRow) } },
      },
    },
    async (request, reply) =>
      reply.code(201).send(outcome(followUp.declineJoint(viewerOf(request), request.params.id, request.body), request)),
  );
}
