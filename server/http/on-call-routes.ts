import Type from 'typebox';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { ErrorBody } from '../contract/http.ts';
import {
  Done,
  MuteAsk,
  MuteIs,
  MuteRow,
  NotePage,
  OnCallPage,
  RulesAsk,
  ShiftAsk,
  ShiftIs,
  ShiftRow,
  TakeAsk,
} from '../contract/on-call.ts';
import { strict } from '../contract/shapes.ts';
import type { Services } from '../services.ts';
import { HttpFault } from './faults.ts';
import { acting, orFault } from './notify-routes.ts';
import { FOR_WORKERS, forRoles, viewerOf } from './policy.ts';
import { sayDone } from './trail.ts';

const Nothing = Type.Object({}, strict);
const NoteQuery = Type.Object(
  {
    from: Type.Optional(Type.String({ format: 'date-time', description: 'With zone; together with to' })),
    to: Type.Optional(Type.String({ format: 'date-time' })),
  },
  strict,
);
const MAX_ASK = 64 * 1024;
const LONGEST_NOTE = 3 * 86_400_000;

/** Shifts and the order of calls are of the whole deployment; what tells of an incident is cut to who asks. */
const ROSTER = { policy: forRoles('all', 'responder', 'editor') };
const ON_DUTY = { policy: forRoles('region', 'responder', 'editor') };
const failures = { 400: ErrorBody, 401: ErrorBody, 403: ErrorBody };

/** 值班. */
export function onCallRoutes(app: FastifyInstance, { notify }: Pick<Services, 'notify'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  const writing = { bodyLimit: MAX_ASK };

  api.get(
    '/oncall',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'This week’s shifts with their gaps, who is on duty, calls, mutes',
        tags: ['on call'],
        querystring: Nothing,
        response: { 200: OnCallPage, ...failures },
      },
    },
    async (request) => notify.onCallPage(viewerOf(request)),
  );

  api.get(
    '/oncall/note',
    {
      config: { policy: FOR_WORKERS },
      schema: {
        summary: 'The hand-over note of the shift that ended last, written by the ledger, or of any span',
        tags: ['on call'],
        querystring: NoteQuery,
        response: { 200: NotePage, ...failures },
      },
    },
    async (request) => notify.note(viewerOf(request), spanOf(request.query)),
  );

  api.post(
    '/oncall/shifts',
    {
      ...writing,
      config: ROSTER,
      schema: {
        summary: 'A new shift, or with id in the place of one',
        tags: ['on call'],
        body: ShiftAsk,
        response: { 200: ShiftRow, ...acting },
      },
    },
    async (request) => orFault(notify.saveShift(request.body, sayDone(request))),
  );

  api.post(
    '/oncall/shifts/remove',
    {
      ...writing,
      config: ROSTER,
      schema: { summary: 'Remove a shift', tags: ['on call'], body: ShiftIs, response: { 200: Done, ...acting } },
    },
    async (request) => ({ done: orFault(notify.removeShift(request.body.id, sayDone(request))) }),
  );

  api.post(
    '/oncall/rules',
    {
      ...writing,
      config: ROSTER,
      schema: {
        summary: 'How calls climb where nobody takes over',
        tags: ['on call'],
        body: RulesAsk,
        response: { 200: Done, ...acting },
      },
    },
    async (request) => ({ done: orFault(notify.saveRules(viewerOf(request), request.body, sayDone(request))) }),
  );

  api.post(
    '/oncall/mutes',
    {
      ...writing,
      config: ON_DUTY,
      schema: {
        summary: 'Mute an incident, or what a region says, for a reason and until an end; it stays listed',
        tags: ['on call'],
        body: MuteAsk,
        response: { 200: MuteRow, ...acting },
      },
    },
    async (request) => orFault(notify.mute(viewerOf(request), request.body, sayDone(request))),
  );

  api.post(
    '/oncall/mutes/end',
    {
      ...writing,
      config: ON_DUTY,
      schema: { summary: 'End a mute now', tags: ['on call'], body: MuteIs, response: { 200: Done, ...acting } },
    },
    async (request) => ({ done: orFault(notify.endMute(viewerOf(request), request.body.id, sayDone(request))) }),
  );

  api.post(
    '/oncall/take',
    {
      ...writing,
      config: ON_DUTY,
      schema: {
        summary: 'Take an incident over: nobody else is called for it',
        tags: ['on call'],
        body: TakeAsk,
        response: { 200: Done, ...acting },
      },
    },
    async (request) => ({ done: orFault(notify.take(viewerOf(request), request.body.incident)) }),
  );
}

function spanOf({
  from,
  to,
}: {
  readonly from?: string;
  readonly to?: string;
}): { from: number; to: number } | undefined {
  if (from === undefined && to === undefined) return undefined;
  const span = { from: Date.parse(from ?? ''), to: Date.parse(to ?? '') };
  if (span.to > span.from && span.to - span.from <= LONGEST_NOTE) return span;
  throw new HttpFault(400, 'invalid_request', 'give from and to, at most three days apart.', { where: 'querystring' });
}
