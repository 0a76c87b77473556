import Type from 'typebox';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { ErrorBody } from '../contract/http.ts';
import {
  DropAnswer,
  PauseAsk,
  SignedAsk,
  SilenceEventRow,
  SourceAskBody,
  SourceDone,
  TokenAnswer,
} from '../contract/sources.ts';
import { strict } from '../contract/shapes.ts';
import type { RefusedAsk } from '../services/door.ts';
import type { Services } from '../services.ts';
import { HttpFault } from './faults.ts';
import { WORKERS, type Policy } from './policy.ts';
import { TokenError } from './tokens.ts';
import { sayDone } from './trail.ts';

const SilencesQuery = Type.Object(
  {
    after: Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      default: 0,
      description: 'The last seq you have',
    }),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 200 }),
  },
  strict,
);
const failures = { 400: ErrorBody };
const acting = { ...failures, 403: ErrorBody, 404: ErrorBody, 415: ErrorBody };
/** Names and figures of sources say nothing of any region. */
const READ: Policy = { kind: 'roles', roles: WORKERS, scope: 'all' };
const ACT: Policy = { kind: 'roles', roles: ['analyst', 'editor', 'systemAdmin'], scope: 'all' };
/** Folders lie on the machine: a page must not be able to have any path of it read. Files are brought by hand. */
const NOT_BY_PAGE: ReadonlySet<string> = new Set(['folder', 'file']);

/** Making, changing, pausing and removing sources, and what there is to know of their silences. In the scope of door-routes.ts. */
export function sourceRoutes(app: FastifyInstance, { door }: Pick<Services, 'door'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const { desk } = door;
  const about = (summary: string) => ({ summary, tags: ['sources'] });

  api.get(
    '/sources/silences',
    {
      config: { policy: READ },
      schema: {
        ...about('Sources that fell silent and came back, oldest first, after the seq you have'),
        querystring: SilencesQuery,
        response: { 200: Type.Array(SilenceEventRow), ...failures },
      },
    },
    async ({ query }) => [...door.silences(query.after, query.limit)],
  );

  api.post(
    '/sources/describe',
    {
      config: { policy: ACT },
      schema: {
        ...about('Make a source, or describe a known one better; a pushed one gets its token, shown this once'),
        body: SourceAskBody,
        response: { 200: SourceDone, ...acting },
      },
    },
    async (request) => {
      const { body } = request;
      const { cadence, every, ...rest } = body;
      if (rest.way !== undefined && NOT_BY_PAGE.has(rest.way))
        throw refused({ where: 'way', because: '文件夹来源请在这台机器上用 wenbida source add 建立，文件请用导入' });
      const done = desk.describe({
        ...rest,
        cadenceMs: typeof cadence === 'number' ? cadence * 1_000 : cadence,
        everyMs: every === undefined ? undefined : every * 1_000,
      });
      if ('refused' in done) throw refused(done.refused);
      const { name, way, region, format } = body;
      const parts = Object.entries({ 方式: way, 属地: region, 格式: format, 间隔秒: cadence, 每隔秒: every }).flatMap(
        ([part, value]) => (value === undefined ? [] : [`${part}：${value ?? '不限'}`]),
      );
      // An address may carry a key, so only that it was given.
      if (body.place !== undefined) parts.push('地址已填写');
      sayDone(request)(
        `${done.fresh ? '新建' : '修改'}数据源“${name}”${parts.length === 0 ? '' : `（${parts.join('；')}）`}`,
      );
      return done;
    },
  );

  api.post(
    '/sources/pause',
    {
      config: { policy: ACT },
      schema: {
        ...about('Pause a source, or take it up again; what a paused one sends is answered 409'),
        body: PauseAsk,
        response: { 200: PauseAsk, ...acting },
      },
    },
    async (request) => {
      const { body } = request;
      if (!desk.pause(body.name, body.paused)) throw unknown(body.name);
      sayDone(request)(`${body.paused ? '暂停' : '恢复'}数据源“${body.name}”`);
      return body;
    },
  );

  api.post(
    '/sources/remove',
    {
      config: { policy: ACT },
      schema: {
        ...about('Forget a source and strike its tokens; what it brought stays. Who and why are kept'),
        body: SignedAsk,
        response: { 200: DropAnswer, ...acting },
      },
    },
    async (request) => {
      const { name, ...by } = request.body;
      const struck = desk.remove(name, by);
      if (struck === undefined) throw unknown(name);
      sayDone(request)(`删除数据源“${name}”；理由：${by.why}`);
      return { dropped: struck };
    },
  );

  api.post(
    '/sources/token',
    {
      config: { policy: ACT },
      schema: {
        ...about(
          'A new token for a source, shown this once; its old ones are refused from now on. Who and why are kept',
        ),
        body: SignedAsk,
        response: { 200: TokenAnswer, ...acting },
      },
    },
    async (request) => {
      const { name, ...by } = request.body;
      try {
        const fresh = desk.rotate(name, by);
        sayDone(request)(`换发数据源“${name}”的令牌；理由：${by.why}`);
        return fresh;
      } catch (cause) {
        if (!(cause instanceof TokenError)) throw cause;
        throw new HttpFault(400, 'no_token', cause.message, { where: 'body/name', cause });
      }
    },
  );
}

const unknown = (name: string): HttpFault =>
  new HttpFault(404, 'no_source', `没有数据源“${name.slice(0, 100)}”`, { where: 'body/name' });

const refused = ({ where, because }: RefusedAsk): HttpFault =>
  new HttpFault(400, 'invalid_source', because, { where: `body/${where}` });
