import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import type { Inbox } from '../../pipelines/ports/inbox.ts';
import { openInbox } from '../../server/adapters/inbox/sqlite-inbox.ts';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { openPseudonyms } from '../../server/adapters/secrets/pseudonyms.ts';
import type { ErrorBody, IngestAnswer } from '../../server/contract/http.ts';
import { createIntake } from '../../server/intake.ts';
import { anHttpApp, TOKEN } from '../seeds/http.ts';
import { fakeServices } from '../seeds/services.ts';

const NOW = Date.parse('2026-11-20T21:00:00+08:00');
const BATCH = 40;

let dir: string;
let inbox: Inbox;
let app: FastifyInstance;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fault-disk-'));
  // SQLite's own limit answers as a full disk does, from the same place and with the same code.
  inbox = openInbox(join(dir, 'inbox.sqlite'), { maxBytes: 400_000 });
  const intake = createIntake({ inbox, keyed: openPseudonyms(dir, systemClock).keyed, clock: { now: () => NOW } });
  app = await anHttpApp({ services: { ...fakeServices(), intake } });
});
afterAll(async () => {
  await app.close();
  await inbox.close();
  rmSync(dir, { recursive: true, force: true });
});

const batchOf = (number: number): string =>
  Array.from({ length: BATCH }, (_, at) =>
    JSON.stringify({ id: `${number}-${at}`, text: `第 ${number} 批第 ${at} 户说今天又停水了，`.repeat(20), time: NOW }),
  ).join('\n');

const post = (body: string) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/posts',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${TOKEN}` },
    payload: body,
  });

test('a disk that takes no more is said with 507 and when to come back, nothing is half accepted, and it goes on after', async () => {
  let number = 0;
  let answer = await post(batchOf(number));
  while (answer.statusCode === 200) {
    expect(answer.json<IngestAnswer>().accepted).toBe(BATCH);
    answer = await post(batchOf(++number));
  }
  expect(number).toBeGreaterThan(1);
  expect(answer.statusCode).toBe(507);
  expect(answer.headers['retry-after']).toBe('30');
  expect(answer.json<ErrorBody>().error).toMatchObject({ code: 'inbox_full' });

  const stored = inbox.read(0, 100_000).map(({ post: { nativeId } }) => nativeId);
  expect(stored).toHaveLength(number * BATCH);
  expect(stored.filter((id) => id.startsWith(`${number}-`))).toEqual([]);
  expect(inbox.tally()[0]?.accepted).toBe(number * BATCH);

  // What makes room in a deployment: both consumers pass, and the rows leave.
  for (const consumer of ['watch', 'index'] as const) inbox.pass(consumer, inbox.last());
  const again = await post(batchOf(number));
  expect(again.statusCode).toBe(200);
  expect(again.json<IngestAnswer>()).toMatchObject({ accepted: BATCH, duplicate: 0, rejected: 0 });
});

test('a refused row that can not be kept is not answered as accepted with the rest', async () => {
  let number = 1000;
  let answer = await post(batchOf(number));
  while (answer.statusCode === 200) answer = await post(batchOf(++number));
  // Small enough for what is left of the file, but its dead letter is not.
  const broken = `{"id":"broken","text":"${'坏'.repeat(20_000)}`;
  const mixed = await post(`{"id":"small","text":"停水","time":${NOW}}\n${broken}`);
  expect(mixed.statusCode).toBe(507);
  expect(inbox.read(0, 100_000).some(({ post: { nativeId } }) => nativeId === 'small')).toBe(false);
});
