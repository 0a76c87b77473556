import Type from 'typebox';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FileAsk, FileOf, FilePreview, FileState, ImportAsk } from '../contract/files.ts';
import { ErrorBody } from '../contract/http.ts';
import { DropAnswer } from '../contract/sources.ts';
import type { Services } from '../services.ts';
import { HttpFault } from './faults.ts';
import type { Policy } from './policy.ts';

const NameQuery = Type.Object({ name: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false });
const acting = { 400: ErrorBody, 403: ErrorBody, 404: ErrorBody, 415: ErrorBody };
/** A file is not yet of any region. */
const BRING: Policy = { kind: 'roles', roles: ['analyst', 'editor'], scope: 'all' };

/** Files brought on the page: as a stream onto the disk, looked at, taken in. In the scope of door-routes.ts. */
export function fileRoutes(app: FastifyInstance, { door }: Pick<Services, 'door'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const { files } = door;
  const about = (summary: string) => ({ summary, tags: ['sources'] });
  // Handed on as it comes: a file is never held in memory.
  api.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));

  api.post<{ Body: FastifyRequest['raw'] | null | undefined }>(
    '/files',
    {
      config: { policy: BRING },
      schema: {
        ...about(
          'Bring a file of at most 100 MB, as its bytes; answered with what it is taken for and its first 20 rows',
        ),
        consumes: ['application/octet-stream'],
        querystring: NameQuery,
        response: { 200: FilePreview, ...acting, 413: ErrorBody },
      },
    },
    async ({ query, body }) => {
      if (body === null || body === undefined)
        throw new HttpFault(400, 'no_file', 'send the bytes of a file as application/octet-stream.');
      const brought = await files.bring((query as { name: string }).name, body);
      if (typeof brought === 'string')
        throw new HttpFault(413, 'too_large', brought, { headers: { connection: 'close' } });
      return brought;
    },
  );

  api.post(
    '/files/preview',
    {
      config: { policy: BRING },
      schema: {
        ...about('The first 20 rows of a file as they would be read, by a mapping or as it is recognised'),
        body: FileAsk,
        response: { 200: FilePreview, ...acting },
      },
    },
    async ({ body }) => known(await files.preview(body)),
  );

  api.post(
    '/files/import',
    {
      config: { policy: BRING },
      schema: {
        ...about('Take a file in, in the background; how it goes is told by GET files/{id}'),
        body: ImportAsk,
        response: { 200: FileState, ...acting },
      },
    },
    async ({ body }) => known(await files.import(body)),
  );

  api.get(
    '/files/:id',
    {
      config: { policy: BRING },
      schema: {
        ...about('How the taking in of a file goes'),
        params: FileOf,
        response: { 200: FileState, ...acting },
      },
    },
    async ({ params }) => known(files.state(params.id)),
  );

  api.post(
    '/files/drop',
    {
      config: { policy: BRING },
      schema: {
        ...about('Give up a file that was not taken in'),
        body: FileOf,
        response: { 200: DropAnswer, ...acting },
      },
    },
    async ({ body }) => ({ dropped: (await files.drop(body.id)) ? 1 : 0 }),
  );
}

function known<T>(found: T | string | undefined): T {
  if (typeof found === 'string') throw new HttpFault(400, 'invalid_mapping', found, { where: 'body/mapping' });
  if (found === undefined)
    throw new HttpFault(404, 'no_file', '没有这个文件：已导入、已放弃，或放了一小时以上，请重新选择');
  return found;
}
