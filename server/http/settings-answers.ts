import Type from 'typebox';
import type { FastifyReply } from 'fastify';
import { ErrorBody } from '../contract/http.ts';
import { VersionKept, VersionRow } from '../contract/settings.ts';
import type { SettingOutcome } from '../services/settings.ts';
import { HttpFault } from './faults.ts';

/** Thousands of words are no more than this. */
export const MAX_RULES = 1_048_576;

const Conflict = Type.Object(
  { error: ErrorBody.properties.error, meanwhile: VersionRow },
  { additionalProperties: false },
);
/** What any change of a setting may answer. */
export const written = { 201: VersionKept, 400: ErrorBody, 403: ErrorBody, 409: Conflict };

/** The outcome of a change as HTTP says it. @throws HttpFault 400 with the reason, in words for people */
export function saying(reply: FastifyReply, outcome: SettingOutcome): FastifyReply {
  if ('kept' in outcome) return reply.code(201).send(outcome.kept);
  if ('refused' in outcome) throw new HttpFault(400, 'not_possible', outcome.refused, { where: 'body' });
  const { meanwhile } = outcome;
  const message = `${meanwhile.by}刚刚改过（第${meanwhile.n}版），您的改动还没有保存；看过再存一次`;
  return reply.code(409).send({ error: { code: 'changed_meanwhile', message }, meanwhile });
}
