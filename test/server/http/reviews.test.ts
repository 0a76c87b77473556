import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { StoreUnavailable } from '../../../pipelines/ports/post-store.ts';
import type { ErrorBody } from '../../../server/contract/http.ts';
import type { ReviewBody, ReviewList, ReviewRow } from '../../../server/contract/review.ts';
import { reviewRow } from '../../../server/review-views.ts';
import type { ReviewOutcome, Services } from '../../../server/services.ts';
import { anHttpApp } from '../../seeds/http.ts';
import { aCase } from '../../seeds/reviews.ts';
import { fakeServices } from '../../seeds/services.ts';

let app: FastifyInstance | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const kept: ReviewRow = reviewRow(aCase(7, { says: { need: null, duty: [] } }));
const asked: { post: string; body: ReviewBody }[] = [];
const answering = (outcome: ReviewOutcome | Error): Services['reviews'] => ({
  review: (_viewer, post, body) => {
    asked.push({ post, body });
    return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  },
  list: () => ({ total: 1, reviews: [kept], agreement: [{ head: 'need', n: 1, agreed: 0 }] }),
});
const KEPT: ReviewOutcome = { kept, marks: { review: { need: null, last: 7, at: kept.at, cases: 1 } } };

async function send(payload: unknown, headers: Record<string, string> = {}, outcome: ReviewOutcome | Error = KEPT) {
  asked.length = 0;
  app = await anHttpApp({ services: fakeServices({ reviews: answering(outcome) }) });
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/posts/p1/review',
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });
  await app.close();
  app = undefined;
  return answer;
}

describe('a review', () => {
  test('that is kept is 201 with the case and what the row shows from now on, nulls and all', async () => {
    const answer = await send({ need: null, place: null, lifeAtRisk: false, duty: [], seen: 0 });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ kept, post: { review: { need: null, last: 7, at: kept.at, cases: 1 } } });
    expect(asked).toEqual([{ post: 'p1', body: { need: null, place: null, lifeAtRisk: false, duty: [], seen: 0 } }]);
  });

  test.each([
    [{ mood: 'furious' }, 'body.mood'],
    [{ mood: null }, 'body.mood'],
    [{ lifeAtRisk: 'true' }, 'body.lifeAtRisk'],
    [{ lifeAtRisk: 1 }, 'body.lifeAtRisk'],
    [{ place: '41' }, 'body.place'],
    [{ place: 410300 }, 'body.place'],
    [{ duty: '公安' }, 'body.duty'],
    [{ duty: ['公安', '公安'] }, 'body.duty'],
    [{ duty: ['魔法'] }, 'body.duty.0'],
    [{ rumor: { finding: 'rumor' } }, 'body.rumor.finding'],
    [{ rumor: {} }, 'body.rumor.finding'],
    [{ rumor: { finding: 'confirmed-true', source: 'ab', url: 'javascript:alert(1)' } }, 'body.rumor.url'],
    [{ rumor: { finding: 'confirmed-true', source: 'ab', by: 'x' } }, 'body.rumor.by'],
    [{ refutations: [{ id: 'r1', finding: 'suggested' }] }, 'body.refutations.0.finding'],
    [{ refutations: [] }, 'body.refutations'],
    [{ comment: '' }, 'body.comment'],
    [{ comment: 'x'.repeat(1_001) }, 'body.comment'],
    [{ seen: -1, need: null }, 'body.seen'],
    [{ author: 'somebody', need: null }, 'body.author'],
    [[{ need: null }], 'body'],
    [null, 'body'],
    ['"need"', 'body'],
  ])('of %j is refused at %s, and nothing is asked of the desk', async (body, where) => {
    const answer = await send(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<ErrorBody>().error.where).toContain(where);
    expect(asked).toEqual([]);
  });

  test.each(['', '{"need":', '{"__proto__":{"need":null},"need":null}'])('of %j is refused', async (body) => {
    expect((await send(body)).statusCode).toBe(400);
    expect(asked).toEqual([]);
  });

  test('that is too large, or is no JSON by its own word, is refused before it is read', async () => {
    expect((await send({ comment: 'x'.repeat(40_000) })).statusCode).toBe(413);
    expect((await send('need=null', { 'content-type': 'text/plain' })).statusCode).toBe(415);
    expect((await send('need=null', { 'content-type': 'application/x-www-form-urlencoded' })).statusCode).toBe(415);
  });

  test.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'http://localhost:80', 'sec-fetch-site': 'same-site' }],
  ])('from a page of another site (%o) is 403', async (headers) => {
    const answer = await send({ need: null }, { ...headers });
    expect(answer.statusCode).toBe(403);
    expect(answer.json<ErrorBody>().error.code).toBe('foreign_page');
    expect(asked).toEqual([]);
  });

  test('from a page of this server, or a program, is taken', async () => {
    const page = { host: 'localhost:80', origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' };
    expect((await send({ need: null }, page)).statusCode).toBe(201);
    expect((await send({ need: null })).statusCode).toBe(201);
  });

  test('to a Host that is not this machine is 421', async () => {
    expect((await send({ need: null }, { host: 'evil.example' })).statusCode).toBe(421);
  });

  test('that somebody else forestalled is 409 with their case', async () => {
    const answer = await send({ need: null, seen: 0 }, {}, { meanwhile: kept });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ error: { code: 'reviewed_meanwhile' }, meanwhile: kept });
  });

  test('of a post that is not there is 404, of one the desk refuses 400, and with a store away 503', async () => {
    expect((await send({ need: null }, {}, { missing: true })).statusCode).toBe(404);
    const refused = await send({ need: null }, {}, { refused: { where: 'body.place', because: 'no such place' } });
    expect([refused.statusCode, refused.json<ErrorBody>().error.where]).toEqual([400, 'body.place']);
    expect((await send({ need: null }, {}, new StoreUnavailable('away'))).statusCode).toBe(503);
  });
});

test('the list gives cases and how often the machine had said the same', async () => {
  app = await anHttpApp({ services: fakeServices({ reviews: answering(KEPT) }) });
  const list = (await app.inject('/api/v1/reviews?limit=5')).json<ReviewList>();
  expect(list).toEqual({ total: 1, reviews: [kept], agreement: [{ head: 'need', n: 1, agreed: 0 }] });
  for (const query of ['?limit=0', '?limit=201', '?before=0', '?author=x'])
    expect((await app.inject(`/api/v1/reviews${query}`)).statusCode, query).toBe(400);
});
