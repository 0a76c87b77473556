import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { EVERYTHING, type Role, type Viewer } from '../../../pipelines/domain/person.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import { handleFaults } from '../../../server/http/faults.ts';
import { credentialsOf, guard } from '../../../server/http/guard.ts';
import { forRoles, OPEN, viewerOf } from '../../../server/http/policy.ts';
import type { Credentials } from '../../../server/services.ts';

let app: FastifyInstance;
afterEach(() => app.close());

function anApp(viewer: Viewer | undefined, asked: Credentials[] = []): FastifyInstance {
  app = Fastify();
  handleFaults(app);
  guard(app, { asks: (given) => (asked.push(given), viewer) }, [[/^\/plugin/, OPEN]]);
  app.get('/open', { config: { policy: OPEN } }, async (request) => ({ by: viewerOf(request).id }));
  app.get('/region', { config: { policy: forRoles('region', 'viewer') } }, async (request) => viewerOf(request).scope);
  app.get('/all', { config: { policy: forRoles('all', 'viewer') } }, async () => ({}));
  return app;
}

const somebody = (roles: Role[], regions: 'all' | string[]): Viewer => ({
  id: 'p1',
  name: '某人',
  roles,
  scope: regions === 'all' ? EVERYTHING : { regions: regions.map(regionCode), incidents: new Set() },
});

describe('the guard', () => {
  test('registers no route that states no policy', () => {
    anApp(undefined);
    expect(() => app.get('/forgotten', async () => ({}))).toThrow('GET /forgotten states no policy');
    expect(() => app.get('/plugin/file', async () => ({}))).not.toThrow();
    expect(app.stated.map(({ method, url }) => `${method} ${url}`)).toContain('HEAD /open');
  });

  test('lets nobody in but where it is open', async () => {
    anApp(undefined);
    expect((await app.inject('/region')).json()).toMatchObject({ error: { code: 'sign_in' } });
    expect((await app.inject('/all')).statusCode).toBe(401);
    expect((await app.inject('/open')).json()).toEqual({ by: 'nobody' });
    expect((await app.inject('/nothing')).statusCode).toBe(404);
  });

  test('asks for the role, and for everything where the route is of everything', async () => {
    anApp(somebody(['analyst'], 'all'));
    expect((await app.inject('/region')).statusCode).toBe(403);
    await app.close();
    anApp(somebody(['viewer'], ['410327']));
    expect((await app.inject('/region')).json()).toMatchObject({ regions: ['410327'] });
    expect((await app.inject('/all')).json()).toMatchObject({ error: { code: 'not_your_region' } });
    await app.close();
    anApp(somebody(['viewer'], 'all'));
    expect((await app.inject('/all')).statusCode).toBe(200);
  });

  test('reads the session from the cookie and the token of a screen from its header', async () => {
    expect(credentialsOf({ cookie: 'a=b; wenbida=s1' })).toEqual({ session: 's1' });
    expect(credentialsOf({ cookie: 'wenbida=s1; __Host-wenbida=s2' })).toEqual({ session: 's2' });
    expect(credentialsOf({ cookie: 'notwenbida=s1' })).toEqual({});
    expect(credentialsOf({ 'x-wenbida-display': 'd', 'x-wenbida-background': '1' })).toEqual({
      display: 'd',
      background: true,
    });
    const asked: Credentials[] = [];
    await anApp(undefined, asked).inject({ url: '/open', headers: { cookie: 'wenbida=s' } });
    expect(asked).toEqual([{ session: 's' }]);
  });
});
