import Type from 'typebox';
import { ErrorBody } from '../contract/http.ts';
import { strict } from '../contract/shapes.ts';
import type { Done } from '../services/follow-up.ts';
import { HttpFault } from './faults.ts';

/** What the routes of refutations, answers and the assessment have in common. */
export const Nothing = Type.Object({}, strict);
export const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) }, strict);
export const reading = { 200: Type.Unknown(), 400: ErrorBody, 404: ErrorBody, 503: ErrorBody };
export const acting = {
  400: ErrorBody,
  403: ErrorBody,
  404: ErrorBody,
  409: ErrorBody,
  413: ErrorBody,
  415: ErrorBody,
  503: ErrorBody,
};
export const tags = ['answering'];

/** @throws HttpFault 404 */
export function found<T>(body: T | undefined, id: string): T {
  if (body !== undefined) return body;
  throw new HttpFault(404, 'no_incident', `there is no incident "${id}"; GET /api/v1/incidents lists them.`, {
    where: 'params.id',
  });
}

/** What was done. @throws HttpFault 400, 404, 409 with why not, in the words of the rule */
export function outcome<T>(done: Done<T>, { params }: { readonly params: { readonly id: string } }): T {
  if ('done' in done) return done.done;
  if ('meanwhile' in done)
    throw new HttpFault(
      409,
      'acted_meanwhile',
      `刚才有人先办理了此事，什么也没有保存；请看过最新的档案（第${done.meanwhile}条）再试。`,
      { where: 'body.seen' },
    );
  if ('refused' in done) throw new HttpFault(400, 'refused', done.refused.because, { where: done.refused.where });
  return found<T>(undefined, params.id);
}
