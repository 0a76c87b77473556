import { gzipSync, brotliCompressSync } from 'node:zlib';
import { request } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { InboxFull } from '../../../pipelines/ports/inbox.ts';
import type { IngestAnswer } from '../../../server/contract/http.ts';
import { MAX_BODY } from '../../../server/http/body.ts';
import { MAX_ROWS } from '../../../server/http/rows.ts';
import { anHttpApp, TOKEN } from '../../seeds/http.ts';
import { fakeServices } from '../../seeds/services.ts';

let app: FastifyInstance | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

interface Sent {
  readonly type?: string;
  readonly headers?: Record<string, string>;
}

async function send(
  payload: string | Buffer,
  { type = 'application/json', headers = {} }: Sent = {},
  services = fakeServices(),
) {
  app = await anHttpApp({ services });
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/posts',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': type, ...headers },
    payload,
  });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    services,
    body: answer.json<IngestAnswer & ErrorShape>(),
  };
}

interface ErrorShape {
  readonly error: { readonly code: string; readonly message: string; readonly where?: string };
}

const ndjson = { type: 'application/x-ndjson' };

describe('what comes in', () => {
  test('one object is one row', async () => {
    const { status, body, services } = await send('{"id":"a","text":"停水"}');
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: 1, duplicate: 0, rejected: 0, rows: [{ row: 1, outcome: 'accepted' }] });
    expect(services.seen).toEqual([{ row: 1, value: { id: 'a', text: '停水' }, source: 'feed' }]);
  });

  test('an array is answered row by row, a bad row among good ones', async () => {
    const { body } = await send('[{"id":"a"},{"id":7},{"id":"a"},"text",null]');
    expect(body).toMatchObject({ accepted: 1, duplicate: 1, rejected: 3 });
    expect(body.rows.map(({ row, outcome }) => [row, outcome])).toEqual([
      [1, 'accepted'],
      [2, 'rejected'],
      [3, 'duplicate'],
      [4, 'rejected'],
      [5, 'rejected'],
    ]);
  });

  test('a bad line of NDJSON is refused by its line number and the others go on', async () => {
    const { status, body } = await send('{"id":"a"}\r\n\r\n{"id":"b",}\n{"id":"c"}\n', ndjson);
    expect(status).toBe(200);
    expect(body.rows).toMatchObject([
      { row: 1, outcome: 'accepted' },
      { row: 3, outcome: 'rejected', because: 'the line stops being JSON at column 11; correct it there.' },
      { row: 4, outcome: 'accepted' },
    ]);
  });

  test('a line that is not UTF-8 is one refused row', async () => {
    const line = Buffer.concat([Buffer.from('{"id":"a"}\n{"id":"'), Buffer.from([0xb0, 0xa1]), Buffer.from('"}\n')]);
    const { body } = await send(line, ndjson);
    expect(body.rows).toMatchObject([
      { outcome: 'accepted' },
      { row: 2, because: 'the line is not UTF-8; save the file as UTF-8.' },
    ]);
  });

  test('a byte order mark is passed over', async () => {
    expect((await send('\ufeff{"id":"a"}')).body.accepted).toBe(1);
    await app?.close();
    expect((await send('\ufeff{"id":"a"}\n', ndjson)).body.accepted).toBe(1);
  });

  test('a lone surrogate reaches intake as it is', async () => {
    const { services } = await send('{"id":"a","text":"\\ud800"}');
    expect(services.seen[0]?.value).toEqual({ id: 'a', text: '\ud800' });
  });

  test.each([
    ['{"id":"a","__proto__":{"admin":true}}', '__proto__'],
    ['{"id":"a","author":{"__proto__":1}}', '__proto__'],
    ['{"id":"a","\\u005f_proto__":1}', '__proto__'],
    ['{"id":"a","constructor":{"prototype":{"x":1}}}', 'constructor'],
  ])('the row %s is refused for its key', async (row, key) => {
    const { body, services } = await send(`[{"id":"good"},${row}]`);
    expect(body).toMatchObject({ accepted: 1, rejected: 1 });
    expect(body.rows[1]?.because).toContain(key);
    expect(services.seen[1]).not.toHaveProperty('value');
  });

  test('words like __proto__ in the text of a post are no reason to refuse it', async () => {
    expect((await send('{"id":"a","text":"what is \\"__proto__\\": in js"}')).body.accepted).toBe(1);
  });

  test('a row nested a hundred thousand deep is refused and the next one taken', async () => {
    const deep = `{"id":"a","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const { body } = await send(`${deep}\n{"id":"b"}`, ndjson);
    expect(body.rows).toMatchObject([{ outcome: 'rejected' }, { outcome: 'accepted' }]);
    expect(body.rows[0]?.because).toContain('nested deeper');
  });

  test('the raw text of a refused row is kept for the dead letters', async () => {
    const kept: string[] = [];
    const services = fakeServices({
      intake: {
        accept: (rows) => {
          for (const row of rows) kept.push(row.raw);
          return Promise.resolve(rows.map(({ row }) => ({ row, id: null, outcome: 'rejected', because: 'no' })));
        },
      },
    });
    await send('{"id":1}\nnot json', ndjson, services);
    expect(kept).toEqual(['{"id":1}', 'not json']);
  });
});

describe('what is refused as a whole', () => {
  test('JSON that breaks off, with line and column', async () => {
    const { status, body } = await send('[{"id":"a"},\n {"id" "b"}]');
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'not_json', where: 'body, line 2, column 8' });
  });

  test.each(['', '"text"', '7', 'null', '[]', '   '])('a body of %j holds no post', async (payload) => {
    const { status, body } = await send(payload);
    expect(status).toBe(400);
    expect(body.error.message).not.toBe('');
  });

  test('a missing and an unknown token get 401 and the remedy, whatever the body', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer wrong', `Basic ${TOKEN}`]) {
      const { status, body, headers, services } = await send('{"id":', { headers: { authorization } });
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toBe('Bearer');
      expect(body.error.message).toContain('wenbida token add');
      expect(services.seen).toEqual([]);
      await app?.close();
    }
  });

  test('the token is also taken from api-token', async () => {
    const { status } = await send('{"id":"a"}', { headers: { authorization: '', 'api-token': TOKEN } });
    expect(status).toBe(200);
  });

  test('a content type other than the two gets 415 and says which', async () => {
    for (const type of ['text/plain', 'text/csv', 'multipart/form-data; boundary=x']) {
      const { status, body } = await send('id,text', { type });
      expect(status).toBe(415);
      expect(body.error.message).toContain('application/x-ndjson');
      await app?.close();
    }
  });

  test('more rows than the cap get 413, in both forms', async () => {
    const rows = new Array<string>(MAX_ROWS + 1).fill('{}');
    expect((await send(`[${rows.join(',')}]`)).status).toBe(413);
    await app?.close();
    expect((await send(rows.join('\n'), ndjson)).status).toBe(413);
  });

  test('a full disk is 507 with a time to come back', async () => {
    const services = fakeServices({ intake: { accept: () => Promise.reject(new InboxFull('disk')) } });
    const { status, headers, body } = await send('{"id":"a"}', {}, services);
    expect(status).toBe(507);
    expect(headers['retry-after']).toBe('30');
    expect(body.error.code).toBe('inbox_full');
  });
});

describe('size and compression', () => {
  test('gzip is inflated, in several members too', async () => {
    const payload = Buffer.concat([gzipSync('{"id":"a"}\n'), gzipSync('{"id":"b"}\n')]);
    const { body } = await send(payload, { ...ndjson, headers: { 'content-encoding': 'gzip' } });
    expect(body.accepted).toBe(2);
  });

  test('other encodings get 415', async () => {
    for (const encoding of ['br', 'deflate', 'zstd', 'gzip, gzip']) {
      const { status } = await send(brotliCompressSync('{"id":"a"}'), { headers: { 'content-encoding': encoding } });
      expect(status).toBe(415);
      await app?.close();
    }
  });

  test('gzip that is cut off or none at all gets 400', async () => {
    const whole = gzipSync(JSON.stringify({ id: 'a', text: '停水'.repeat(1000) }));
    for (const payload of [whole.subarray(0, whole.length - 12), Buffer.from('{"id":"a"}')]) {
      const { status, body } = await send(payload, { headers: { 'content-encoding': 'gzip' } });
      expect(status).toBe(400);
      expect(body.error.code).toBe('broken_gzip');
      await app?.close();
    }
  });

  test('a body of exactly the limit is read, one byte more is not', async () => {
    const row = '{"id":"a"}';
    const full = row + ' '.repeat(MAX_BODY - row.length);
    expect((await send(full)).status).toBe(200);
    await app?.close();
    expect((await send(`${full} `)).status).toBe(413);
  });

  test('a gzip bomb of 2 GB is refused, and memory does not grow by what it would hold', async () => {
    const block = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32), { level: 9 });
    const bomb = Buffer.concat(new Array<Buffer>(32).fill(block));
    expect(bomb.length).toBeLessThan(MAX_BODY);
    const before = process.memoryUsage.rss();
    const { status, body } = await send(bomb, { headers: { 'content-encoding': 'gzip' } });
    expect(status).toBe(413);
    expect(body.error.code).toBe('too_large');
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
  });

  test('over a real connection, a body without length is cut at the limit', async () => {
    app = await anHttpApp();
    const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    const status = await new Promise<number | string>((resolve) => {
      const post = request(
        {
          host: '127.0.0.1',
          port: address.port,
          method: 'POST',
          path: '/api/v1/posts',
          headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/x-ndjson' },
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      // A server that stops reading may reset the connection while the sender is still writing.
      post.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
      const block = Buffer.alloc(1024 * 1024, 32);
      for (let at = 0; at < 12; at += 1) post.write(block);
      post.end();
    });
    expect(status).toBe(413);
  });
});
