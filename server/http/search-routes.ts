import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { ErrorBody } from '../contract/http.ts';
import { FacetsBody, FILE_FORMATS, HistogramBody, PostFilters, type FileFormat } from '../contract/search.ts';
import { strict } from '../contract/shapes.ts';
import { PeriodTooLong, type SearchServices } from '../services/search.ts';
import { HttpFault } from './faults.ts';
import { FOR_WORKERS, viewerOf } from './policy.ts';
import { questionOf, tooLong } from './post-filters.ts';

/** Bars that a screen can show; a year of days. */
const MOST_BARS = 400;

const HistogramQuery = Type.Object(
  {
    ...PostFilters.properties,
    from: Type.String({ format: 'date-time' }),
    to: Type.String({ format: 'date-time' }),
    step: Type.Integer({ minimum: 60_000, maximum: 366 * 86_400_000, description: 'Length of a bucket, ms' }),
  },
  strict,
);

/** What a search counts and brings out, cut to what the asker may see like the posts themselves. */
export function searchRoutes(app: FastifyInstance, search: SearchServices): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const failures = { 400: ErrorBody, 503: ErrorBody };

  api.get(
    '/posts/facets',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'What a search found, counted by each filter',
        tags: ['posts'],
        querystring: PostFilters,
        response: { 200: FacetsBody, ...failures },
      },
    },
    (request) => asked(() => search.facets(viewerOf(request).scope, request.query.q ?? '', questionOf(request.query))),
  );

  api.get(
    '/posts/histogram',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'What a search found, counted over time',
        tags: ['posts'],
        querystring: HistogramQuery,
        response: { 200: HistogramBody, ...failures },
      },
    },
    async (request) => {
      const { step, ...filters } = request.query;
      const [from, to] = [Date.parse(filters.from), Date.parse(filters.to)];
      const question = questionOf(filters);
      if ((to - from) / step > MOST_BARS) {
        throw new HttpFault(400, 'invalid_request', `at most ${MOST_BARS} buckets; take a longer step.`, {
          where: 'querystring.step',
        });
      }
      return asked(() => search.histogram(viewerOf(request).scope, filters.q ?? '', { ...question, from, to }, step));
    },
  );

  api.get(
    '/posts/export',
    {
      config: { policy: FOR_WORKERS, audit: 'export' },
      schema: {
        summary: 'What a search found as a file, newest first, at most 10,000 rows',
        tags: ['posts'],
        querystring: Type.Object(
          {
            ...PostFilters.properties,
            format: Type.Unsafe<FileFormat>(Type.String({ enum: [...FILE_FORMATS], default: 'csv' })),
          },
          strict,
        ),
        response: { 200: Type.Unsafe<Readable>({}), ...failures },
      },
      serializerCompiler: () => (body) => JSON.stringify(body),
    },
    async (request, reply) => {
      const { format, ...filters } = request.query;
      const { scope } = viewerOf(request);
      const file = await asked(() => search.file(format, scope, filters.q ?? '', questionOf(filters)));
      return reply
        .type(KINDS[format])
        .header('content-disposition', `attachment; filename="wenbida-search.${format}"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(file, { objectMode: false }));
    },
  );
}

const KINDS: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof PeriodTooLong) throw tooLong(cause);
    throw cause;
  }
}
