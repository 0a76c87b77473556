import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IngestAnswer } from '../../server/contract/http.ts';
import { startStub, type StubElasticsearch } from '../elasticsearch/stub.ts';
import {
  EVENING,
  everydayTalk,
  MINUTE,
  runApp,
  until,
  type RunningApp,
  type ScreenSeen,
} from '../stories/running-app.ts';

const TALK = 240;
const LOST = {
  id: 'lost',
  text: '求助！我家老人今天在嵩县车村镇走失，穿灰色外套，说不清家在哪里，看到的请马上打电话联系我们，求扩散',
  at: EVENING + MINUTE,
};
const STRANDED = {
  id: 'stranded',
  text: '救命，我弟弟在宜阳县韩城镇河滩被困，水涨上来了，人站在石头上下不来，谁能快来帮忙，请联系消防',
  at: EVENING + 5 * MINUTE,
};
const ASKING = { id: 'asking', text: '洛宁县明天的集还开不开，想去买两棵柿子树', at: EVENING + 9 * MINUTE };

/** A port nobody listens on just now. */
async function aClosedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

let dir: string;
let port: number;
let running: RunningApp;
let stub: StubElasticsearch | undefined;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fault-store-'));
  port = await aClosedPort();
  running = await runApp({ dir, env: { ELASTICSEARCH_URL: `http://127.0.0.1:${port}` } });
});
afterAll(async () => {
  await running.close();
  await stub?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Every accepted post is in the store once, in one index. */
function expectEachOnce({ documents }: StubElasticsearch, accepted: readonly IngestAnswer[]): void {
  expect(documents.size).toBe(accepted.reduce((sum, answer) => sum + answer.accepted, 0));
  expect(new Set([...documents.values()].map(({ index }) => index)).size).toBe(1);
}

/** Tests of one evening: each begins where the one before it ended. */
describe('Elasticsearch is away', () => {
  let screen: ScreenSeen;
  const answers: IngestAnswer[] = [];

  test('at the start: posts are taken, the alert reaches the screen, and health says how far indexing is behind', async () => {
    screen = await running.screen(0);
    answers.push(await running.post(everydayTalk(TALK)));
    answers.push(await running.post([LOST]));
    expect(answers.map(({ accepted }) => accepted)).toEqual([TALK, 1]);
    await until(() => screen.alerts.length === 1);
    const health = await running.health();
    expect(health).toMatchObject({
      status: 'degraded',
      store: { name: 'elasticsearch', ok: false },
      inbox: { accepted: TALK + 1, watchLag: 0, indexLag: TALK + 1 },
    });
    expect(health.store.because).toContain('ECONNREFUSED');
    // The incident's own file opens without the store; only its posts are not there yet.
    const { incident, posts } = await running.incident(screen.alerts[0]!.incident);
    expect(incident.suggestion?.clock.minutes).toBe(15);
    expect(posts).toEqual([]);
    expect((await fetch(`${running.url}/api/v1/posts?q=${encodeURIComponent('走失')}`)).status).toBe(503);
  });

  test('when it comes, indexing catches up by itself with none lost and none doubled', async () => {
    stub = await startStub({ port });
    await running.app.flow.drained();
    expectEachOnce(stub, answers);
    await until(async () => (await running.health()).status === 'ok');
    expect(await running.health()).toMatchObject({
      store: { ok: true, posts: TALK + 1 },
      inbox: { indexLag: 0 },
    });
  });

  test('while running: health says so at once, and alerts go on', async () => {
    await stub?.stop();
    const before = await running.health();
    expect(before).toMatchObject({ status: 'degraded', store: { ok: false } });
    answers.push(await running.post([STRANDED]));
    await until(() => screen.alerts.length === 2);
    await until(async () => (await running.health()).inbox.watchLag === 0);
    expect(await running.health()).toMatchObject({ status: 'degraded', inbox: { indexLag: 1 } });
  });

  test('and when it is back, with what it had kept, it has everything once', async () => {
    stub = await startStub({ port, documents: stub!.documents });
    answers.push(
      await running.post(
        everydayTalk(40).map((post) => ({ ...post, id: `next-${post.id}`, at: post.at + 60 * MINUTE })),
      ),
    );
    await running.app.flow.drained();
    expectEachOnce(stub, answers);
    await until(async () => (await running.health()).status === 'ok');
  });

  test('an answer that is lost on its way back makes nothing double', async () => {
    stub?.faults.push('reset after', 'cut in half');
    answers.push(await running.post([ASKING]));
    await running.app.flow.drained();
    expectEachOnce(stub!, answers);
  });
});
