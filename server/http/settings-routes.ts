import Type from 'typebox';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { ErrorBody } from '../contract/http.ts';
import * as settings from '../contract/settings.ts';
import { strict } from '../contract/shapes.ts';
import type { SettingsServices } from '../services/settings.ts';
import { forRoles, viewerOf } from './policy.ts';
import { MAX_RULES, saying, written } from './settings-answers.ts';

const RegionsQuery = Type.Object({ q: Type.String({ minLength: 1, maxLength: 60 }) }, strict);
const failures = { 400: ErrorBody };
const tags = ['settings'];

/** Of the whole deployment: its cases may be sentences of posts from anywhere. */
const READ_WORDS = forRoles('all', 'analyst', 'editor');
const WRITE_WORDS = forRoles('all', 'editor');
const READ_PLACES = forRoles('region', 'analyst', 'editor');
const WRITE_PLACES = forRoles('region', 'editor');

/** The rules that posts are judged and placed by, as far as they are an office's own. */
export function settingsRoutes(app: FastifyInstance, { taxonomy, places }: SettingsServices): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();

  api.get(
    '/settings/taxonomy',
    {
      config: { policy: READ_WORDS },
      schema: {
        summary: 'The office’s own words and cases, with their versions',
        tags,
        response: { 200: settings.TaxonomyPage, ...failures },
      },
    },
    async (request) => taxonomy.page(viewerOf(request)),
  );
  api.post(
    '/settings/taxonomy/try',
    {
      config: { policy: READ_WORDS },
      bodyLimit: MAX_RULES,
      schema: {
        summary: 'A sentence judged by the rules in force and by a draft; nothing is kept',
        tags,
        body: settings.TaxonomyTry,
        response: { 200: settings.TaxonomyTried, ...failures },
      },
    },
    (request) => taxonomy.try(request.body),
  );
  api.post(
    '/settings/taxonomy',
    {
      config: { policy: WRITE_WORDS },
      bodyLimit: MAX_RULES,
      schema: {
        summary: 'Puts these words and cases in force, from the next post on',
        tags,
        body: settings.TaxonomyAsk,
        response: written,
      },
    },
    async (request, reply) => saying(reply, await taxonomy.save(viewerOf(request), request.body)),
  );
  api.post(
    '/settings/taxonomy/restore',
    {
      config: { policy: WRITE_WORDS },
      schema: {
        summary: 'Puts an earlier version in force, as a new one',
        tags,
        body: settings.RestoreAsk,
        response: written,
      },
    },
    async (request, reply) => saying(reply, await taxonomy.restore(viewerOf(request), request.body)),
  );

  api.get(
    '/settings/places',
    {
      config: { policy: READ_PLACES },
      schema: {
        summary: 'The office’s own places within the viewer’s regions',
        tags,
        response: { 200: settings.PlacesPage, ...failures },
      },
    },
    async (request) => places.page(viewerOf(request)),
  );
  api.get(
    '/settings/regions',
    {
      config: { policy: READ_PLACES },
      schema: {
        summary: 'Divisions by name or code',
        tags,
        querystring: RegionsQuery,
        response: { 200: Type.Array(settings.RegionHit), ...failures },
      },
    },
    async (request) => [...places.regions(viewerOf(request).scope, request.query.q)],
  );
  api.post(
    '/settings/places/try',
    {
      config: { policy: READ_PLACES },
      schema: {
        summary: 'A sentence placed by the list in force and with these changes; nothing is kept',
        tags,
        body: settings.PlacesTry,
        response: { 200: settings.PlacesTried, ...failures },
      },
    },
    (request) => places.try(viewerOf(request), request.body),
  );
  api.post(
    '/settings/places',
    {
      config: { policy: WRITE_PLACES },
      schema: {
        summary: 'Adds and removes names, from the next post on',
        tags,
        body: settings.PlacesAsk,
        response: written,
      },
    },
    async (request, reply) => saying(reply, await places.save(viewerOf(request), request.body)),
  );
  api.post(
    '/settings/places/restore',
    {
      config: { policy: WRITE_PLACES },
      schema: {
        summary: 'Puts an earlier list in force, as a new version',
        tags,
        body: settings.RestoreAsk,
        response: written,
      },
    },
    async (request, reply) => saying(reply, await places.restore(viewerOf(request), request.body)),
  );
}
