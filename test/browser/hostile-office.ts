import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseFileRow } from '../../server/contract/case-file.ts';
import type { LinkRow } from '../../server/contract/case-acts.ts';
import type { FoundPostsBody } from '../../server/contract/http.ts';
import { packageRoot } from '../../server/package-root.ts';
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

/** The Monday after the week of the posts. */
const NOW = EVENING + 2 * HOUR;

export async function openHostileOffice(): Promise<HostileOffice> {
  const texts = hostileStrings();
  const dir = mkdtempSync(join(tmpdir(), 'wenbida-hostile-'));
  const accounts = join(dir, 'accounts.json');
  writeFileSync(accounts, JSON.stringify(accountsNamed(texts)));
  const running = await runApp({
    dir,
    now: NOW,
    env: { WENBIDA_PUBLIC: 'on', WENBIDA_ACCOUNTS: accounts },
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
  return {
    running,
    incident: id,
    plain: [link.answer, link.sheet, '/public', `/public/${id}`],
    async close() {
      await running.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
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
