import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { StoreUnavailable } from '../../../pipelines/ports/post-store.ts';
import type { ErrorBody } from '../../../server/contract/http.ts';
import { anHttpApp, TOKEN } from '../../seeds/http.ts';
import { anAlertRow, anIncidentRow, aPostRow, fakeServices } from '../../seeds/services.ts';

let app: FastifyInstance | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const READS = [
  'health',
  'pulse',
  'sources',
  'posts',
  'incidents',
  'incidents/incident-1',
  'alerts',
  'reviews',
  'openapi.json',
];
const EVERYTHING = [
  ...READS.map((read) => `/api/v1/${read}`),
  '/metrics',
  '/docs',
  '/docs/json',
  '/',
  '/wall',
  '/no/such',
  '/%zz',
];

describe('every answer', () => {
  test('carries the strict headers', async () => {
    app = await anHttpApp();
    for (const url of EVERYTHING) {
      const { headers } = await app.inject(url);
      const policy = String(headers['content-security-policy']);
      expect(policy, url).toMatch(/default-src '(self|none)'/);
      expect(policy, url).toContain("frame-ancestors 'none'");
      expect(policy, url).toContain("object-src 'none'");
      expect(policy, url).not.toMatch(/unsafe-(inline|eval)|\*|https?:/);
      if (!url.startsWith('/docs')) expect(policy, url).not.toContain('unsafe');
      expect(headers['x-content-type-options'], url).toBe('nosniff');
      expect(headers['access-control-allow-origin'], url).toBeUndefined();
    }
    const { headers } = await app.inject({ url: '/', headers: { host: 'localhost:8080' } });
    expect(headers['content-security-policy']).toContain("connect-src 'self' ws://localhost:8080");
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  test('to a Host that is not this machine is 421, with the headers and nothing of that name in them', async () => {
    app = await anHttpApp();
    for (const url of EVERYTHING.filter((one) => one !== '/%zz')) {
      const { statusCode, headers, json } = await app.inject({ url, headers: { host: 'evil.example:8080' } });
      expect(statusCode, url).toBe(421);
      expect(headers['content-security-policy'], url).not.toContain('evil');
      expect(json<ErrorBody>().error.code).toBe('foreign_host');
    }
  });

  test('on a real connection, the port of the Host counts too', async () => {
    app = await anHttpApp();
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    const statusFor = (host: string): Promise<number> =>
      new Promise((resolve, reject) => {
        request({ host: '127.0.0.1', port, path: '/api/v1/health', headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
          .on('error', reject)
          .end();
      });
    expect(await statusFor(`127.0.0.1:${port}`)).toBe(200);
    expect(await statusFor(`localhost:${Number(port) + 1}`)).toBe(421);
  });

  test('that is an error has one shape', async () => {
    app = await anHttpApp();
    const refused: [string, number, string][] = [
      ['/no/such', 404, 'not_found'],
      ['/api/v1/incidents/none', 404, 'no_incident'],
      ['/api/v1/posts?limit=0', 400, 'invalid_request'],
      ['/%zz', 400, 'bad_url'],
    ];
    for (const [url, status, code] of refused) {
      const answer = await app.inject(url);
      const { error, ...rest } = answer.json<ErrorBody>();
      expect([answer.statusCode, error.code]).toEqual([status, code]);
      expect(rest).toEqual({});
      expect(error.message.length).toBeGreaterThan(20);
    }
  });

  test('to what is not HTTP has it too', async () => {
    app = await anHttpApp();
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('not http\r\n\r\n'));
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toContain('400 Bad Request');
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: { code: 'not_http' } });
  });

  test('to a fault of ours hides what it was and logs it', async () => {
    const logged: string[] = [];
    const services = fakeServices({ health: () => Promise.reject(new Error('secret path /srv/key')) });
    app = await anHttpApp({
      services,
      logger: { level: 'error', stream: { write: (line: string) => logged.push(line) } },
    });
    const answer = await app.inject('/api/v1/health');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
    expect(logged.join()).toContain('secret path');
  });
});

test.each([
  [Object.assign(new Error('index secret-name is missing'), { statusCode: 404 })],
  ['a thrown word'],
  [undefined],
])('a fault that comes from inside (%s) is a hidden 500, whatever status it carries', async (fault) => {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a library may throw anything
  app = await anHttpApp({ services: fakeServices({ find: () => Promise.reject(fault) }) });
  const answer = await app.inject('/api/v1/posts');
  expect(answer.statusCode).toBe(500);
  expect(answer.json<ErrorBody>().error.code).toBe('internal');
  expect(answer.body).not.toContain('secret-name');
});

describe('reads', () => {
  test('refuse what they do not know instead of dropping it', async () => {
    app = await anHttpApp();
    for (const read of READS.filter((one) => one !== 'openapi.json')) {
      const answer = await app.inject(`/api/v1/${read}?regoin=410300`);
      expect(answer.statusCode, read).toBe(400);
      expect(answer.json<ErrorBody>().error.where, read).toBe('querystring.regoin');
    }
  });

  test('hand every search field on as the store wants it', async () => {
    const services = fakeServices({ posts: [aPostRow()] });
    app = await anHttpApp({ services });
    const answer = await app.inject({
      url: '/api/v1/posts',
      query: {
        q: '停水',
        region: '410311',
        from: '2026-11-23T08:00:00+08:00',
        to: '2026-11-23T01:00:00Z',
        platform: 'weibo',
        sentiment: 'negative',
        need: '投诉',
        folded: 'true',
        limit: '20',
        after: 'cursor',
      },
    });
    expect(answer.json()).toMatchObject({ posts: [{ id: 'p1', text: '我们小区停水了' }], total: 1 });
    expect(services.searches).toEqual([
      {
        text: '停水',
        query: {
          region: '410311',
          from: Date.parse('2026-11-23T00:00:00Z'),
          to: Date.parse('2026-11-23T01:00:00Z'),
          platform: 'weibo',
          sentiment: 'negative',
          need: '投诉',
          folded: true,
          limit: 20,
          after: 'cursor',
        },
      },
    ]);
  });

  test.each([
    ['posts?region=41', 'querystring.region'],
    ['posts?from=2026-11-23', 'querystring.from'],
    ['posts?from=2026-11-23T08:00:00', 'querystring.from'],
    ['posts?from=2026-11-24T00:00:00Z&to=2026-11-23T00:00:00Z', 'querystring.from'],
    ['posts?sentiment=angry', 'querystring.sentiment'],
    ['posts?limit=201', 'querystring.limit'],
    ['alerts?after=-1', 'querystring.after'],
    ['alerts?after=1.5', 'querystring.after'],
    ['incidents?state=closed', 'querystring.state'],
  ])('%s is refused at %s', async (path, where) => {
    app = await anHttpApp();
    const answer = await app.inject(`/api/v1/${path}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<ErrorBody>().error.where).toBe(where);
  });

  test('alerts come after a sequence, oldest first, for a region', async () => {
    const alerts = [anAlertRow({ seq: 1 }), anAlertRow({ seq: 2, region: '410100' }), anAlertRow({ seq: 3 })];
    app = await anHttpApp({ services: fakeServices({ alerts }) });
    const seqs = async (query: string): Promise<number[]> =>
      (await app!.inject(`/api/v1/alerts${query}`)).json<{ seq: number }[]>().map(({ seq }) => seq);
    expect(await seqs('')).toEqual([1, 2, 3]);
    expect(await seqs('?after=1&limit=1')).toEqual([2]);
    expect(await seqs('?region=410311')).toEqual([1, 3]);
    expect(await seqs('?region=410311&region=410100')).toEqual([1, 2, 3]);
  });

  test('an incident comes with its file, all fields whole', async () => {
    const incident = anIncidentRow();
    app = await anHttpApp({ services: fakeServices({ incidents: [incident], posts: [aPostRow()] }) });
    expect((await app.inject('/api/v1/incidents/incident-1')).json()).toEqual({
      incident,
      events: [],
      posts: [aPostRow()],
    });
    expect((await app.inject('/api/v1/incidents?state=cooled')).json()).toEqual([]);
  });

  test('a store that is away is 503 with a time to come back', async () => {
    const find = () => Promise.reject(new StoreUnavailable('connection refused'));
    app = await anHttpApp({ services: fakeServices({ find }) });
    const answer = await app.inject('/api/v1/posts');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json<ErrorBody>().error.code).toBe('store_unavailable');
  });
});

describe('figures and description', () => {
  test('metrics count rows by source and outcome, one registry an app', async () => {
    app = await anHttpApp();
    const other = await anHttpApp();
    await app.inject({
      method: 'POST',
      url: '/api/v1/posts',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      payload: '[{"id":"a"},{"id":"a"},{}]',
    });
    const text = (await app.inject('/metrics')).body;
    for (const outcome of ['accepted', 'duplicate', 'rejected']) {
      expect(text).toContain(`wenbida_posts_total{source="feed",outcome="${outcome}"} 1`);
    }
    expect(text).toContain('wenbida_http_seconds_count{method="POST",route="/api/v1/posts",status="200"} 1');
    expect(text).toContain('wenbida_lag_posts{consumer="index"} 0');
    expect(text).toContain('wenbida_newest_post_age_seconds 0');
    expect((await other.inject('/metrics')).body).not.toContain('source="feed"');
    await other.close();
  });

  test('a path nobody has does not become a label', async () => {
    app = await anHttpApp();
    await app.inject('/made-up-17');
    expect((await app.inject('/metrics')).body).not.toContain('made-up-17');
  });

  test('OpenAPI names every route of the API, and every reference in it leads somewhere', async () => {
    app = await anHttpApp({ version: '1.2.3' });
    const document = (await app.inject('/api/v1/openapi.json')).json<OpenApi>();
    expect(document.openapi).toBe('3.1.0');
    expect(document.info.version).toBe('1.2.3');
    const shown = app.stated.filter(
      ({ url, method, schema }) =>
        url.startsWith('/api/v1/') && method !== 'HEAD' && (schema as { hide?: boolean } | undefined)?.hide !== true,
    );
    expect(Object.keys(document.paths).sort()).toEqual(
      [...new Set(shown.map(({ url }) => url.replaceAll(/:([A-Za-z]+)/g, '{$1}')))].sort(),
    );
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/v1/posts', '/api/v1/incidents/{id}', '/api/v1/session', '/api/v1/audit']),
    );
    for (const operations of Object.values(document.paths)) {
      for (const operation of Object.values(operations)) {
        expect(operation.summary).toBeTypeOf('string');
        expect(Object.keys(operation.responses).some((status) => status === '200' || status === '201')).toBe(true);
      }
    }
    const post = document.paths['/api/v1/posts']?.['post'];
    expect(Object.keys(post?.requestBody?.content ?? {})).toEqual(['application/json', 'application/x-ndjson']);
    const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(references.filter((one) => !one.includes('#/components/'))).toEqual([]);
  });
});

interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Record<
    string,
    Record<string, { summary?: string; responses: object; requestBody?: { content: Record<string, unknown> } }>
  >;
}

describe('the page', () => {
  test('that is not built says how to build it', async () => {
    app = await anHttpApp({ webDir: '/no/such/folder' });
    for (const url of ['/', '/wall']) {
      const answer = await app.inject(url);
      expect(answer.statusCode).toBe(503);
      expect(answer.body).toContain('npm run build');
    }
  });

  test('is served at its addresses, hashed files for a year, and nothing outside the folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wenbida-web-'));
    mkdirSync(join(folder, 'web', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(folder, 'web', 'index.html'), '<!doctype html><title>问必答</title>');
    writeFileSync(join(folder, 'web', 'assets', 'index-abc123.js'), 'export {};');
    app = await anHttpApp({ webDir: join(folder, 'web') });
    for (const url of ['/', '/wall']) {
      const page = await app.inject(url);
      expect(page.body).toContain('问必答');
      expect(page.headers['cache-control']).toBe('no-cache');
    }
    const script = await app.inject('/assets/index-abc123.js');
    expect(script.headers['content-type']).toContain('javascript');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    for (const url of ['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt']) {
      expect((await app.inject(url)).body).not.toContain('secret"');
      expect((await app.inject(url)).statusCode).toBeGreaterThanOrEqual(400);
    }
    rmSync(folder, { recursive: true });
  });
});
