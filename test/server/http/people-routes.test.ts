import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { anHttpApp } from '../../seeds/http.ts';
import { aPeopleArea, PASSWORD, type SeededPeople } from '../../seeds/people.ts';
import { fakeServices } from '../../seeds/services.ts';

let app: FastifyInstance | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const NOW = Date.parse('2026-11-28T08:00:00+08:00');

async function anOffice(publicUrl?: string) {
  const people: SeededPeople = aPeopleArea({ clock: { now: () => NOW } });
  await people.person('安', ['securityAdmin']);
  await people.person('审', ['auditor']);
  await people.person('系', ['systemAdmin']);
  await people.person('王', ['responder'], ['410327']);
  const { area } = people;
  app = await anHttpApp({
    services: fakeServices({ who: area.signIn }),
    people: area,
    config: { port: 8080, ...(publicUrl === undefined ? {} : { publicUrl }) },
  });
  const host = publicUrl === undefined ? 'localhost:8080' : new URL(publicUrl).host;
  const ask = (session: string | undefined) => (method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown) =>
    app!.inject({
      method,
      url: `/api/v1/${url}`,
      headers: {
        host,
        ...(session === undefined ? {} : { cookie: `wenbida=${session}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
  const as = async (name: string) => ask(await people.signedIn(name));
  return { ...people, ask, as };
}

describe('signing in', () => {
  test('gives a cookie that no script reads and no other site brings, and the state of who came in', async () => {
    const { ask } = await anOffice();
    expect((await ask(undefined)('GET', 'session')).json()).toEqual({ signIn: 'on', viewer: null });
    const answer = await ask(undefined)('POST', 'session', { name: '王', password: PASSWORD });
    expect(answer.json()).toMatchObject({
      viewer: { name: '王', roles: ['responder'], regions: [{ code: '410327' }] },
    });
    expect(answer.headers['set-cookie']).toMatch(/^wenbida=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(answer.headers['cache-control']).toBe('no-store');
    const session = /wenbida=([^;]+)/.exec(String(answer.headers['set-cookie']))![1]!;
    expect((await ask(session)('GET', 'session')).json()).toMatchObject({ viewer: { name: '王' } });
    const out = await ask(session)('DELETE', 'session');
    expect(out.headers['set-cookie']).toContain('Max-Age=0');
    expect((await ask(session)('GET', 'session')).json()).toMatchObject({ viewer: null });
    expect((await ask(session)('GET', 'incidents')).statusCode).toBe(401);
  });

  test('behind HTTPS the cookie has the name that browsers give a promise, and pages are told to stay on HTTPS', async () => {
    const { ask } = await anOffice('https://wenbida.example.gov.cn');
    const answer = await ask(undefined)('POST', 'session', { name: '王', password: PASSWORD });
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-wenbida=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect(answer.headers['strict-transport-security']).toContain('max-age=31536000');
    expect(answer.headers['content-security-policy']).toContain('wss://wenbida.example.gov.cn');
    const foreign = await app!.inject({ url: '/api/v1/session', headers: { host: 'other.example' } });
    expect(foreign.statusCode).toBe(421);
  });

  test('that fails says the same of a name that is there and one that is not, and then asks for patience', async () => {
    const { ask } = await anOffice();
    const tried = (name: string) => ask(undefined)('POST', 'session', { name, password: 'x' });
    const there = await tried('王');
    const not = await tried('谁');
    expect([there.statusCode, there.body]).toEqual([401, not.body]);
    for (let n = 0; n < 4; n += 1) await tried('王');
    const late = await ask(undefined)('POST', 'session', { name: '王', password: PASSWORD });
    expect([late.statusCode, late.headers['retry-after']]).toEqual([429, '900']);
  });

  test('is refused from a page of another site, and as a form', async () => {
    await anOffice();
    const payload = JSON.stringify({ name: '王', password: PASSWORD });
    const url = '/api/v1/session';
    const headers = { host: 'localhost:8080', 'content-type': 'application/json', origin: 'https://evil.example' };
    expect((await app!.inject({ method: 'POST', url, payload, headers })).statusCode).toBe(403);
    const form = { host: 'localhost:8080', 'content-type': 'text/plain' };
    expect((await app!.inject({ method: 'POST', url, payload, headers: form })).statusCode).toBeGreaterThanOrEqual(400);
  });

  test('an invitation is used over HTTP, and only once', async () => {
    const { as, ask } = await anOffice();
    const security = await as('安');
    const made = await security('POST', 'people', {
      name: '新',
      roles: ['viewer'],
      regions: ['410327'],
      account: null,
    });
    expect(made.statusCode).toBe(201);
    const { invitation: token } = made.json<{ invitation: string }>();
    const nobody = ask(undefined);
    expect((await nobody('POST', 'invitations', { token })).json()).toEqual({ name: '新' });
    expect((await nobody('POST', 'invitations/accept', { token, password: 'short' })).statusCode).toBe(409);
    expect((await nobody('POST', 'invitations/accept', { token, password: PASSWORD })).json()).toEqual({ name: '新' });
    expect((await nobody('POST', 'invitations', { token })).statusCode).toBe(409);
    expect((await nobody('POST', 'session', { name: '新', password: PASSWORD })).statusCode).toBe(200);
  });
});

describe('the three who look after the deployment', () => {
  test('each do their own and nothing else', async () => {
    const { as } = await anOffice();
    const urls = ['people', 'audit', 'audit/verdict', 'posts', 'incidents', 'reviews', 'dead-letters', 'sources/page'];
    const seen = async (name: string) => {
      const asks = await as(name);
      const answers = await Promise.all(
        urls.map(async (url) => ({ url, status: (await asks('GET', url)).statusCode })),
      );
      return answers.filter(({ status }) => status === 200).map(({ url }) => url);
    };
    expect(await seen('安')).toEqual(['people']);
    expect(await seen('审')).toEqual(['audit', 'audit/verdict']);
    expect(await seen('系')).toEqual(['sources/page']);
    expect(await seen('王')).toEqual(['posts', 'incidents', 'reviews']);
  });

  test('disabling ends the sessions of a person at once', async () => {
    const { as, store } = await anOffice();
    const wang = await as('王');
    const id = store.people.named('王')!.id;
    expect((await wang('GET', 'incidents')).statusCode).toBe(200);
    expect((await (await as('安'))('POST', `people/${id}/enabled`, { enabled: false })).json()).toEqual({
      enabled: false,
    });
    expect((await wang('GET', 'incidents')).statusCode).toBe(401);
  });

  test('a screen’s token is a header of requests too', async () => {
    const { as } = await anOffice();
    const made = await (await as('安'))('POST', 'displays', { name: '大厅', region: '410327' });
    const { token } = made.json<{ token: string }>();
    const headers = { host: 'localhost:8080', 'x-wenbida-display': token };
    expect((await app!.inject({ url: '/api/v1/incidents', headers })).statusCode).toBe(200);
    const act = await app!.inject({ method: 'POST', url: '/api/v1/posts/p/review', headers, payload: {} });
    expect(act.statusCode).toBe(403);
  });
});
