import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import { fastify, type FastifyInstance } from 'fastify';

/** A server of built pages under the policy that the real one states; what the API answers is for the fixture to say. */
export async function fixtureApp(dir: string, pages: readonly string[]): Promise<FastifyInstance> {
  const app = fastify();
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'self'"], styleSrc: ["'self'"] } },
    strictTransportSecurity: false,
  });
  await app.register(fastifyStatic, { root: dir });
  const index = readFileSync(join(dir, 'index.html'), 'utf8');
  for (const page of pages)
    app.get(`/${page}`, (_request, reply) => reply.type('text/html; charset=utf-8').send(index));
  return app;
}
