import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import { NoEvidence } from '../../pipelines/domain/report.ts';
import { ErrorBody } from '../contract/http.ts';
import { CommentAsk, ReportList, ReportVersionRow, WEEK_PATTERN } from '../contract/report.ts';
import { StoreUnavailable } from '../../pipelines/ports/post-store.ts';
import { strict } from '../contract/shapes.ts';
import type { ReportVersion } from '../../pipelines/ports/report-shelf.ts';
import type { ReportServices } from '../services/report.ts';
import { HttpFault } from './faults.ts';
import { FOR_WORKERS, forRoles, viewerOf } from './policy.ts';

const Week = Type.String({ pattern: WEEK_PATTERN, description: 'ISO week, 2026-W47' });
const Params = Type.Object({ week: Week }, strict);
const FORMATS = ['html', 'docx', 'pdf', 'csv'] as const;
const TYPES: Readonly<Record<(typeof FORMATS)[number], string>> = {
  html: 'text/html; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
};

/** From /api/v1/reports/:week/file. */
const TO_THE_ROOT = '../../../../';

const Region = Type.Optional(
  Type.String({
    pattern: '^(\\d{6}|\\d{9}|\\d{12}|all)$',
    description: 'Division code, or all; left out: the widest you see',
  }),
);
const Asked = Type.Object({ region: Region }, strict);

/** A report is of one region, or of the whole deployment for who sees all of it: `reported` cuts what is asked to the viewer's scope. */
const READ = { policy: FOR_WORKERS };
const WRITE = { policy: forRoles('region', 'analyst', 'editor') };

const iso = (time: number): string => new Date(time).toISOString();
const rowOf = ({ week, of, version, madeAt, madeBy, signed }: ReportVersion) => ({
  week,
  region: of,
  version,
  madeAt: iso(madeAt),
  madeBy,
  signed: signed === null ? null : { by: signed.by, at: iso(signed.at) },
});

export function reportRoutes(app: FastifyInstance, reports: ReportServices): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const { shelf } = reports;
  const reported = (request: FastifyRequest, region: string | undefined): RegionCode | null => {
    const of = reports.reported(viewerOf(request), region);
    if (of === undefined)
      throw new HttpFault(404, 'no_report', 'there is no such region within what you see.', { where: 'query.region' });
    return of;
  };
  /** What is kept on the shelf can be read while the store is down. */
  const sinceOf = async (of: RegionCode | null): Promise<{ since?: string | null }> => {
    try {
      const since = await reports.since(of);
      return { since: since === null ? null : iso(since) };
    } catch (error) {
      if (error instanceof StoreUnavailable) return {};
      throw error;
    }
  };
  const missing = (week: string): HttpFault =>
    new HttpFault(
      404,
      'no_report',
      `there is no such version of the report of ${week}; POST /api/v1/reports/${week} makes one.`,
      {
        where: 'params.week',
      },
    );

  api.get(
    '/reports',
    {
      config: READ,
      schema: {
        summary: 'Versions of the weekly report, and what people wrote beside one week',
        tags: ['reports'],
        querystring: Type.Object({ week: Type.Optional(Week), region: Region }, strict),
        response: { 200: ReportList, 400: ErrorBody, 404: ErrorBody },
      },
    },
    async (request) => {
      const { query } = request;
      const of = reported(request, query.region);
      const versions = shelf.list(of, 200);
      const week = query.week ?? versions[0]?.week ?? null;
      return {
        now: iso(reports.now()),
        lastWeek: reports.lastWeek(),
        region: of,
        ...(await sinceOf(of)),
        regions: reports.choices(viewerOf(request)).map((choice) => ({ ...choice })),
        versions: versions.map(rowOf),
        week,
        comments:
          week === null ? [] : shelf.comments({ week, of }).map(({ at, ...comment }) => ({ ...comment, at: iso(at) })),
      };
    },
  );

  api.post(
    '/reports/:week',
    {
      config: WRITE,
      schema: {
        summary: 'Make a new version from what is known now',
        tags: ['reports'],
        params: Params,
        querystring: Asked,
        response: { 201: ReportVersionRow, 400: ErrorBody, 404: ErrorBody, 422: ErrorBody, 503: ErrorBody },
      },
    },
    async (request, reply) => {
      const key = { week: request.params.week, of: reported(request, request.query.region) };
      try {
        return await reply.code(201).send(rowOf(await reports.make(key, viewerOf(request).name)));
      } catch (cause) {
        if (cause instanceof RangeError)
          throw new HttpFault(400, 'invalid_request', `${cause.message}.`, { where: 'params.week', cause });
        if (cause instanceof NoEvidence)
          throw new HttpFault(422, 'no_evidence', `the report was not made: ${cause.message}.`, { cause });
        throw cause;
      }
    },
  );

  api.get(
    '/reports/:week/file',
    {
      config: READ,
      schema: {
        summary: 'A version as HTML, Word, PDF or CSV',
        tags: ['reports'],
        params: Params,
        querystring: Type.Object(
          {
            format: Type.Unsafe<(typeof FORMATS)[number]>(Type.String({ enum: [...FORMATS], default: 'html' })),
            version: Type.Optional(Type.Integer({ minimum: 1 })),
            region: Region,
          },
          strict,
        ),
        response: { 200: Type.Unsafe<Buffer>({}), 400: ErrorBody, 404: ErrorBody },
      },
      serializerCompiler: () => (body) => body as string,
    },
    async (request, reply) => {
      const { params, query } = request;
      const of = reported(request, query.region);
      // On the screen links stay on the address that the page was opened by, whatever the office's own is.
      const base = query.format === 'html' ? TO_THE_ROOT : undefined;
      const bytes = await reports.write({ week: params.week, of }, query.format, query.version, base);
      if (bytes === undefined) throw missing(params.week);
      if (query.format === 'html') {
        // Shown inside our own page; it may draw with its one style and nothing else.
        reply.header('content-security-policy', reports.policy).header('x-frame-options', 'SAMEORIGIN');
      } else {
        reply.header(
          'content-disposition',
          `attachment; filename="wenbida-${params.week}${of === null ? '' : `-${of}`}.${query.format}"`,
        );
      }
      return reply.type(TYPES[query.format]).header('cache-control', 'no-store').send(Buffer.from(bytes));
    },
  );

  api.post(
    '/reports/:week/comments',
    {
      config: WRITE,
      schema: {
        summary: 'Write beside the numbers; an empty text takes the comment away',
        tags: ['reports'],
        params: Params,
        querystring: Asked,
        body: CommentAsk,
        response: { 204: Type.Null(), 400: ErrorBody, 404: ErrorBody },
      },
    },
    async (request, reply) => {
      const { week } = request.params;
      const key = { week, of: reported(request, request.query.region) };
      if (shelf.get(key) === undefined) throw missing(week);
      shelf.comment(key, { ...request.body, by: viewerOf(request).name, at: reports.now() });
      return reply.code(204).send(null);
    },
  );

  api.post(
    '/reports/:week/sign',
    {
      config: WRITE,
      schema: {
        summary: 'Sign a version off, once',
        tags: ['reports'],
        params: Params,
        querystring: Asked,
        body: Type.Object({ version: Type.Integer({ minimum: 1 }) }, strict),
        response: { 204: Type.Null(), 400: ErrorBody, 404: ErrorBody, 409: ErrorBody },
      },
    },
    async (request, reply) => {
      const { week } = request.params;
      const { version } = request.body;
      const key = { week, of: reported(request, request.query.region) };
      if (shelf.get(key, version) === undefined) throw missing(week);
      if (!shelf.sign(key, version, viewerOf(request).name, reports.now()))
        throw new HttpFault(409, 'signed_already', 'this version is signed already; make a new one to change it.', {
          where: 'body.version',
        });
      return reply.code(204).send(null);
    },
  );
}
