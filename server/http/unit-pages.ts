import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Clock } from '../../pipelines/ports/clock.ts';
import { UnitForm } from '../contract/unit.ts';
import { strict } from '../contract/shapes.ts';
import type { CaseServices } from '../services/cases.ts';
import { READ } from './case-routes.ts';
import { HttpFault } from './faults.ts';
import { readForm } from './form.ts';
import { PLAIN_HEADERS } from './plain-html.ts';
import { viewerOf, type Policy } from './policy.ts';
import { rateLimit } from './rate-limit.ts';
import { sheetPage, unitPage, voidPage, type UnitSaid } from './unit-html.ts';

const Token = Type.Object({ token: Type.String({ minLength: 1, maxLength: 1_100 }) }, strict);
const Sheet = Type.Object(
  { incident: Type.String({ minLength: 1, maxLength: 128 }), account: Type.String({ minLength: 1, maxLength: 128 }) },
  strict,
);
const unitForm = Compile(UnitForm);
const LINK: Policy = { kind: 'link' };
const A_MINUTE = 30;
const MAX_FORM = 32 * 1024;
const DONE: Readonly<Record<UnitForm['do'], string>> = {
  accept: '已记下：贵单位接收。',
  facts: '已收到，谢谢。交办单位会据此公开答复。',
  refuse: '已记下，并转给您写明的单位。',
};

/** The pages of a unit without sign-in: its one case by a signed link, and the sheet the desk prints for it. Nothing of them is kept by anybody on the way. */
export function unitPages(app: FastifyInstance, cases: CaseServices, clock: Clock): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const { units } = cases;
  const limit = rateLimit(clock, A_MINUTE);
  readForm(app);

  const send = (reply: FastifyReply, status: number, page: string): FastifyReply =>
    reply
      .code(status)
      .headers({ ...PLAIN_HEADERS, 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
      .type('text/html; charset=utf-8')
      .send(page);
  const page = (reply: FastifyReply, token: string, said?: UnitSaid, contact?: string): FastifyReply => {
    const view = units.view(token);
    if (view === undefined) return send(reply, 404, voidPage());
    return send(reply, said?.wrong === true ? 422 : 200, unitPage(view, { token, now: clock.now(), said, contact }));
  };
  // What a unit does is in the file itself; the trail would keep the link, which opens it.
  const posting = { config: { policy: LINK, audit: 'own' as const }, bodyLimit: MAX_FORM, onRequest: limit };

  api.get(
    '/answer/:token',
    { config: { policy: LINK }, onRequest: limit, schema: { hide: true, params: Token } },
    (request, reply) => page(reply, request.params.token),
  );

  api.post('/answer/:token', { ...posting, schema: { hide: true, params: Token } }, (request, reply) => {
    const { token } = request.params;
    const form: unknown = { ...(request.body as object) };
    if (!unitForm.Check(form)) throw new HttpFault(400, 'invalid_request', '表单不完整，请返回重填');
    const outcome = units.give(token, form);
    if (outcome === undefined) return send(reply, 404, voidPage());
    if ('refused' in outcome) return page(reply, token, { words: outcome.refused.because, wrong: true, form });
    return page(reply, token, { words: DONE[form.do], wrong: false });
  });

  api.post('/answer/:token/contact', { ...posting, schema: { hide: true, params: Token } }, async (request, reply) => {
    const { token } = request.params;
    const contact = await units.contact(token);
    if (contact !== undefined) return page(reply, token, undefined, contact);
    return page(reply, token, { words: '现在看不了求助人的原话，请打110指挥中心询问', wrong: true });
  });

  api.get(
    '/sheet/:incident/:account',
    { config: { policy: READ }, schema: { hide: true, params: Sheet } },
    (request, reply) => {
      const { incident, account } = request.params;
      const viewer = viewerOf(request);
      const view = cases.sheet(incident, account, viewer);
      if (view === undefined) return send(reply, 404, voidPage());
      return send(reply, 200, sheetPage(view));
    },
  );
}
