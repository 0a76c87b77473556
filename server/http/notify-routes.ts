import Type from 'typebox';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { ErrorBody } from '../contract/http.ts';
import { ChannelAsk, ChannelIs, ChannelsPage, ResendAnswer, ResendAsk, TestAnswer } from '../contract/notify.ts';
import { Done } from '../contract/on-call.ts';
import { strict } from '../contract/shapes.ts';
import type { NotifyRefused } from '../services/notify.ts';
import type { Services } from '../services.ts';
import { HttpFault } from './faults.ts';
import { forRoles, viewerOf } from './policy.ts';
import { sayDone } from './trail.ts';

const Nothing = Type.Object({}, strict);
const ChannelParams = Type.Object({ id: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }) }, strict);
const MAX_ASK = 64 * 1024;

/** Channels are of the whole deployment. */
const KEEPERS = { policy: forRoles('all', 'editor', 'systemAdmin') };
const failures = { 400: ErrorBody, 401: ErrorBody, 403: ErrorBody };
export const acting = { ...failures, 404: ErrorBody, 415: ErrorBody };

/** @throws HttpFault 400 with the reason as it is shown to people, 404 */
export function orFault<T extends object | true>(answer: T | NotifyRefused | undefined | false): T {
  if (answer === undefined || answer === false) throw new HttpFault(404, 'not_found', '没有这一项，可能已被删除');
  if (typeof answer !== 'object' || !('refused' in answer)) return answer;
  const { where, because } = answer.refused;
  throw new HttpFault(400, 'refused', because, { where });
}

/** 渠道: who is told, what has been told, and what could not be. */
export function notifyRoutes(app: FastifyInstance, { notify }: Pick<Services, 'notify'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();

  api.get(
    '/channels',
    {
      config: KEEPERS,
      schema: {
        summary: 'Channels with what became of their messages; of secrets only the last four signs',
        tags: ['notify'],
        querystring: Nothing,
        response: { 200: ChannelsPage, ...failures },
      },
    },
    async (request) => notify.channelsPage(viewerOf(request)),
  );

  api.post(
    '/channels',
    {
      config: KEEPERS,
      bodyLimit: MAX_ASK,
      schema: {
        summary: 'A new channel, or with id a change of one; a secret goes in and never comes out',
        tags: ['notify'],
        body: ChannelAsk,
        response: { 200: ChannelIs, ...acting },
      },
    },
    async (request) => orFault(notify.saveChannel(viewerOf(request), request.body, sayDone(request))),
  );

  api.post(
    '/channels/:id/remove',
    {
      config: KEEPERS,
      schema: {
        summary: 'Remove a channel; what waits for it is given up',
        tags: ['notify'],
        params: ChannelParams,
        body: Nothing,
        response: { 200: Done, ...acting },
      },
    },
    async (request) => {
      orFault(notify.removeChannel(request.params.id, sayDone(request)));
      return { done: true };
    },
  );

  api.post(
    '/channels/:id/test',
    {
      config: KEEPERS,
      schema: {
        summary: 'Send a word at once and say what the receiver answered, word for word',
        tags: ['notify'],
        params: ChannelParams,
        body: Nothing,
        response: { 200: TestAnswer, ...acting },
      },
    },
    async (request) => orFault(await notify.test(viewerOf(request), request.params.id)),
  );

  api.post(
    '/deliveries/resend',
    {
      config: KEEPERS,
      schema: {
        summary: 'Try dead deliveries again, with the same ids',
        tags: ['notify'],
        body: ResendAsk,
        response: { 200: ResendAnswer, ...acting },
      },
    },
    async ({ body }) => ({ again: notify.resend(body.ids) }),
  );
}
