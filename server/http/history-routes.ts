import Type from 'typebox';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { PrecedentsBody, SpreadBody } from '../contract/history.ts';
import { ErrorBody } from '../contract/http.ts';
import { strict } from '../contract/shapes.ts';
import type { Services } from '../services.ts';
import { HttpFault } from './faults.ts';
import { FOR_WORKERS, viewerOf } from './policy.ts';

const Nothing = Type.Object({}, strict);
const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) }, strict);

/** How an incident spread, and what past ones like it teach. */
export function historyRoutes(app: FastifyInstance, { history }: Pick<Services, 'history'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const failures = { 400: ErrorBody, 404: ErrorBody };
  const noIncident = (id: string): never => {
    throw new HttpFault(404, 'no_incident', `there is no incident "${id}"; GET /api/v1/incidents lists them.`, {
      where: 'params.id',
    });
  };

  api.get(
    '/incidents/:id/spread',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'How an incident spread: its largest cascade, places, first posts and turning points',
        tags: ['incidents'],
        params: Id,
        querystring: Nothing,
        response: { 200: SpreadBody, ...failures },
      },
    },
    async (request) =>
      (await history.spread(request.params.id, viewerOf(request).scope)) ?? noIncident(request.params.id),
  );

  api.get(
    '/incidents/:id/precedents',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Past incidents like this one: what was answered, by whom, after how long, and what the curve did',
        tags: ['incidents'],
        params: Id,
        querystring: Nothing,
        response: { 200: PrecedentsBody, ...failures },
      },
    },
    async (request) =>
      (await history.precedents(request.params.id, viewerOf(request).scope)) ?? noIncident(request.params.id),
  );
}
