import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseFileRow } from '../../server/contract/case-file.ts';
import type { LinkRow } from '../../server/contract/case-acts.ts';
import type { FoundPostsBody } from '../../server/contract/http.ts';
import type { ChannelIs } from '../../server/contract/notify.ts';
import { COMMENT_SLOTS } from '../../server/contract/report.ts';
import { packageRoot } from '../../server/package-root.ts';
import { feedReceiver, type FeedReceiver } from '../seeds/feed-receiver.ts';
import { hostileStrings } from '../seeds/hostile-strings.ts';
import { EVENING, HOUR, MINUTE, runApp, until, type RunningApp } from '../stories/running-app.ts';

/** An office in which everything that a stranger or a colleague can word is hostile. */
export interface HostileOffice {
  readonly running: RunningApp;
  readonly incident: string;
  /** Pages that the server writes itself: a unit's form and sheet, the public list and case. */
  readonly plain: readonly string[];
  close(): Promise<void>;
}

/** The evening of the posts. */
const NOW = EVENING + 2 * HOUR;
const WEEK = '2026-W47';
/** Where nobody listens. */
const NOBODY = '127.0.0.1:9';

export async function openHostileOffice(): Promise<HostileOffice> {
  const texts = hostileStrings();
  const dir = mkdtempSync(join(tmpdir(), 'wenbida-hostile-'));
  const accounts = join(dir, 'accounts.json');
  writeFileSync(accounts, JSON.stringify(accountsNamed(texts)));
  const feed = await feedReceiver();
  const running = await runApp({
    dir,
    now: NOW,
    env: {
      ...{ WENBIDA_PUBLIC: 'on', WENBIDA_ACCOUNTS: accounts, WENBIDA_NOTIFY_HOSTS: NOBODY },
      WENBIDA_FEED_HOSTS: `127.0.0.1:${feed.port}`,
    },
  });
  const { answer } = await running.postLines(texts.map((text, n) => lineOf(text, n)));
  if (answer.rejected > 0)
    throw new Error(
      `refused: ${JSON.stringify(answer.rows.filter(({ outcome }) => outcome === 'rejected').slice(0, 6))}`,
    );
  await running.app.flow.drained();
  await until(async () => (await running.incidents()).length > 0);
  const incidents = await running.incidents();
  const incident = incidents.find(({ suggestion }) => typeof suggestion?.first === 'string') ?? incidents[0];
  const id = incident!.id;
  const file = () => running.get<CaseFileRow>(`incidents/${id}/acts`);
  const does = async (act: object, why?: string): Promise<void> => {
    const { brief } = await file();
    const { status, body } = await running.ask(`incidents/${id}/acts`, {
      ...{ expected: brief.seq, act },
      ...(why === undefined ? {} : { why }),
    });
    if (status !== 200) throw new Error(`${JSON.stringify(act).slice(0, 200)}: ${status} ${JSON.stringify(body)}`);
  };
  const unit = incident!.suggestion?.first ?? 'ly';
  const some = (at: number): string => texts[(at * 37) % texts.length]!;
  for (let at = 0; at < 40; at++) await does({ act: 'commented', comment: `${some(at)}说` }, some(at + 40));
  await does({ act: 'assigned', account: unit, mode: 'assign' }, some(1));
  await does({ act: 'answered', word: { account: unit, text: some(2), publishedAt: NOW } });
  await does({ act: 'factsGiven', account: unit, text: texts.slice(0, 40).join('\n').slice(0, 5_000) });
  await does({ act: 'publicShown', title: some(3).slice(0, 60), line: some(4).slice(0, 300) }, some(5));
  const link = (await running.ask<LinkRow>(`incidents/${id}/links/${unit}`, {})).body;
  const { posts } = await running.get<FoundPostsBody>('posts?limit=50');
  for (const [at, post] of posts.slice(0, 10).entries())
    await running.ask(`posts/${post.id}/review`, { needsCheck: true, comment: some(at + 7) });
  for (let at = 0; at < 20; at++)
    await running.ask('watches', {
      ...{ name: some(at).slice(0, 40) || '无名', open: { posts: 3, minutes: 10 }, close: { posts: 1, minutes: 60 } },
      query: {
        ...{ all: [some(at + 1).slice(0, 30)], any: [], none: [some(at + 2).slice(0, 30)] },
        ...{ regions: [], needs: [], duties: [], kinds: [], rung: null },
      },
      ...{ quiet: null, channel: null, paused: false, expected: 0, why: some(at + 3).slice(0, 200) },
    });
  await fillPages(running, texts);
  await readFeed(running, feed, texts);
  return {
    running,
    incident: id,
    plain: [link.answer, link.sheet, '/public', `/public/${id}`],
    async close() {
      await running.close();
      await feed.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Names of channels, shifts and people on duty, reasons of mutes, and what is written beside a report. */
async function fillPages(running: RunningApp, texts: readonly string[]): Promise<void> {
  const named = (at: number, most: number): string =>
    oneLine(texts[(at * 41) % texts.length]!).slice(0, most) || '无名';
  const does = async <T>(path: string, body: object): Promise<T> => {
    const answer = await running.ask<T>(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
    return answer.body;
  };
  const quiet = { progress: false, reminders: false, overdue: false, sourceSilence: false, lifeAtRisk: false };
  for (let at = 0; at < 12; at++) {
    const { id } = await does<ChannelIs>('channels', {
      ...{ name: `${at}${named(at, 38)}`, target: { kind: 'wecom', url: `http://${NOBODY}/send?key=abcdefgh` } },
      ...{ subscription: { regions: ['410300'], kinds: [], fromRung: 'nation', ...quiet } },
      ...{ quiet: null, second: null, paused: true },
    });
    await does('oncall/shifts', {
      ...{ name: named(at + 20, 30), on: { days: [1, 5] }, from: '20:00', to: '08:00' },
      members: [{ name: named(at + 40, 30), channel: id }],
    });
    await does('oncall/mutes', {
      ...{ region: '410325', words: [named(at + 60, 20)], reason: named(at + 80, 60) },
      until: new Date(NOW + HOUR).toISOString(),
    });
  }
  await does(`reports/${WEEK}`, {});
  for (const [at, slot] of COMMENT_SLOTS.entries())
    await does(`reports/${WEEK}/comments`, {
      slot,
      text: texts
        .slice(at * 40, at * 40 + 40)
        .join('\n')
        .slice(0, 2_000),
    });
}

/** A feed whose own title and every item are hostile. */
async function readFeed(running: RunningApp, feed: FeedReceiver, texts: readonly string[]): Promise<void> {
  const safe = (text: string): string => oneLine(text).replace(/[&<>]/gu, (sign) => `&#${sign.charCodeAt(0)};`);
  const items = texts.slice(0, 60).map((text, n) => {
    const said = `<title>${safe(text)}</title><description>${safe(`宜阳县停水 ${text}`)}</description>`;
    return `<item><guid>g${n}</guid>${said}<pubDate>Fri, 20 Nov 2026 21:03:05 +0800</pubDate></item>`;
  });
  const body = `<?xml version="1.0"?><rss version="2.0"><channel><title>${safe(texts[0]!)}</title>${items.join('')}</channel></rss>`;
  feed.answer = (_request, response) => void response.end(body);
  const { status } = await running.ask('sources/describe', {
    ...{
      name: '订阅',
      caps: texts.slice(0, 20).map((text) => oneLine(text) || '无'),
      way: 'feed',
      place: `http://127.0.0.1:${feed.port}/rss.xml`,
    },
  });
  if (status >= 300) throw new Error(`the feed was refused: ${status}`);
  const isThere = async (): Promise<boolean> =>
    (await running.get<FoundPostsBody>(`posts?platform=rss-127.0.0.1`)).total > 0;
  await until(isThere);
  await running.app.flow.drained();
}

/** As names may be: the intake refuses one with signs that end a line or are half a sign. */
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\ufffd\ufffe\uffff]/gu, ' ')
    .trim()
    .slice(0, 60);

/** Enough alike to become one incident, each with another hostile text in every field that a source may fill. */
const lineOf = (text: string, n: number): string =>
  JSON.stringify({
    ...{ id: `hostile-${n}`, platform: 'weibo', kind: 'post', source: oneLine(text) || '无名' },
    ...{ title: `${text}停水`, text: `求助！宜阳县城关镇文化路停水三天了，老人孩子怎么办 ${text}` },
    ...{ time: new Date(EVENING + Math.floor(n / 4) * MINUTE).toISOString(), topics: [text] },
    ...{
      author: { key: `${oneLine(text)}${n}`, kind: 'ordinary' },
      hints: { poi: text.slice(0, 90) },
      url: text.slice(0, 500),
    },
  });

/** The example office, each name, unit and place of it lengthened by a hostile text. */
function accountsNamed(texts: readonly string[]): unknown {
  const office = JSON.parse(readFileSync(join(packageRoot(), 'accounts', 'luoyang.json'), 'utf8')) as {
    accounts: Record<string, unknown>[];
  };
  const line = (at: number): string => oneLine(texts[at % texts.length]!);
  return {
    ...office,
    accounts: office.accounts.map((account, at) => ({
      ...account,
      name: `${String(account['name'])}${line(at)}`,
      unit: `${String(account['unit'])}${line(at + 97)}`,
    })),
  };
}
