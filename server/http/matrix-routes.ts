import Type from 'typebox';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SayDone } from '../../pipelines/ports/audit-log.ts';
import { ErrorBody, SuggestionRow } from '../contract/http.ts';
import * as contract from '../contract/matrix.ts';
import { strict } from '../contract/shapes.ts';
import type { MatrixRefusal } from '../services/matrix.ts';
import type { Services } from '../services.ts';
import { MAX_BODY, readBody } from './body.ts';
import { HttpFault } from './faults.ts';
import { FOR_WORKERS as READ, forRoles, viewerOf } from './policy.ts';
import { sayDone } from './trail.ts';

const PageQuery = Type.Object(
  { at: Type.Optional(Type.String({ format: 'date-time', description: 'The accounts as they were then' })) },
  strict,
);
const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) }, strict);
const ExportQuery = Type.Object(
  { format: Type.Unsafe<'csv' | 'json'>(Type.String({ enum: ['csv', 'json'], default: 'csv' })) },
  strict,
);
const ImportQuery = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: 'What the file is called' }),
    preview: Type.Boolean({ default: true, description: 'false: take it' }),
    retireAbsent: Type.Boolean({ default: false, description: 'Retire accounts that the file does not have' }),
    why: Type.Optional(Type.String({ minLength: 2, maxLength: 200 })),
  },
  strict,
);
const Conflict = Type.Object({ error: ErrorBody.properties.error, meanwhile: Type.Array(contract.ChangeRow) }, strict);
const failures = { 400: ErrorBody };
const acting = { ...failures, 403: ErrorBody, 409: Conflict, 413: ErrorBody, 415: ErrorBody };

const WRITE = forRoles('region', 'editor');

/** The accounts directory: read by everybody of the office, changed by editors within their regions. Nothing is edited in place. */
export function matrixRoutes(app: FastifyInstance, { matrix }: Pick<Services, 'matrix'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const tags = ['matrix'];

  api.get(
    '/matrix',
    {
      config: { policy: READ },
      schema: {
        summary: 'The matrix with its findings',
        tags,
        querystring: PageQuery,
        response: { 200: contract.MatrixPage, ...failures },
      },
    },
    async (request) => {
      const { at } = request.query;
      return matrix.page(viewerOf(request), at === undefined ? undefined : Date.parse(at));
    },
  );

  api.get(
    '/matrix/accounts/:id/history',
    {
      config: { policy: READ },
      schema: {
        summary: 'Every change of one account, newest first',
        tags,
        params: Id,
        response: { 200: Type.Array(contract.ChangeRow), ...failures },
      },
    },
    async (request) => matrix.history(viewerOf(request), request.params.id),
  );

  api.get(
    '/matrix/export',
    {
      config: { policy: READ },
      schema: {
        summary: 'The accounts in force as CSV or JSON, as the import reads them back',
        tags,
        querystring: ExportQuery,
      },
    },
    async (request, reply) => {
      const { format } = request.query;
      return reply
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="matrix.${format}"`)
        .send(matrix.export(viewerOf(request), format));
    },
  );

  api.get(
    '/matrix/accuracy',
    {
      config: { policy: READ },
      schema: {
        summary: 'How often people did as was suggested; no share below five',
        tags,
        response: { 200: contract.AccuracyBody, ...failures },
      },
    },
    async (request) => matrix.accuracy(viewerOf(request)),
  );

  api.post(
    '/matrix/try',
    {
      config: { policy: READ },
      schema: {
        summary: 'Who would answer: a dry run, nothing is kept',
        tags,
        body: contract.TryAsk,
        response: { 200: SuggestionRow, ...acting },
      },
    },
    async (request) => {
      const found = matrix.try(viewerOf(request), request.body);
      if ('refused' in found) throw new HttpFault(400, 'no_such_place', found.refused, { where: 'body/region' });
      return found;
    },
  );

  api.post(
    '/matrix/changes',
    {
      config: { policy: WRITE },
      schema: {
        summary: 'Add, change or retire accounts together, with the reason; or only say what would come of it',
        tags,
        body: contract.ChangesAsk,
        response: { 200: contract.ChangesAnswer, ...acting },
      },
    },
    async (request, reply) => answer(matrix.change(viewerOf(request), request.body), reply, sayDone(request)),
  );

  api.post(
    '/matrix/undo',
    {
      config: { policy: WRITE },
      schema: {
        summary: 'Take a batch of changes back, by further changes',
        tags,
        body: contract.UndoAsk,
        response: { 200: contract.ChangesAnswer, ...acting },
      },
    },
    async (request, reply) => answer(matrix.undo(viewerOf(request), request.body.batch), reply, sayDone(request)),
  );

  api.post(
    '/matrix/start-from',
    {
      config: { policy: WRITE },
      schema: {
        summary: 'Replace the whole matrix by a ready one, or preview that',
        tags,
        body: contract.StartAsk,
        response: { 200: contract.ImportAnswer, ...acting },
      },
    },
    async (request, reply) => answer(await matrix.startFrom(viewerOf(request), request.body), reply, sayDone(request)),
  );

  // In a scope of its own, because it takes any file as bytes.
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', async (request: FastifyRequest, body: FastifyRequest['raw']) =>
      readBody(body, request.headers, () => undefined, MAX_BODY),
    );
    scope.withTypeProvider<TypeBoxTypeProvider>().post(
      '/matrix/import',
      {
        config: { policy: WRITE },
        schema: {
          summary: 'Accounts from a CSV, XLSX or JSON file sent as the body: previewed, or taken whole or not at all',
          tags,
          querystring: ImportQuery,
          response: { 200: contract.ImportAnswer, ...acting },
        },
      },
      async (request, reply) => {
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const { why, ...rest } = request.query;
        return answer(await matrix.import(viewerOf(request), { ...rest, bytes, why }), reply, sayDone(request));
      },
    );
  });
}

/** What was kept; 409 with what came meanwhile; 400 with why not, in words for people. */
function answer<T extends contract.ChangesAnswer | contract.ImportAnswer>(
  outcome: T | MatrixRefusal,
  reply: FastifyReply,
  say: SayDone,
): T | FastifyReply {
  if ('refused' in outcome) throw new HttpFault(400, 'not_changed', (outcome as { refused: string }).refused);
  if (!('meanwhile' in outcome)) {
    const said = 'kept' in outcome ? tellChanges(outcome.kept) : tellImport(outcome);
    if (said !== undefined) say(said);
    return outcome;
  }
  const message = '刚有别人改了同一个账号，什么也没有改；请看过他们改的再来一次';
  return reply.code(409).send({ error: { code: 'changed_meanwhile', message }, meanwhile: outcome.meanwhile });
}

const NAMED_IN_TRAIL = 20;
const CHANGED = { added: '新增', changed: '修改', retired: '停用' } as const;

/** For the trail: which batch, why, and what of which accounts; every value stands in the matrix's own history. */
function tellChanges(kept: readonly contract.ChangeRow[]): string | undefined {
  const [first] = kept;
  if (first === undefined) return undefined;
  const each = kept.slice(0, NAMED_IN_TRAIL).map(({ what, name, fields }) => {
    const parts =
      what === 'changed' ? `（${fields.map((field) => `${field.name}：${field.was}→${field.now}`).join('；')}）` : '';
    return `${CHANGED[what]}${name}${parts}`;
  });
  const more = kept.length > NAMED_IN_TRAIL ? `等${kept.length}处` : '';
  return `矩阵第${first.batch}批：${each.join('、')}${more}；理由：${first.why}`;
}

const tellImport = ({ taken, batch, added, changed, absent }: contract.ImportAnswer): string | undefined =>
  taken && batch !== null
    ? `矩阵第${batch}批导入：新增${added.length}、修改${changed.length}、文件中没有的${absent.length}`
    : undefined;
