import Type from 'typebox';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { ErrorBody } from '../contract/http.ts';
import { RestoreAsk } from '../contract/settings.ts';
import * as keeping from '../contract/settings-keeping.ts';
import type { SettingsServices } from '../services/settings.ts';
import { HttpFault } from './faults.ts';
import { forRoles, viewerOf } from './policy.ts';
import { saying, written } from './settings-answers.ts';

const failures = { 400: ErrorBody, 503: ErrorBody };
const tags = ['settings'];
const { head, same } = keeping.CasesQuery.properties;
const ExportQuery = Type.Object({ head, same }, { additionalProperties: false });

/** No post is in what they answer, only counts. */
const KEEPERS = forRoles('all', 'systemAdmin');
const FIGURES = forRoles('region', 'analyst', 'editor', 'systemAdmin');
const CASES = forRoles('region', 'analyst', 'editor');
const CALIBRATORS = forRoles('all', 'analyst', 'editor');

/** @throws HttpFault 400 */
function named<T>(found: T | undefined): T {
  if (found === undefined)
    throw new HttpFault(400, 'invalid_request', '请给出网址，或者平台与作者编号，两样只给一样', { where: 'body' });
  return found;
}

/** How long texts are kept, and how well the models do. */
export function keepingRoutes(app: FastifyInstance, { retention, models }: SettingsServices): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();

  api.get(
    '/settings/retention',
    {
      config: { policy: KEEPERS },
      schema: {
        summary: 'How long texts are kept whole, and the last runs',
        tags,
        response: { 200: keeping.RetentionPage, ...failures },
      },
    },
    async (request) => retention.page(viewerOf(request)),
  );
  api.post(
    '/settings/retention/preview',
    {
      config: { policy: KEEPERS },
      schema: {
        summary: 'What the next run would take with so many days; nothing is changed',
        tags,
        body: keeping.RetentionTry,
        response: { 200: keeping.RetentionPreview, ...failures },
      },
    },
    (request) => retention.preview(request.body.days),
  );
  api.post(
    '/settings/retention',
    {
      config: { policy: KEEPERS },
      schema: {
        summary: 'Keeps texts whole for so many days, from the next run on',
        tags,
        body: keeping.RetentionAsk,
        response: written,
      },
    },
    async (request, reply) => saying(reply, await retention.save(viewerOf(request), request.body)),
  );
  api.post(
    '/settings/retention/restore',
    {
      config: { policy: KEEPERS },
      schema: { summary: 'The days of an earlier version, as a new one', tags, body: RestoreAsk, response: written },
    },
    async (request, reply) => saying(reply, await retention.restore(viewerOf(request), request.body)),
  );
  api.post(
    '/settings/erase/preview',
    {
      config: { policy: KEEPERS },
      schema: {
        summary: 'How many posts an erasure would find',
        tags,
        body: keeping.EraseTry,
        response: { 200: keeping.EraseFound, ...failures },
      },
    },
    async (request) => named(await retention.found(request.body)),
  );
  api.post(
    '/settings/erase',
    {
      config: { policy: KEEPERS },
      schema: {
        summary: 'Erases a post by its address, or all of an author, for good',
        tags,
        body: keeping.EraseAsk,
        response: { 200: keeping.EraseFound, ...failures },
      },
    },
    async (request) => named(await retention.erase(viewerOf(request), request.body)),
  );

  api.get(
    '/settings/models',
    {
      config: { policy: FIGURES },
      schema: {
        summary: 'Published accuracy, thresholds in force, reviewed cases by head',
        tags,
        response: { 200: keeping.ModelsPage, ...failures },
      },
    },
    async (request) => models.page(viewerOf(request)),
  );
  api.get(
    '/settings/models/cases',
    {
      config: { policy: CASES },
      schema: {
        summary: 'Reviewed cases, masked, newest first',
        tags,
        querystring: keeping.CasesQuery,
        response: { 200: keeping.CasesList, ...failures },
      },
    },
    async (request) => models.cases(viewerOf(request).scope, request.query),
  );
  api.get(
    '/settings/models/cases/export',
    {
      config: { policy: CASES, audit: 'export' },
      schema: {
        summary: 'The same as a file',
        tags,
        querystring: ExportQuery,
        response: { 200: Type.Unsafe<string>({}), ...failures },
      },
      serializerCompiler: () => (body) => body as string,
    },
    async (request, reply) =>
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="wenbida-reviewed.csv"')
        .header('cache-control', 'no-store')
        .send(models.csv(viewerOf(request).scope, request.query)),
  );
  api.post(
    '/settings/models/calibration/preview',
    {
      config: { policy: CALIBRATORS },
      schema: {
        summary: 'What a calibration on the reviewed cases would change; nothing is kept',
        tags,
        body: keeping.CalibrationTry,
        response: { 200: keeping.CalibrationPreview, ...failures },
      },
    },
    (request) => models.preview(request.body.precision),
  );
  api.post(
    '/settings/models/calibration',
    {
      config: { policy: CALIBRATORS },
      schema: {
        summary: 'Calibrates on the reviewed cases, from the next post on',
        tags,
        body: keeping.CalibrationAsk,
        response: written,
      },
    },
    async (request, reply) => saying(reply, await models.save(viewerOf(request), request.body)),
  );
  api.post(
    '/settings/models/calibration/restore',
    {
      config: { policy: CALIBRATORS },
      schema: {
        summary: 'An earlier calibration, or none, as a new version',
        tags,
        body: RestoreAsk,
        response: written,
      },
    },
    async (request, reply) => saying(reply, await models.restore(viewerOf(request), request.body)),
  );
}
