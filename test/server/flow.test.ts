import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Alert } from '../../pipelines/domain/alert.ts';
import { EVERYTHING } from '../../pipelines/domain/person.ts';
import type { FoldedPost, Post, PostId, UnderstoodPost } from '../../pipelines/domain/post.ts';
import { FoldIndex } from '../../pipelines/1-intake/fold.ts';
import { Detector } from '../../pipelines/4-watch/detect.ts';
import { PulseCounter } from '../../pipelines/4-watch/pulse.ts';
import { StoreUnavailable, type PostStore } from '../../pipelines/ports/post-store.ts';
import { openDesk } from '../../server/adapters/desk/sqlite-desk.ts';
import { postIdOf } from '../../server/adapters/inbox/post-id.ts';
import { openInbox } from '../../server/adapters/inbox/sqlite-inbox.ts';
import { Flow } from '../../server/flow.ts';
import { aPost, codesAsNames, MINUTE, MONDAY } from '../seeds/posts.ts';

/** A store that can be told to be down, and remembers what it was given. */
function aStore(): PostStore & { down: boolean; readonly kept: Map<PostId, FoldedPost> } {
  const kept = new Map<PostId, FoldedPost>();
  const store = {
    name: 'memory',
    down: false,
    kept,
    open: () => (store.down ? Promise.reject(new StoreUnavailable('refused')) : Promise.resolve()),
    amend: () => Promise.resolve([]),
    save(posts: readonly FoldedPost[]) {
      if (store.down) return Promise.reject(new StoreUnavailable('refused'));
      for (const post of posts) kept.set(post.id, post);
      return Promise.resolve([]);
    },
    find: () => Promise.resolve({ posts: [], total: 0, atLeast: false }),
    histogram: () => Promise.resolve([]),
    tally: () => Promise.resolve([]),
    count: () => Promise.resolve(kept.size),
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return store;
}

/** Understands by what the text says: “走失” is a plea in 嵩县, everything else is talk in 西工区. */
const understand = (posts: readonly Post[]): Promise<UnderstoodPost[]> =>
  Promise.resolve(
    posts.map((post) => {
      const lost = post.text.includes('走失');
      const { group: _group, ...seed } = aPost({
        ...post,
        words: post.text,
        at: lost ? '410325' : '410303',
        need: lost ? '求助' : null,
        lifeAtRisk: lost,
      });
      return seed;
    }),
  );

function aDeployment(dir: string, store = aStore()) {
  const inbox = openInbox(join(dir, 'inbox.sqlite'));
  const desk = openDesk(join(dir, 'desk.sqlite'));
  const alerts: Alert[] = [];
  const flow = new Flow({
    inbox,
    desk,
    store,
    stamp: 'test',
    folds: new FoldIndex(1000),
    detector: new Detector({ names: codesAsNames }),
    pulse: new PulseCounter(),
    clock: { now: () => MONDAY },
    understand,
    suggest: (incident) => ({
      id: incident.id,
      first: 'station',
      outside: null,
      then: [],
      clock: { rule: 'test', minutes: 15 },
      because: [],
    }),
    idOf: postIdOf,
    onAlert: (alert) => alerts.push(alert),
    onIncident: () => undefined,
    log: { info: () => undefined, warn: () => undefined },
    batch: 8,
    pollMs: 5,
  });
  return { inbox, desk, flow, alerts, store };
}

const talk = (n: number): Post => {
  const { id, platform, nativeId, kind, text, time, seenAt, source } = aPost({
    id: postIdOf('test', `t${n}`),
    text: `第 ${n} 个人在 ${n % 7} 号街上说了自己的 ${n * 37} 件小事`,
    time: MONDAY + n * MINUTE,
  });
  return { id, platform, nativeId, kind, text, time, seenAt, source };
};
const plea = (n: number): Post => ({
  ...talk(n),
  id: postIdOf('test', `plea${n}`),
  text: `求助扩散：家里老人第 ${n} 天走失，至今电话打不通，看到的请马上联系我们一家`,
});

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('the flow', () => {
  test('brings accepted posts to the store and raises the alert once', async () => {
    const { inbox, flow, alerts, store, desk } = aDeployment(mkdtempSync(join(tmpdir(), 'flow-')));
    await inbox.append([...Array.from({ length: 30 }, (_, n) => talk(n)), plea(31)]);
    flow.start();
    await flow.drained();
    await flow.stop();
    expect(store.kept.size).toBe(31);
    expect(alerts.map((alert) => [alert.seq, alert.suggestion.first])).toEqual([[1, 'station']]);
    expect(desk.incidents({ scope: EVERYTHING })[0]).toMatchObject({ kind: '求助', region: '410325' });
  });

  test('goes on alerting while the store is down, and catches up by itself', async () => {
    const store = aStore();
    store.down = true;
    const { inbox, flow, alerts } = aDeployment(mkdtempSync(join(tmpdir(), 'flow-')), store);
    flow.start();
    await inbox.append([...Array.from({ length: 40 }, (_, n) => talk(n)), plea(41)]);
    await until(() => alerts.length === 1);
    expect(flow.storeOk).toBe(false);
    expect(flow.lag()).toEqual({ watch: 0, index: 41 });
    store.down = false;
    await flow.drained();
    expect(flow.storeOk).toBe(true);
    expect(store.kept.size).toBe(41);
    await flow.stop();
  });

  test('after a kill it reads on from its snapshot and alerts nobody twice', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'flow-'));
    const first = aDeployment(dir);
    await first.inbox.append([...Array.from({ length: 20 }, (_, n) => talk(n)), plea(21)]);
    first.flow.start();
    await first.flow.drained();
    // Killed here: no stop, no snapshot. What was watched since the last snapshot is watched again.
    expect(first.alerts).toHaveLength(1);
    const second = aDeployment(dir, first.store);
    await second.inbox.append([plea(60)]);
    second.flow.start();
    await second.flow.drained();
    expect(second.alerts).toHaveLength(0);
    expect(second.desk.alerts({ scope: EVERYTHING, after: 0, limit: 10, regions: [] })).toHaveLength(1);
    expect(second.desk.incidents({ scope: EVERYTHING })).toHaveLength(1);
    expect(second.desk.incidents({ scope: EVERYTHING })[0]!.copies).toBe(2);
    await second.flow.stop();
    await first.flow.stop();
  });

  test('a text that was folded before a clean restart is still known as a copy', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'flow-'));
    const first = aDeployment(dir);
    await first.inbox.append([talk(1), plea(2)]);
    first.flow.start();
    await first.flow.drained();
    await first.flow.stop();
    const second = aDeployment(dir, first.store);
    await second.inbox.append([{ ...plea(2), id: postIdOf('test', 'pasted') }]);
    second.flow.start();
    await second.flow.drained();
    expect(second.store.kept.get(postIdOf('test', 'pasted'))!.group).toBe(postIdOf('test', 'plea2'));
    await second.flow.stop();
  });
});
