import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ErrorBody, IngestAnswer } from '../contract/http.ts';
import type { RawRow, Services } from '../services.ts';
import { Held, MAX_BODY, readBody } from './body.ts';
import { PostsBody } from './posts-body.ts';
import { HttpFault } from './faults.ts';
import type { Metrics } from './metrics.ts';
import { rowsOfJson, rowsOfLines } from './rows.ts';
import type { TokenBook } from './tokens.ts';

const READERS: Readonly<Record<string, (body: Buffer) => RawRow[]>> = {
  'application/json': rowsOfJson,
  'application/x-ndjson': rowsOfLines,
};

/**
 * POST posts. The answer is 200 with one outcome a row even where every row was rejected: the request was understood and each
 * refused row is kept with its reason; only what makes all rows unreadable is a 4xx.
 */
export function ingestRoutes(
  app: FastifyInstance,
  { intake, door }: Pick<Services, 'intake' | 'door'>,
  tokens: TokenBook,
  metrics: Metrics,
): void {
  const sources = new WeakMap<IncomingMessage, string>();

  const held = new Held();

  /** @throws HttpFault 401 without a known token, 409 where its source is paused */
  const comingFrom = (request: FastifyRequest): string => {
    const source = sourceOf(request, tokens);
    if (!door.isPaused(source)) return source;
    throw new HttpFault(
      409,
      'source_paused',
      `the source "${source}" is paused, nothing was accepted: start it again with "wenbida source resume ${source}".`,
      { headers: { connection: 'close' } },
    );
  };

  app.addHook('onResponse', async (request) => held.release(request.raw));
  app.removeAllContentTypeParsers();
  for (const [type, rowsOf] of Object.entries(READERS)) {
    app.addContentTypeParser(type, async (request: FastifyRequest, body: IncomingMessage) =>
      rowsOf(await readBody(body, request.headers, (bytes) => held.take(request.raw, bytes))),
    );
  }
  app.addContentTypeParser('*', (request, _body, done) => {
    done(
      new HttpFault(
        415,
        'unsupported_type',
        `content-type "${(request.headers['content-type'] ?? 'none').slice(0, 60)}" is not taken; send application/json (one post or an array) or application/x-ndjson (one post a line).`,
        { where: 'headers.content-type', headers: { connection: 'close' } },
      ),
    );
  });

  app.post<{ Body: RawRow[] | undefined }>(
    '/posts',
    {
      config: { policy: { kind: 'source' } },
      bodyLimit: MAX_BODY,
      // Before the body is read: nobody without a token can make the server inflate or parse anything.
      onRequest: async (request) => {
        sources.set(request.raw, comingFrom(request));
      },
      // The schema tells people what a post looks like; each row is checked by intake, so that one bad row refuses only itself.
      validatorCompiler: () => () => true,
      schema: {
        summary: 'Bring posts: one object, an array, or NDJSON; gzip is taken',
        description:
          'Canonical posts: id, text and time (ISO 8601 with zone) are required. Each row is answered in order: accepted (durably kept), duplicate, or rejected with a reason. ' +
          'At most 10 MB after inflating and 50,000 rows. 507 means that nothing of the request was kept.',
        tags: ['posts'],
        security: [{ bearer: [] }, { apiToken: [] }],
        consumes: Object.keys(READERS),
        body: PostsBody,
        response: {
          200: IngestAnswer,
          400: ErrorBody,
          401: ErrorBody,
          413: ErrorBody,
          415: ErrorBody,
          429: ErrorBody,
          507: ErrorBody,
        },
      },
    },
    async (request) => {
      const rows = request.body;
      const source = sources.get(request.raw);
      if (source === undefined) throw unauthorised();
      if (rows === undefined || rows.length === 0) {
        throw new HttpFault(400, 'no_posts', 'the body holds no post; send at least one.', { where: 'body' });
      }
      const answer = tally(await intake.accept(rows, source));
      metrics.countRows(source, answer);
      return answer;
    },
  );

  app.get(
    '/weibo-crawler',
    {
      config: { policy: { kind: 'source' } },
      schema: {
        summary: 'What weibo-crawler pushes in its "post" mode: a GET with a JSON body',
        description:
          'weibo-crawler sends GET with a body {"user", "weibo"} and the header api-token, tries three times, and wants 200 and JSON back. ' +
          'Every other GET here has no body, so this one reads its own.',
        tags: ['posts'],
        security: [{ apiToken: [] }, { bearer: [] }],
        response: { 200: IngestAnswer, 400: ErrorBody, 401: ErrorBody, 409: ErrorBody, 413: ErrorBody, 507: ErrorBody },
      },
    },
    async (request) => {
      const source = comingFrom(request);
      const body = await readBody(request.raw, request.headers, (bytes) => held.take(request.raw, bytes));
      const rows = await door.rowsOfPush(body);
      if (rows === undefined || rows.length === 0) {
        throw new HttpFault(
          400,
          'no_posts',
          'the body holds no posts: weibo-crawler sends {"user": …, "weibo": [ … ]}.',
          {
            where: 'body',
          },
        );
      }
      const answer = tally(await intake.accept(rows, source, 'weibo-crawler'));
      metrics.countRows(source, answer);
      return answer;
    },
  );
}

function tally(rows: IngestAnswer['rows']): IngestAnswer {
  const counts = { accepted: 0, duplicate: 0, rejected: 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return { ...counts, rows };
}

function sourceOf(request: FastifyRequest, tokens: TokenBook): string {
  const { authorization } = request.headers;
  const header = request.headers['api-token'];
  const token =
    /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization ?? '')?.[1] ?? (typeof header === 'string' ? header : '');
  const source = token === '' ? undefined : tokens.sourceOf(token);
  if (source === undefined) throw unauthorised();
  return source;
}

const unauthorised = (): HttpFault =>
  new HttpFault(
    401,
    'no_token',
    'posts are taken only with a token this server knows: make one with "wenbida token add NAME" and send it as "Authorization: Bearer TOKEN".',
    { where: 'headers.authorization', headers: { 'www-authenticate': 'Bearer', connection: 'close' } },
  );

/** What the posts routes say about a source's credentials in OpenAPI. */
export const SECURITY_SCHEMES = {
  bearer: { type: 'http', scheme: 'bearer' },
  apiToken: { type: 'apiKey', in: 'header', name: 'api-token' },
} as const;
