import { request } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { anHttpApp, TOKEN } from '../../seeds/http.ts';
import { fakeServices } from '../../seeds/services.ts';

let app: FastifyInstance | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const anApp = async (door: Parameters<typeof fakeServices>[0] = {}) => {
  app = await anHttpApp({ services: fakeServices(door) });
  return app;
};
const post = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
  (app ?? (await anApp())).inject({
    method: 'POST',
    url: `/api/v1/${path}`,
    headers: { host: 'localhost:8080', 'content-type': 'application/json', ...headers },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('the contact in a plea', () => {
  const asked: unknown[] = [];
  const door = {
    door: {
      contact: (_viewer: unknown, incident: string, ask: unknown) => {
        asked.push([incident, ask]);
        return Promise.resolve(incident === 'plea' ? { text: '请打13812345678' } : undefined);
      },
    },
  };

  test('is given to who says who and why, and nothing else opens it', async () => {
    await anApp(door);
    const answer = await post('incidents/plea/contact', { post: 'p1', who: '王值班', why: '派警' });
    expect(answer.json()).toEqual({ text: '请打13812345678' });
    expect(asked).toEqual([['plea', { post: 'p1', who: '王值班', why: '派警' }]]);
    expect((await post('incidents/plea/contact', { post: 'p1', who: '王值班' })).statusCode).toBe(400);
    expect((await post('incidents/plea/contact', { post: 'p1', who: '', why: '' })).statusCode).toBe(400);
    expect((await post('incidents/other/contact', { post: 'p1', who: 'a', why: 'b' })).statusCode).toBe(404);
  });
});

describe('what acts', () => {
  test('refuses a page of another site', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      for (const path of ['dead-letters/replay', 'dead-letters/drop', 'incidents/plea/contact']) {
        await anApp();
        expect((await post(path, {}, headers)).statusCode).toBe(403);
        await app?.close();
      }
    }
  });

  test('is not JSON, or is of another type: refused with the reason', async () => {
    await anApp();
    expect((await post('dead-letters/replay', '{')).json()).toMatchObject({ error: { code: 'not_json' } });
    expect((await post('dead-letters/replay', '{}', { 'content-type': 'text/plain' })).statusCode).toBe(415);
  });

  test('a row can be written anew for one letter only', async () => {
    const replayed: unknown[] = [];
    await anApp({
      door: {
        replay: (ask) => {
          replayed.push(ask);
          return Promise.resolve({ replayed: 1, accepted: 1, duplicate: 0, rejected: 0, skipped: 0 });
        },
      },
    });
    expect((await post('dead-letters/replay', { mending: { row: '{}' } })).statusCode).toBe(400);
    expect((await post('dead-letters/replay', { seqs: [3], mending: { row: '{}' } })).statusCode).toBe(200);
    expect(replayed).toEqual([{ seqs: [3], mending: { row: '{}' } }]);
  });
});

describe('weibo-crawler pushes by GET with a body', () => {
  const row = { row: 1, value: { id: '1', text: '停水', time: '2026-11-20' }, raw: '{}' };
  const push = async (body: string, headers: Record<string, string>, paused = false) => {
    const services = fakeServices({
      door: {
        rowsOfPush: (bytes) => Promise.resolve(Buffer.from(bytes).includes('weibo') ? [row] : undefined),
        isPaused: () => paused,
      },
    });
    app = await anHttpApp({ services });
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    const answer = await new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
      const ask = request(
        {
          host: '127.0.0.1',
          port,
          method: 'GET',
          path: '/api/v1/weibo-crawler',
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
        },
        (reply) => {
          let said = '';
          reply.setEncoding('utf8').on('data', (part: string) => (said += part));
          reply.on('end', () =>
            resolve({ status: reply.statusCode ?? 0, body: JSON.parse(said) as Record<string, unknown> }),
          );
        },
      );
      ask.on('error', reject);
      ask.end(body);
    });
    return { ...answer, seen: services.seen };
  };

  test('and gets 200 and JSON back, as it wants', async () => {
    const { status, body, seen } = await push('{"user":{},"weibo":[{}]}', { 'api-token': TOKEN });
    expect([status, body['accepted']]).toEqual([200, 1]);
    expect(seen).toMatchObject([{ source: 'feed', value: { id: '1' } }]);
  });

  test('and is refused without a token, while its source is paused, and with a body of another kind', async () => {
    expect((await push('{"weibo":[]}', {})).status).toBe(401);
    await app?.close();
    expect((await push('{"weibo":[]}', { 'api-token': TOKEN }, true)).status).toBe(409);
    await app?.close();
    expect((await push('{"x":1}', { 'api-token': TOKEN })).status).toBe(400);
  });

  test('and no other GET reads a body', async () => {
    await anApp();
    const answer = await app!.inject({
      method: 'GET',
      url: '/api/v1/sources/page',
      headers: { host: 'localhost:8080' },
    });
    expect(answer.json()).toMatchObject({ sources: [], letters: { kept: 0 } });
  });
});
