import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { ROLES, type Viewer } from '../../pipelines/domain/person.ts';
import { PasswordsBusy } from '../../pipelines/ports/passwords.ts';
import { ErrorBody } from '../contract/http.ts';
import {
  Accepted,
  AcceptAsk,
  InvitationAsk,
  InvitationRow,
  PasswordAsk,
  SecondFactorAsk,
  SecondFactorOffer,
  SessionRow,
  SignInAsk,
} from '../contract/people.ts';
import type { ViewerRow } from '../contract/people.ts';
import { strict } from '../contract/shapes.ts';
import type { SignedIn } from '../people/sign-in.ts';
import { HttpFault } from './faults.ts';
import { credentialsOf, SESSION_COOKIES } from './guard.ts';
import type { PeopleParts } from './people-parts.ts';
import { forRoles, OPEN, viewerOf } from './policy.ts';

const Nothing = Type.Object({}, strict);
const failures = { 400: ErrorBody, 401: ErrorBody, 409: ErrorBody, 429: ErrorBody, 503: ErrorBody };
const tags = ['session'];
/** These write lines of their own, with more in them; of a flood of wrong passwords not one each. */
const open = { policy: OPEN, audit: 'own' } as const;
const own = { policy: forRoles('none', ...ROLES), audit: 'own' } as const;
const MAX_ASK = 4_096;

const REFUSALS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  wrong: [401, '姓名、密码或验证码不对'],
  code_needed: [401, '请输入手机上的六位验证码'],
  password_old: [401, '密码已满90天，请换一个新的'],
  throttled: [429, '试的次数太多，请15分钟后再试；开通了手机验证码的，可连同验证码一起再试'],
};

/** 登录, and what people do about their own sign-in. */
export function sessionRoutes(app: FastifyInstance, { area, regionName, secure }: PeopleParts): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const { signIn, desk, own: account } = area;
  const [secureName, plainName] = SESSION_COOKIES;
  const setCookie = (reply: FastifyReply, token: string | undefined): FastifyReply =>
    reply.header(
      'set-cookie',
      `${secure ? secureName : plainName}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}${token === undefined ? '; Max-Age=0' : ''}`,
    );
  const rowOf = ({ id, name, roles, scope, account: speaksFor }: Viewer): ViewerRow => ({
    name,
    roles: [...roles],
    regions: scope.regions === 'all' ? null : scope.regions.map((code) => ({ code, name: regionName(code) })),
    account: speaksFor ?? null,
    secondFactor: desk.hasSecondFactor(id),
  });
  const state = (viewer: Viewer | undefined): SessionRow => ({
    signIn: signIn.required ? (desk.isEmpty ? 'empty' : 'on') : 'off',
    viewer: viewer === undefined ? null : rowOf(viewer),
  });

  api.get(
    '/session',
    { config: open, schema: { summary: 'Who asks', tags, querystring: Nothing, response: { 200: SessionRow } } },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store');
      const viewer = viewerOf(request);
      return state(viewer.roles.length === 0 ? undefined : viewer);
    },
  );

  api.post(
    '/session',
    {
      config: open,
      bodyLimit: MAX_ASK,
      schema: { summary: 'Sign in', tags, body: SignInAsk, response: { 200: SessionRow, ...failures } },
    },
    async (request, reply) => {
      const { session } = credentialsOf(request.headers);
      const answer = await unlessBusy(signIn.signIn(request.body, request.ip, session));
      if ('refused' in answer) throw faultOf(answer);
      void setCookie(reply, answer.token).header('cache-control', 'no-store');
      return state(answer.viewer);
    },
  );

  api.delete(
    '/session',
    { config: own, schema: { summary: 'Sign out', tags, response: { 200: Nothing } } },
    async (request, reply) => {
      const { session } = credentialsOf(request.headers);
      if (session !== undefined) signIn.signOut(session, viewerOf(request));
      // The page that is left, its store and its cache know nothing of who was there.
      void setCookie(reply, undefined).header('clear-site-data', '"cache", "storage"');
      return {};
    },
  );

  api.post(
    '/session/password',
    {
      config: own,
      bodyLimit: MAX_ASK,
      schema: {
        summary: 'Another password of one’s own',
        tags,
        body: PasswordAsk,
        response: { 200: Nothing, ...failures },
      },
    },
    async (request) => {
      const { password, newPassword } = request.body;
      const session = sessionOf(request);
      refuseOf(await unlessBusy(account.changePassword(viewerOf(request), session, password, newPassword)));
      return {};
    },
  );

  api.get(
    '/session/second-factor',
    {
      config: own,
      schema: {
        summary: 'A secret for an authenticator',
        tags,
        querystring: Nothing,
        response: { 200: SecondFactorOffer },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store');
      sessionOf(request);
      return account.offerSecondFactor(viewerOf(request));
    },
  );

  api.post(
    '/session/second-factor',
    {
      config: own,
      bodyLimit: MAX_ASK,
      schema: {
        summary: 'Set it up with a code of it, or take it away',
        tags,
        body: SecondFactorAsk,
        response: { 200: Nothing, ...failures },
      },
    },
    async (request) => {
      const { password, secret, code = '' } = request.body;
      const who = viewerOf(request);
      sessionOf(request);
      const done =
        secret === undefined
          ? account.dropSecondFactor(who, password)
          : account.setSecondFactor(who, password, secret, code);
      refuseOf(await unlessBusy<object>(done));
      return {};
    },
  );

  api.post(
    '/invitations',
    {
      config: open,
      bodyLimit: MAX_ASK,
      schema: {
        summary: 'Whose one-time link this is',
        tags,
        body: InvitationAsk,
        response: { 200: InvitationRow, ...failures },
      },
    },
    async ({ body }) => {
      const invited = desk.invited(body.token);
      if (invited !== undefined) return invited;
      throw new HttpFault(409, 'refused', '这个链接已经用过或过期，请向安全管理员再要一个');
    },
  );

  api.post(
    '/invitations/accept',
    {
      config: open,
      bodyLimit: MAX_ASK,
      schema: {
        summary: 'Use it: choose a password, then sign in',
        tags,
        body: AcceptAsk,
        response: { 200: Accepted, ...failures },
      },
    },
    async ({ body }) => {
      const answer = await unlessBusy(desk.accept(body.token, body.password, body.name));
      if ('refused' in answer) throw new HttpFault(409, 'refused', answer.refused);
      return answer;
    },
  );
}

/** @throws HttpFault 409 for screens and this machine, which have no sign-in of their own */
function sessionOf(request: FastifyRequest): string {
  const { session } = credentialsOf(request.headers);
  if (session !== undefined && !viewerOf(request).id.includes(':') && viewerOf(request).id !== 'this-machine')
    return session;
  throw new HttpFault(409, 'refused', '这里没有登录的人');
}

function faultOf(answer: Extract<SignedIn, { refused: string }>): HttpFault {
  if ('because' in answer) return new HttpFault(409, answer.refused, answer.because);
  const [status, message] = REFUSALS[answer.refused] ?? [401, '不能登录'];
  return new HttpFault(status, answer.refused, message, status === 429 ? { headers: { 'retry-after': '900' } } : {});
}

function refuseOf(answer: object): void {
  if ('refused' in answer) throw new HttpFault(409, 'refused', String(answer.refused));
}

async function unlessBusy<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof PasswordsBusy)) throw error;
    throw new HttpFault(503, 'busy', '登录的人太多，请几秒后再试', { headers: { 'retry-after': '5' }, cause: error });
  }
}
