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
import { EVENING, HOUR, MINUTE, runApp, until, type RunningApp } from './running-app.ts';

const DAY = 24 * HOUR;
const lost = (who: string, place: string): string =>
  `紧急求助！我${who}今天傍晚在嵩县${place}走失，穿藏青色棉衣，天黑了还没找到，看到的请打110或联系我们家，求扩散`;

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

  const opened = async (id: string, text: string, at: number): Promise<IncidentRow> => {
    const known = new Set((await app.incidents()).map((row) => row.id));
    await app.post([{ id, text, at }]);
    await app.app.flow.drained();
    const fresh = (await app.incidents()).filter((row) => !known.has(row.id));
    expect(fresh, 'one incident opened').toHaveLength(1);
    return fresh[0]!;
  };

  test('a second plea is told what was answered at the first, by whom, after how long, and what came of it', async () => {
    const past = await opened('first', lost('父亲，七十六岁，有老年痴呆，', '车村镇'), EVENING);
    const cases = openCases(join(dir, 'cases.sqlite'), { now: () => EVENING + DAY });
    const by = { kind: 'person', id: 'zhou', name: '周研判' } as const;
    // The file was begun with the alert, and its clock when this server first saw it.
    const [begun] = cases.events(past.id as IncidentId);
    if (begun?.act !== 'raised') throw new Error('no file was begun');
    const start = begun.starts.firstSeen;
    cases.append(past.id as IncidentId, begun.seq, [
      {
        act: 'answered',
        word: { account: 'nobody-here', text: '老人已找到，平安到家，谢谢大家', publishedAt: start + 95 * MINUTE },
        at: start + 95 * MINUTE,
        by,
      },
      { act: 'closed', outcome: 'solved', at: start + DAY, by },
    ]);
    cases.close();

    const now = await opened('second', lost('奶奶，八十五岁，听不清，', '旧县镇'), EVENING + 10 * DAY);
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
    expect(spread.posts).toBe(1);
    expect(spread.first?.text).toContain('走失');
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
