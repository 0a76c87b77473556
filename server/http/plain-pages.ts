import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { CaseServices } from '../services/cases.ts';
import { PLAIN_CSS } from './plain-style.ts';
import { publicPages } from './public-pages.ts';
import { unitPages } from './unit-pages.ts';

/** Pages that the server writes itself, each kind in a scope of its own because it reads forms. */
export async function plainPages(app: FastifyInstance, cases: CaseServices, clock: Clock): Promise<void> {
  app.get('/plain.css', { config: { policy: { kind: 'open' } }, schema: { hide: true } }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(PLAIN_CSS),
  );
  await app.register(async (scope) => unitPages(scope, cases, clock));
  const { publicPage } = cases;
  if (publicPage !== undefined) await app.register(async (scope) => publicPages(scope, publicPage, clock));
}
