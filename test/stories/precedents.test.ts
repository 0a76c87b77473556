import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PrecedentsBody, SpreadBody } from '../../server/contract/history.ts';
import type { IncidentRow } from '../../server/contract/http.ts';
import { openCases } from '../../server/adapters/cases/sqlite-cases.ts';
import { precedents } from '../../server/cli/precedents.ts';
import type { IncidentId } from '../../pipelines/domain/incident.ts';
import { EVENING, everydayTalk, HOUR, MINUTE, runApp, until, type RunningApp } from './running-app.ts';

const DAY = 24 * HOUR;
const PLACES = ['珠江路', '武汉路', '景华路', '西苑路', '天津路', '南昌路', '长安路', '辽宁路'];
const SAYINGS = ['又停水了，洗漱都成问题', '停水一整天没人管', '停水也不通知，物业推来推去', '家里停水，饭都做不了'];

/** A water cut in 涧西区 that many tell of, each in own words. */
const waterCut = (name: string, at: number) =>
  Array.from({ length: 16 }, (_, n) => ({
    id: `${name}-${n}`,
    text: `涧西区${PLACES[n % 8]}小区${SAYINGS[n % 4]}，第${n + 2}次了，${name}真让人生气`,
    at: at + n * MINUTE,
  }));

describe('precedents', () => {
  let dir: string;
  let app: RunningApp;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'wenbida-precedents-'));
    app = await runApp({ dir, now: EVENING + 12 * DAY });
  });
  afterEach(async () => {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const opened = async (name: string, at: number): Promise<IncidentRow> => {
    const known = new Set((await app.incidents()).map(({ id }) => id));
    await app.post(everydayTalk(150, at).map((post) => ({ ...post, id: `${name}-${post.id}` })));
    await app.post(waterCut(name, at));
    await app.app.flow.drained();
    const fresh = (await app.incidents()).filter(
      ({ id, title, terms }) => !known.has(id) && `${title}${terms.join('')}`.includes('停水'),
    );
    expect(fresh, 'one incident opened').toHaveLength(1);
    return fresh[0]!;
  };

  test('a second water cut is told what was answered at the first, by whom, after how long, and what came of it', async () => {
    const past = await opened('周五', EVENING);
    const cases = openCases(join(dir, 'cases.sqlite'), { now: () => EVENING + DAY });
    const start = Date.parse(past.openedAt);
    const by = { kind: 'person', id: 'zhou', name: '周研判' } as const;
    cases.append(past.id as IncidentId, 0, [
      {
        act: 'raised',
        starts: { firstPost: Date.parse(past.firstPostAt), firstSeen: start },
        suggested: null,
        at: start,
        by: { kind: 'rule', rule: '基层首发' },
      },
      {
        act: 'answered',
        word: { account: 'nobody-here', text: '管网抢修，今晚八点恢复供水', publishedAt: start + 95 * MINUTE },
        at: start + 95 * MINUTE,
        by,
      },
      { act: 'closed', outcome: 'solved', at: start + DAY, by },
    ]);
    cases.close();

    const now = await opened('后来', EVENING + 10 * DAY);
    let body = await app.get<PrecedentsBody>(`incidents/${now.id}/precedents`);
    await until(async () => {
      body = await app.get<PrecedentsBody>(`incidents/${now.id}/precedents`);
      return body.precedents.length > 0;
    });
    expect(body.precedents.map(({ incident }) => incident)).toEqual([past.id]);
    expect(body.precedents[0]).toMatchObject({
      outcome: {
        first: { accountName: 'nobody-here', afterMinutes: 95 },
        closed: { outcome: 'solved', afterMinutes: 1440 },
      },
      curve: { peak: { afterAnswer: false }, nextRung: null },
    });
    expect(body.precedents[0]!.because).toContain('10天前');
    // The first has none before it.
    expect((await app.get<PrecedentsBody>(`incidents/${past.id}/precedents`)).precedents).toEqual([]);

    const spread = await app.get<SpreadBody>(`incidents/${now.id}/spread`);
    expect(spread.posts).toBeGreaterThanOrEqual(10);
    expect(spread.first?.text).toContain('停水');
    expect(spread.places).toContainEqual({ tier: 'county', count: 1 });
    expect(spread).toMatchObject({ linked: 0, drawing: null, firstMedia: null });

    vi.stubEnv('WENBIDA_VAR', dir);
    const out = new PassThrough();
    const said = new PassThrough();
    const code = await precedents(
      {},
      {
        stdin: Readable.from([`${JSON.stringify({ ...now, openedAt: now.openedAt })}\nnot json\n`]),
        stdout: out,
        stderr: said,
      },
    );
    vi.unstubAllEnvs();
    expect(code).toBe(3);
    const [line] = String(out.read()).trim().split('\n');
    expect(JSON.parse(line!)).toMatchObject({ id: now.id, precedents: [{ incident: past.id }] });
    expect(String(said.read())).toContain('第 2 行未采用');
  });
});
