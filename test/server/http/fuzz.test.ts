import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ErrorBody, IngestAnswer } from '../../../server/contract/http.ts';
import { anHttpApp, TOKEN } from '../../seeds/http.ts';
import { anAlertRow, anIncidentRow, aPostRow, fakeServices } from '../../seeds/services.ts';

let app: FastifyInstance;
beforeAll(async () => {
  const services = fakeServices({ alerts: [anAlertRow()], incidents: [anIncidentRow()], posts: [aPostRow()] });
  app = await anHttpApp({ services });
});
afterAll(() => app.close());

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '-1',
    '1e400',
    'NaN',
    '9007199254740993',
    '410300',
    '停水',
    '\u202e',
    '\ud800',
    '%00',
    '../..',
    '{"$gt":1}',
    'true',
    '2026-11-23T00:00:00Z',
  ),
  fc.integer().map(String),
);
const names = fc.constantFrom(
  'q',
  'region',
  'from',
  'to',
  'platform',
  'sentiment',
  'need',
  'folded',
  'limit',
  'after',
  'state',
  '__proto__',
  'constructor',
  'x[]',
);
const query = fc
  .array(fc.tuple(names, hostile), { maxLength: 4 })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&'));
const path = fc.oneof(
  fc.constantFrom('health', 'pulse', 'sources', 'posts', 'incidents', 'incidents/incident-1', 'alerts'),
  hostile.map((id) => `incidents/${encodeURIComponent(id.toWellFormed())}`),
);

test('no query makes a read fail: it is answered, or refused in the one shape', async () => {
  await fc.assert(
    fc.asyncProperty(path, query, async (where, asked) => {
      const answer = await app.inject(`/api/v1/${where}?${asked}`);
      expect(answer.statusCode).toBeLessThan(500);
      if (answer.statusCode !== 200) expect(answer.json<ErrorBody>().error.message).toBeTypeOf('string');
    }),
    { numRuns: 500 },
  );
});

test('no body makes intake fail, and every row that was read is answered once, in order', async () => {
  const row = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('{"__proto__":1}', '[]', '\u2028', '{"id":1e400}'),
  );
  const body = fc.oneof(
    fc.array(row, { maxLength: 8 }).map((rows) => Buffer.from(rows.join('\n'))),
    fc.json().map((json) => Buffer.from(json)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  const type = fc.constantFrom(
    'application/json',
    'application/x-ndjson',
    'application/json; charset=gbk',
    'application/jsonp',
    'x',
  );
  await fc.assert(
    fc.asyncProperty(body, type, fc.constantFrom('identity', 'gzip', 'br'), async (payload, contentType, encoding) => {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/posts',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': contentType, 'content-encoding': encoding },
        payload,
      });
      expect(answer.statusCode).toBeLessThan(500);
      if (answer.statusCode !== 200) {
        expect(answer.json<ErrorBody>().error.message).toBeTypeOf('string');
        return;
      }
      const { rows, accepted, duplicate, rejected } = answer.json<IngestAnswer>();
      expect(accepted + duplicate + rejected).toBe(rows.length);
      expect(rows.every(({ row }, at) => at === 0 || row > (rows[at - 1]?.row ?? 0))).toBe(true);
    }),
    { numRuns: 500 },
  );
});
