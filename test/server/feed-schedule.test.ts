import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FeedAnswer, FeedFetch } from '../../pipelines/ports/feed-fetch.ts';
import { InboxFull } from '../../pipelines/ports/inbox.ts';
import { namedHosts } from '../../server/adapters/outbound/address.ts';
import { feedFetcher } from '../../server/adapters/feed-fetch/fetch-feed.ts';
import { FeedSchedule } from '../../server/feed-schedule.ts';
import { openFrontDoor, type FrontDoor } from '../../server/front-door.ts';
import { noticeSilence } from '../../server/jobs/notice-silence.ts';
import { feedReceiver, rssOf } from '../seeds/feed-receiver.ts';

const MINUTE = 60_000;
const NAME = '县府通知';
const URL_ = 'https://gov.example/rss.xml?key=secret';

let dir: string;
let now: number;
let front: FrontDoor;
let troubles: Map<string, string>;
let woken: number;
const clock = { now: () => now };
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-feeds-'));
  now = Date.parse('2026-11-20T14:00:00Z');
  front = openFrontDoor(dir, clock);
  woken = 0;
  troubles = new Map();
});
afterEach(async () => {
  await front.close();
  rmSync(dir, { recursive: true, force: true });
});

const add = (place = URL_): void =>
  void front.door.book.add({
    ...{ name: NAME, way: 'feed', place, everyMs: 15 * MINUTE, caps: [], createdAt: now, paused: false },
  });
const scheduleOf = (fetch: FeedFetch): FeedSchedule =>
  new FeedSchedule({
    ...{ clock, fetch, troubles, book: front.door.book, marks: front.door.feeds },
    accept: (...given) => front.intake.accept(...given),
    wake: () => void woken++,
    lookMs: 3_600_000,
  });
const bodyOf = (text: string, etag?: string): FeedAnswer => ({
  kind: 'body',
  body: Buffer.from(text),
  ...(etag !== undefined && { etag }),
});
/** A fetch that gives these answers in turn, and what it was asked. */
function answering(...answers: readonly FeedAnswer[]): { fetch: FeedFetch; asked: (string | undefined)[] } {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    fetch: (_url, { etag }) => {
      const answer = answers[asked.length];
      asked.push(etag);
      if (answer === undefined) throw new Error('was not to be asked again');
      return Promise.resolve(answer);
    },
  };
}
const tally = () => front.inbox.tally().find(({ name }) => name === NAME);
async function reopen(): Promise<void> {
  await front.close();
  front = openFrontDoor(dir, clock);
}

describe('a feed on a schedule', () => {
  test('nothing is asked where no feed was added, and nothing of one that is paused', async () => {
    const { fetch, asked } = answering();
    await scheduleOf(fetch).round();
    add();
    front.door.book.change(NAME, { paused: true });
    await scheduleOf(fetch).round();
    expect(asked).toEqual([]);
  });

  test('is asked when it is due and not before, over a restart too, with the mark it gave; no row is taken twice', async () => {
    add();
    const { fetch, asked } = answering(bodyOf(rssOf(1, 2), '"v1"'), { kind: 'unchanged' }, bodyOf(rssOf(2, 3), '"v2"'));
    await scheduleOf(fetch).round();
    expect(tally()).toMatchObject({ accepted: 2, duplicate: 0, rejected: 0 });
    expect(woken).toBe(1);
    now += 14 * MINUTE;
    await reopen();
    await scheduleOf(fetch).round();
    expect(asked).toEqual([undefined]);
    now += MINUTE;
    await reopen();
    await scheduleOf(fetch).round();
    now += 15 * MINUTE;
    await scheduleOf(fetch).round();
    expect(asked).toEqual([undefined, '"v1"', '"v1"']);
    expect(tally()).toMatchObject({ accepted: 3, duplicate: 1 });
    expect(front.door.feeds.get(NAME)).toEqual({ url: URL_, etag: '"v2"', nextAt: now + 15 * MINUTE, failures: 0 });
  });

  test('broken XML loses nothing: the old mark stays, it is said, and all rows come once it is mended', async () => {
    add();
    const broken = rssOf(1, 2, 3);
    const { fetch, asked } = answering(
      bodyOf(rssOf(1), '"v1"'),
      bodyOf(broken.slice(0, broken.length - 90), '"v2"'),
      bodyOf('<!DOCTYPE html><html><body>502</body></html>', '"v3"'),
      bodyOf(broken, '"v4"'),
    );
    const schedule = scheduleOf(fetch);
    await schedule.round();
    for (const said of [/RSS/, /网页/]) {
      now += 40 * MINUTE;
      await schedule.round();
      expect(troubles.get(NAME)).toMatch(said);
      expect(troubles.get(NAME)).not.toContain('secret');
    }
    now += 40 * MINUTE;
    await schedule.round();
    expect(asked).toEqual([undefined, '"v1"', '"v1"', '"v1"']);
    expect(tally()).toMatchObject({ accepted: 3, duplicate: 1, rejected: 0 });
    expect(troubles.size).toBe(0);
  });

  test('an item that cannot be taken is a letter, once, and the others go in', async () => {
    add();
    const bad = rssOf(1, 2).replace('<description>今晚第2片停水</description>', '').replace('停水通知2', '');
    const { fetch } = answering(bodyOf(bad), bodyOf(bad));
    const schedule = scheduleOf(fetch);
    await schedule.round();
    now += 15 * MINUTE;
    await schedule.round();
    expect(tally()).toMatchObject({ accepted: 1, duplicate: 1, rejected: 2 });
    expect(front.inbox.letters.list({ limit: 9 })).toMatchObject([{ source: NAME, row: 2, times: 2 }]);
  });

  test('that fails is asked later and later, up to six hours, and the trouble is known after a restart', async () => {
    add();
    const failed: FeedAnswer = { kind: 'failed', because: '对方答 500' };
    const { fetch } = answering(...Array.from({ length: 8 }, () => failed));
    const waits: number[] = [];
    for (let turn = 0; turn < 8; turn++) {
      await scheduleOf(fetch).round();
      const next = front.door.feeds.get(NAME)?.nextAt ?? 0;
      waits.push((next - now) / MINUTE);
      now = next;
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 360, 360, 360]);
    now -= 1;
    await reopen();
    troubles.clear();
    const again = scheduleOf(fetch);
    again.start();
    await again.stop();
    expect(troubles.get(NAME)).toBe('对方答 500');
  });

  test('is left alone as long as the other side asks, at most a day', async () => {
    add();
    const { fetch } = answering(
      { kind: 'failed', because: '对方答 429', retryAfterMs: 50 * MINUTE },
      { kind: 'failed', because: '对方答 429', retryAfterMs: 1e12 },
    );
    await scheduleOf(fetch).round();
    expect(front.door.feeds.get(NAME)?.nextAt).toBe(now + 50 * MINUTE);
    now += 50 * MINUTE;
    await scheduleOf(fetch).round();
    expect(front.door.feeds.get(NAME)?.nextAt).toBe(now + 24 * 60 * MINUTE);
  });

  test('without news is not silent; one that fails for twice its interval is', async () => {
    add();
    const { fetch } = answering(
      bodyOf(rssOf(1), '"v1"'),
      ...Array.from({ length: 8 }, () => ({ kind: 'unchanged' as const })),
      ...Array.from({ length: 3 }, () => ({ kind: 'failed' as const, because: '对方答 500' })),
    );
    const schedule = scheduleOf(fetch);
    const since = now;
    const silent = () => noticeSilence({ book: front.door.book, now, since }).map(({ source }) => source);
    for (let turn = 0; turn < 9; turn++) {
      await schedule.round();
      now += 15 * MINUTE;
      expect(silent()).toEqual([]);
    }
    await schedule.round();
    now += 15 * MINUTE;
    expect(silent()).toEqual([NAME]);
  });

  test('under a new address starts anew; removed while it was asked it leaves nothing behind', async () => {
    add();
    const first = answering(bodyOf(rssOf(1), '"v1"'), bodyOf(rssOf(2), '"w1"'));
    const schedule = scheduleOf(first.fetch);
    await schedule.round();
    front.door.book.change(NAME, { place: 'https://gov.example/other.xml' });
    await schedule.round();
    expect(first.asked).toEqual([undefined, undefined]);
    now += 15 * MINUTE;
    await scheduleOf(() => {
      front.door.book.remove(NAME);
      return Promise.resolve(bodyOf(rssOf(9)));
    }).round();
    expect(tally()).toMatchObject({ accepted: 2 });
    expect([front.door.feeds.get(NAME), front.door.book.list()]).toEqual([undefined, []]);
  });

  test('on a full disk waits with its old mark instead of asking again at once', async () => {
    add();
    const { fetch } = answering(bodyOf(rssOf(1), '"v1"'), bodyOf(rssOf(1), '"v1"'));
    let full = true;
    const schedule = new FeedSchedule({
      ...{ clock, fetch, troubles, book: front.door.book, marks: front.door.feeds, wake: () => undefined },
      accept: (...given) => (full ? Promise.reject(new InboxFull('磁盘已满')) : front.intake.accept(...given)),
    });
    await schedule.round();
    await schedule.round();
    expect(troubles.get(NAME)).toBe('磁盘已满');
    expect(front.door.feeds.get(NAME)?.etag).toBeUndefined();
    full = false;
    now += 15 * MINUTE;
    await schedule.round();
    expect(tally()).toMatchObject({ accepted: 1 });
    expect(troubles.size).toBe(0);
  });

  test('also brings hot lists, at the moment they were seen', async () => {
    add('https://news.example/api/s?id=weibo');
    const list = {
      status: 'success',
      id: 'weibo',
      items: [{ id: 'a', title: '东关停水', url: 'https://s.weibo.com/1' }],
    };
    await scheduleOf(answering(bodyOf(JSON.stringify(list))).fetch).round();
    const [row] = front.inbox.read(0, 9);
    expect(row?.post).toMatchObject({ kind: 'hotlist', platform: 'hot-weibo', text: '东关停水', source: NAME });
    expect(row?.post.time).toBe(now);
  });

  test('is fetched over a real connection, and stopping does not wait for a slow one', async () => {
    const receiver = await feedReceiver();
    try {
      receiver.answer = ({ headers }, response) => {
        if (headers['if-none-match'] === '"v1"') response.write('<rss>');
        else response.writeHead(200, { etag: '"v1"' }).end(rssOf(1, 2));
      };
      add(`http://feed.example:${receiver.port}/rss.xml`);
      const schedule = scheduleOf(
        feedFetcher({
          ...{ clock, named: namedHosts('feed.example'), mostBytes: 1_000_000, withinMs: 3_600_000 },
          resolve: () => Promise.resolve(['127.0.0.1']),
        }),
      );
      await schedule.round();
      expect(tally()).toMatchObject({ accepted: 2 });
      now += 15 * MINUTE;
      const kept = front.door.feeds.get(NAME);
      const slow = new Promise<void>((resolve) => {
        const { answer } = receiver;
        receiver.answer = (...given) => {
          answer(...given);
          resolve();
        };
      });
      schedule.start();
      await slow;
      await schedule.stop();
      expect(front.door.feeds.get(NAME)).toEqual(kept);
    } finally {
      await receiver.close();
    }
  });
});
