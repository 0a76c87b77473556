import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SourceFault } from '../../../pipelines/0-source/bytes.ts';
import { csvOf, readFile, write, writeSqlite } from '../../seeds/source-files.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-lists-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('TrendRadar', () => {
  const columns = [
    ...['id', 'title', 'platform_id', 'rank', 'url', 'mobile_url'],
    ...['first_crawl_time', 'last_crawl_time', 'crawl_count'],
  ];
  const tables = {
    news_items: {
      columns,
      rows: [
        [1, '东关停水第三天', 'weibo', 3, 'https://s.weibo.com/weibo?q=1', '', '09:30', '11-00', 4],
        [2, '东关停水第三天', 'zhihu', 7, 'https://zhihu.com.evil.example/1', '', '10:00', '10:30', 1],
      ],
    },
    platforms: { columns: ['id', 'name'], rows: [['weibo', '微博']] },
  };

  test('the day is the name of the file; times are of hours and minutes, written with a colon or a dash', async () => {
    const { detected, posts, ignored, rows } = await readFile(writeSqlite(dir, '2026-11-20.db', tables));
    expect(detected).toMatchObject({ format: 'trendradar', confidence: 0.95 });
    expect(posts[0]).toMatchObject({
      ...{ kind: 'hotlist', platform: 'hot-weibo', text: '东关停水第三天', url: 'https://s.weibo.com/weibo?q=1' },
      ...{ time: Date.parse('2026-11-20T01:30:00Z'), seenAt: Date.parse('2026-11-20T03:00:00Z') },
    });
    expect(ignored).toEqual(['platforms']);
    expect(rows[0]?.repairs).toContain('time-from-source');
  });

  test("a link that leads elsewhere than the list's own site is dropped, and it is said", async () => {
    const { posts, rows } = await readFile(join(dir, '2026-11-20.db'));
    expect(posts[1]?.url).toBeUndefined();
    expect(rows[1]?.repairs).toContain('url-dropped');
  });

  test('without a day in its name every row is refused with the remedy', async () => {
    const { rows } = await readFile(writeSqlite(dir, 'copy.db', tables));
    expect(rows.map(({ because }) => because?.includes('保留原文件名'))).toEqual([true, true]);
  });

  test('feeds of a day are articles with their own time', async () => {
    const path = writeSqlite(dir, 'rss/2026-11-20.db', {
      rss_items: {
        columns: ['id', 'title', 'feed_id', 'url', 'published_at', 'summary', 'first_crawl_time'],
        rows: [
          [1, '停水通知', 'gov', 'https://a.example/1', '2026-11-20T08:00:00+08:00', '<p>今晚停水</p>', '09:30'],
          [2, '没有日期的通知', 'gov', 'https://a.example/2', '', '', '09:30'],
        ],
      },
    });
    const { posts, rows } = await readFile(path);
    expect(posts.map(({ kind, text, time }) => [kind, text, time])).toEqual([
      ['article', '今晚停水', Date.parse('2026-11-20T00:00:00Z')],
      ['article', '没有日期的通知', Date.parse('2026-11-20T01:30:00Z')],
    ]);
    expect(rows[1]?.repairs).toContain('time-from-source');
  });
});

describe('newsnow', () => {
  const answer = (more: object): string =>
    JSON.stringify({
      status: 'success',
      ...more,
      items: [
        { id: 'a', title: '东关停水', url: 'https://s.weibo.com/1', mobileUrl: '', extra: {} },
        { id: 'b', title: '' },
      ],
    });

  test('a list at its own moment; a line without a title is refused', async () => {
    const path = write(dir, 'list.json', answer({ id: 'weibo', updatedTime: 1_795_000_000_000 }));
    const { detected, posts, rows } = await readFile(path);
    expect(detected?.format).toBe('hotlist');
    expect(posts[0]).toMatchObject({ kind: 'hotlist', platform: 'hot-weibo', time: 1_795_000_000_000 });
    expect(rows[1]?.because).toContain('没有标题');
  });

  test('without a moment of its own the name of the file or --seen says it, else it is refused', async () => {
    const named = await readFile(write(dir, 'zhihu-2026-11-20.json', answer({})), { until: 0 });
    expect(named.posts[0]).toMatchObject({ platform: 'hot-zhihu', time: Date.parse('2026-11-19T16:00:00Z') });
    const plain = write(dir, 'weibo.json', answer({}));
    expect((await readFile(plain, { seen: 1_795_000_000_000 })).posts[0]?.time).toBe(1_795_000_000_000);
    expect((await readFile(plain)).rows[0]?.because).toContain('--seen');
  });

  test('the same title on a list is one post a day, read as often as you like', async () => {
    const at = async (time: number): Promise<string | undefined> =>
      (await readFile(write(dir, 'again.json', answer({ id: 'weibo', updatedTime: time })))).posts[0]?.nativeId;
    expect(await at(1_795_000_000_000)).toBe(await at(1_795_000_600_000));
    expect(await at(1_795_000_000_000)).not.toBe(await at(1_795_086_400_000));
  });
});

describe('MindSpider', () => {
  test('daily_news is a hot list; a day without a moment is its midnight', async () => {
    const columns = ['id', 'news_id', 'source_platform', 'title', 'url', 'crawl_date', 'rank_position', 'add_ts'];
    const path = write(
      dir,
      'daily_news.csv',
      csvOf(
        columns,
        [1, 'weibo_1', 'weibo', '东关停水', 'https://a.example', '2026-11-20', 3, 1_795_000_000],
        [2, 'weibo_2', 'weibo', '路灯', '', '2026-11-20', 4, ''],
      ),
    );
    const { detected, posts, rows } = await readFile(path);
    expect(detected?.format).toBe('mindspider');
    expect(posts.map(({ kind, nativeId }) => [kind, nativeId])).toEqual([
      ['hotlist', 'weibo_1@2026-11-20'],
      ['hotlist', 'weibo_2@2026-11-20'],
    ]);
    expect(rows[1]?.repairs).toEqual(expect.arrayContaining(['time-from-source', 'day-only']));
  });

  test('its posts are in the old tables of MediaCrawler with two columns more; Navicat wraps them in RECORDS', async () => {
    const record = {
      ...{
        id: 1,
        user_id: '7',
        nickname: '某人',
        ip_location: '河南',
        note_id: '501',
        content: '停水',
        create_time: 1_795_000_000,
      },
      ...{ liked_count: '1', comments_count: '2', shared_count: '3', topic_id: 't', crawling_task_id: 'c' },
    };
    const { detected, posts } = await readFile(write(dir, 'weibo_note.json', JSON.stringify({ RECORDS: [record] })));
    expect(detected?.format).toBe('mindspider');
    expect(posts[0]).toMatchObject({
      platform: 'weibo',
      nativeId: '501',
      hints: { province: '河南' },
      author: { key: '7' },
    });
  });

  test('topics that a model wrote are no posts', async () => {
    const path = write(
      dir,
      'daily_topics.csv',
      csvOf(['topic_id', 'topic_name', 'topic_description'], ['1', '停水', '说明']),
    );
    await expect(readFile(path)).rejects.toThrow(SourceFault);
  });
});

describe('feeds', () => {
  const item =
    '<title>停水 &amp; 通知</title><link>/n/1</link><description>&lt;p&gt;今晚&lt;b&gt;停水&lt;/b&gt;&lt;/p&gt;</description>';
  const rss = (inside: string): string =>
    `<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>东关</title><link>https://gov.example/</link>${inside}</channel></rss>`;

  test('RSS: markup is taken out, relative links are completed, dates are of RFC 822', async () => {
    const dated = `<item>${item}<pubDate>Fri, 20 Nov 2026 21:03:05 +0800</pubDate></item>`;
    const { detected, posts, rows } = await readFile(write(dir, 'rss.xml', rss(dated)));
    expect(detected?.format).toBe('rss');
    expect(posts[0]).toMatchObject({
      ...{ kind: 'article', platform: 'rss-gov.example', title: '停水 & 通知', text: '今晚停水' },
      ...{
        url: 'https://gov.example/n/1',
        time: Date.parse('2026-11-20T13:03:05Z'),
        nativeId: 'https://gov.example/n/1',
      },
    });
    expect(rows[0]?.repairs).toEqual(['url-completed', 'markup-removed']);
  });

  test('an item without a date takes the moment it was seen, where that is known, and is refused where not', async () => {
    const path = write(dir, 'undated.xml', rss(`<item>${item}</item>`));
    expect((await readFile(path)).rows[0]?.because).toContain('缺少 time');
    const seen = await readFile(path, { seen: 1_795_000_000_000 });
    expect(seen.posts[0]?.time).toBe(1_795_000_000_000);
    expect(seen.rows[0]?.repairs).toContain('time-from-source');
  });

  test('Atom and JSON Feed', async () => {
    const atom =
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>东关</title><entry><id>e1</id><title>停水</title>' +
      '<link href="https://a.example/e1"/><updated>2026-11-20T13:03:05Z</updated><content type="html">&lt;p&gt;今晚&lt;/p&gt;</content></entry></feed>';
    expect((await readFile(write(dir, 'atom.xml', atom))).posts[0]).toMatchObject({
      nativeId: 'e1',
      text: '今晚',
      title: '停水',
    });
    const json = JSON.stringify({
      ...{ version: 'https://jsonfeed.org/version/1.1', title: '东关' },
      items: [
        { id: '1', content_text: '停水', url: 'https://a.example/1', date_published: '2026-11-20T21:03:05+08:00' },
      ],
    });
    expect((await readFile(write(dir, 'feed.json', json))).posts[0]).toMatchObject({ nativeId: '1', text: '停水' });
  });

  test('a feed without items has none; a page and other XML are one sentence', async () => {
    expect((await readFile(write(dir, 'empty.xml', rss('')))).rows).toEqual([]);
    await expect(readFile(write(dir, 'page.xml', '<!DOCTYPE html><html><body>502</body></html>'))).rejects.toThrow(
      /网页/,
    );
    await expect(readFile(write(dir, 'other.xml', '<note><to>x</to></note>'))).rejects.toThrow(/RSS/);
  });
});
