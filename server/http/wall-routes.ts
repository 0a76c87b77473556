import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { regionCode } from '../../pipelines/domain/region.ts';
import { ErrorBody } from '../contract/http.ts';
import { MapBody, WallBody } from '../contract/wall.ts';
import type { WallServices } from '../services/wall.ts';
import { HttpFault } from './faults.ts';
import { FOR_WORKERS, viewerOf } from './policy.ts';

const Query = Type.Object(
  { region: Type.Optional(Type.String({ pattern: '^(\\d{6}|\\d{9}|\\d{12})$', description: 'Division code' })) },
  { additionalProperties: false },
);

/** What a wall shows of one region, and the official map of it. */
export function wallRoutes(app: FastifyInstance, wall: WallServices): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const failures = { 400: ErrorBody, 404: ErrorBody };
  const asked = (region: string | undefined) => (region === undefined ? undefined : regionCode(region));
  const missing = (what: string): HttpFault =>
    new HttpFault(404, 'no_region', `there is no ${what} to be seen here.`, { where: 'querystring.region' });

  api.get(
    '/wall',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'What a wall shows of a region: counts, open hand-offs by unit, whether it is night, the map there is',
        tags: ['server'],
        querystring: Query,
        response: { 200: WallBody, ...failures },
      },
    },
    async (request) => {
      const body = wall.wall(viewerOf(request), asked(request.query.region));
      if (body === undefined) throw missing('such region');
      return body;
    },
  );

  api.get(
    '/wall/map',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'Shapes of the official map right below a region',
        tags: ['server'],
        querystring: Query,
        response: { 200: MapBody, ...failures },
      },
    },
    async (request) => {
      const body = wall.map(viewerOf(request), asked(request.query.region));
      if (body === undefined) throw missing('map of such a region');
      return body;
    },
  );
}
