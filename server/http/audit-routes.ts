import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { AUDIT_OUTCOMES } from '../../pipelines/domain/audit.ts';
import type { AuditLog } from '../../pipelines/ports/audit-log.ts';
import { ErrorBody } from '../contract/http.ts';
import { AuditPage, VerdictRow } from '../contract/people.ts';
import { strict } from '../contract/shapes.ts';
import { forRoles } from './policy.ts';

const AuditQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
    before: Type.Optional(Type.Integer({ minimum: 1 })),
    who: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    outcome: Type.Optional(Type.Unsafe<(typeof AUDIT_OUTCOMES)[number]>(Type.String({ enum: [...AUDIT_OUTCOMES] }))),
  },
  strict,
);
const VerdictQuery = Type.Object(
  { head: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$', description: 'A head that was noted elsewhere' })) },
  strict,
);
const config = { policy: forRoles('none', 'auditor') };
const tags = ['audit'];
const failures = { 400: ErrorBody };

/** 审计: read by auditors, changed by nobody. */
export function auditRoutes(app: FastifyInstance, audit: AuditLog): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();
  api.get(
    '/audit',
    {
      config,
      schema: {
        summary: 'The trail, newest first',
        tags,
        querystring: AuditQuery,
        response: { 200: AuditPage, ...failures },
      },
    },
    async ({ query }) => ({
      rows: audit.list(query).map(({ at, who, ...row }) => ({ ...row, at: new Date(at).toISOString(), who: who.name })),
      head: audit.head(),
    }),
  );
  api.get(
    '/audit/verdict',
    {
      config,
      schema: {
        summary: 'Whether every line is as it was written, from the first to the last',
        tags,
        querystring: VerdictQuery,
        response: { 200: VerdictRow, ...failures },
      },
    },
    async ({ query }) => {
      const verdict = audit.verify(query.head === undefined ? [] : [query.head]);
      return verdict.whole
        ? { whole: true, row: verdict.rows, because: '' }
        : { whole: false, row: verdict.row, because: verdict.because };
    },
  );
}
