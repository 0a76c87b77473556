import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActConflict, DispatchAnswer, LinkRow } from '../../server/contract/case-acts.ts';
import type { CaseFileRow, Ledger } from '../../server/contract/case-file.ts';
import type { ErrorBody, IncidentRow } from '../../server/contract/http.ts';
import type { PublicCase } from '../../server/contract/public.ts';
import { EVENING, HOUR, MINUTE, runApp, until, type RunningApp, type ScreenSeen } from './running-app.ts';

const ELEVEN = EVENING + 2 * HOUR;
const PLEA =
  '紧急求助！我父亲今天傍晚在嵩县车村镇走失，七十六岁，有老年痴呆，穿藏青色棉衣，天黑了还没找到，看到的请打110或联系我们家，电话13800001234';

let dir: string;
let running: RunningApp;
let screen: ScreenSeen;
let now: number;
let incident: IncidentRow;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'story-answering-'));
  now = ELEVEN;
  running = await runApp({ dir, env: { WENBIDA_PUBLIC: 'on' }, clock: { now: () => now } });
  screen = await running.screen(0);
  await running.post([{ id: 'plea', text: PLEA, at: ELEVEN - MINUTE }]);
  await until(() => screen.alerts.length > 0);
  incident = (await running.incidents())[0]!;
});
afterEach(async () => {
  await running.close();
  rmSync(dir, { recursive: true });
});

const file = () => running.get<CaseFileRow>(`incidents/${incident.id}/acts`);
/** One act on the file as it is now. */
async function does(act: object, why?: string): Promise<CaseFileRow> {
  const { status, body } = await asks((await file()).brief.seq, act, why);
  if (status !== 200) throw new Error(`${JSON.stringify(act)}: ${status} ${JSON.stringify(body)}`);
  return body as CaseFileRow;
}
const asks = (expected: number, act: object, why?: string) =>
  running.ask<CaseFileRow | ErrorBody | ActConflict>(`incidents/${incident.id}/acts`, {
    ...{ expected, act },
    ...(why === undefined ? {} : { why }),
  });
const linkFor = async (account: string): Promise<LinkRow> =>
  (await running.ask<LinkRow>(`incidents/${incident.id}/links/${account}`, {})).body;
/** What a unit sends by its link, as its form does. */
const sends = (link: LinkRow, form: Record<string, string>, path = '') =>
  fetch(`${running.url}${link.answer}${path}`, { method: 'POST', body: new URLSearchParams(form) });
const told = async (): Promise<string[]> => (await file()).events.map(({ said }) => said);
const acts = async (): Promise<string[]> => (await file()).events.map(({ act }) => act);
const word = (account: string, text: string) => ({ account, text, publishedAt: now });
const later = async (minutes: number, act: string): Promise<void> => {
  now += minutes * MINUTE;
  await until(async () => (await acts()).includes(act));
};

test('a reminder that came between looking and acting is nobody who was quicker', async () => {
  const seen = (await file()).brief.seq;
  await later(7.5, 'reminded');
  const { status } = await asks(seen, { act: 'acknowledged', comment: '在看' });
  expect(status).toBe(200);
  expect(await acts()).toEqual(['raised', 'reminded', 'acknowledged']);
  expect((await asks(seen, { act: 'commented', comment: '我也在看' })).status).toBe(409);
});

describe('the plea at 23:00', () => {
  test('reaches the station in minutes by one action, and is closed when the old man is found', async () => {
    expect(incident.file).toMatchObject({ status: 'raised', clock: { minutes: 15, stopped: null } });
    now += 3 * MINUTE;
    const { status, body } = await running.ask<DispatchAnswer>(`incidents/${incident.id}/dispatch`, { expected: 1 });
    expect(status).toBe(200);
    expect(body.links.map(({ account }) => account)).toContain('checun-police');
    expect(body.file.brief).toMatchObject({ status: 'assigned', court: { account: 'checun-police' } });
    expect(Date.parse(body.file.brief.clock.stopped ?? '')).toBe(now);
    // Every screen is told that the file has changed.
    await until(() => screen.incidents.some(({ file: brief }) => brief?.status === 'assigned'));

    const station = body.links.find(({ account }) => account === 'checun-police')!;
    const page = await fetch(`${running.url}${station.answer}`);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await page.text()).not.toContain('13800001234');
    expect(await (await sends(station, {}, '/contact')).text()).toContain('13800001234');
    expect(await running.get<{ what: string; who: string }[]>('accesses')).toMatchObject([
      { what: 'contact', who: '车村派出所' },
    ]);
    now += 2 * MINUTE;
    expect(await (await sends(station, { do: 'accept' })).text()).toContain('贵单位接收');
    now += 40 * MINUTE;
    await sends(station, { do: 'facts', text: '老人23:46在村东找到，平安，已送回家' });
    await does({ act: 'answered', word: word('songxian', '走失老人已平安回家，感谢转发。') });
    const closed = await does({ act: 'closed', outcome: 'solved' });
    expect(closed.brief).toMatchObject({ status: 'closed', court: null, overdue: false });
    expect(closed.events.map(({ act }) => act)).toEqual([
      ...['raised', 'dispatched', 'contactShown', 'accepted', 'factsGiven', 'answered', 'closed'],
    ]);
    // Closing voids the links: nothing more is shown or taken.
    expect(await (await fetch(`${running.url}${station.answer}`)).text()).toContain('已办结');
    expect((await sends(station, { do: 'facts', text: '还有' })).status).toBe(422);
    expect(await (await sends(station, {}, '/contact')).text()).not.toContain('13800001234');
  });

  test('left alone, it is reminded of, goes to the tier above, and the wall is told to take over; a restart tells nobody twice', async () => {
    await later(7.5, 'reminded');
    await later(8, 'overdue');
    const { brief } = await file();
    expect(brief).toMatchObject({ overdue: true, court: { account: brief.owner?.account } });
    const row = (await running.incidents())[0]!;
    expect(row.suggestion?.then.map(({ act }) => act)).toContain('takeOver');
    const before = await told();
    await running.close();
    running = await runApp({ dir, env: { WENBIDA_PUBLIC: 'on' }, clock: { now: () => now } });
    expect(await told()).toEqual(before);
  });
});

test('an act from a phone that was away keeps its own time and says when it came in, and is kept once however often it is sent', async () => {
  const done = new Date(now + 4 * MINUTE).toISOString();
  const ask = { expected: 1, act: { act: 'acknowledged' }, at: done, key: 'phone-1-0123456789' };
  now += 30 * MINUTE;
  const send = (body: object) => running.ask<CaseFileRow & ErrorBody>(`incidents/${incident.id}/acts`, body);
  const seq = (await file()).brief.seq;
  for (const expected of [seq, seq, 1]) {
    const { status, body } = await send({ ...ask, expected });
    expect(status).toBe(200);
    expect(body.events.filter(({ act }) => act === 'acknowledged')).toMatchObject([
      { at: done, arrived: new Date(now).toISOString() },
    ]);
  }
  const far = { expected: (await file()).brief.seq, act: { act: 'commented', comment: '在路上' } };
  for (const [minutes, because] of [
    [10, '时间在以后'],
    [-120, '早于此事立档'],
  ] as const) {
    const at = new Date(now + minutes * MINUTE).toISOString();
    const { status, body } = await send({ ...far, at, key: `phone-${minutes + 500}-0123456789` });
    expect([status, body.error.message]).toEqual([422, expect.stringContaining(because)]);
  }
  // A clock that is a little ahead: nothing is done after it came in.
  const { body } = await send({ ...far, at: new Date(now + 2 * MINUTE).toISOString() });
  expect(body.events.at(-1)).toMatchObject({ act: 'commented', at: new Date(now).toISOString() });
});

test('the street publishes first and the city supplements: the chain is in the file and the suggestion follows it', async () => {
  await does({ act: 'acknowledged', comment: '在核实' });
  await does({ act: 'answered', word: word('checun', '正在组织搜寻，已发动各村。') });
  const answer = (await file()).words[0]!.seq;
  const { suggestion } = (await running.incidents())[0]!;
  expect(suggestion).toMatchObject({ first: 'checun' });
  expect(suggestion?.because.join()).toContain('已先回应');
  await does({ act: 'relayed', word: word('songxian', '转发车村镇通报'), of: answer });
  await does({ act: 'supplemented', word: word('ly', '公安、消防已到场，热线12345受理线索。'), of: answer });
  await does({ act: 'corrected', word: word('checun', '更正：老人72岁。'), of: answer });
  const closed = await does({ act: 'closed', outcome: 'explained' });
  expect(closed.words.map(({ kind, account }) => `${kind} ${account.account}`)).toEqual([
    ...['answered checun', 'relayed songxian', 'supplemented ly', 'corrected checun'],
  ]);
});

test('the department without an account: a sheet and a link, its facts come back, the receiving account answers', async () => {
  await does({ act: 'assigned', account: 'checun-police', mode: 'assign', minutes: 30 }, '请核实并回传');
  const link = await linkFor('checun-police');
  const sheet = await (await fetch(`${running.url}${link.sheet}`)).text();
  for (const words of ['交办单', '车村派出所', '请核实并回传']) expect(sheet).toContain(words);
  now += 10 * MINUTE;
  const ledger = await running.get<Ledger>('handoffs');
  expect(ledger.units).toMatchObject([
    { account: { account: 'checun-police' }, open: 1, rows: [{ age: 10, late: false }] },
  ]);
  const refused = await asks((await file()).brief.seq, { act: 'answered', word: word('checun-police', '已找到') });
  expect([refused.status, (refused.body as ErrorBody).error.message]).toEqual([
    422,
    '车村派出所没有公开账号，请登记为“提供事实”，由收件账号公开答复',
  ]);
  const { owner: before } = (await file()).brief;
  expect((await sends(link, { do: 'facts', text: '老人已找到' })).status).toBe(200);
  expect((await file()).brief.court).toEqual(before);
  expect((await running.get<Ledger>('handoffs')).units).toEqual([]);
  await does({ act: 'answered', word: word(before!.account, '老人已找到，平安。') });
  expect((await does({ act: 'closed', outcome: 'solved' })).brief.status).toBe('closed');
});

test('the minutes a unit was given run out: it is reminded twice, is late in the ledger and in the file, and gives its facts late', async () => {
  await does({ act: 'acknowledged' });
  await does({ act: 'answered', word: word('checun', '正在组织搜寻。') });
  await does({ act: 'assigned', account: 'checun-police', mode: 'assign', minutes: 30 }, '请核实并回传');
  const link = await linkFor('checun-police');
  const ofUnit = async (): Promise<string[]> =>
    (await told()).filter((said) => said.includes('车村派出所') && /时限|超时/u.test(said));
  const until30 = [
    [15, '回传时限过半，提醒车村派出所'],
    [9, '回传时限已过八成，提醒车村派出所'],
    [6, '车村派出所超时：要求30分内回传，没有回传'],
  ] as const;
  for (const [minutes, said] of until30) {
    now += minutes * MINUTE;
    await until(async () => (await ofUnit()).at(-1) === said);
  }
  await running.close();
  running = await runApp({ dir, env: { WENBIDA_PUBLIC: 'on' }, clock: { now: () => now } });
  now += 10 * MINUTE;
  expect((await running.get<Ledger>('handoffs')).units).toMatchObject([{ late: 1, rows: [{ age: 40, late: true }] }]);
  expect(await (await fetch(`${running.url}${link.answer}`)).text()).toContain('已超时10分');
  await sends(link, { do: 'facts', text: '老人在村东找到' });
  const { handoffs, brief } = await file();
  expect(handoffs).toMatchObject([{ state: 'answered', endedAt: new Date(now).toISOString() }]);
  expect(brief.overdue).toBe(false);
  expect(await ofUnit()).toEqual(until30.map(([, said]) => said));
});

test('refusal ping-pong: each names the next with a reason, the second time it goes up and stays there', async () => {
  await does({ act: 'assigned', account: 'checun-police', mode: 'transfer' });
  const police = await linkFor('checun-police');
  expect((await sends(police, { do: 'refuse', next: 'checun', why: '' })).status).toBe(422);
  expect(await (await sends(police, { do: 'refuse', next: 'checun', why: '寻人由镇里组织' })).text()).toContain(
    '已记下',
  );
  expect((await file()).brief.court).toMatchObject({ account: 'checun' });
  now += MINUTE;
  await does({ act: 'refused', account: 'checun', next: 'checun-police' }, '走失归公安');
  const settled = await file();
  expect(settled.events.slice(-2).map(({ by }) => by)).toEqual(['规则：来回推诿', '规则：来回推诿']);
  const { court } = settled.brief;
  expect(['checun', 'checun-police']).not.toContain(court?.account);
  const again = await asks(settled.brief.seq, { act: 'refused', account: court?.account, next: 'checun' }, '归镇里');
  expect((again.body as ErrorBody).error.message).toContain('已由上级定下');
  const { refusals } = await running.get<Ledger>('handoffs');
  expect(refusals.map(({ handoff }) => handoff.refused?.why)).toEqual(['走失归公安', '寻人由镇里组织']);
  await does({ act: 'accepted', account: court?.account });
  await does({ act: 'answered', word: word('songxian', '公安与镇里已联合搜寻，老人找到。') });
  expect((await does({ act: 'closed', outcome: 'solved' })).brief.status).toBe('closed');
});

test('two people at once: one wins, the other sees who and gets their own act back', async () => {
  const both = await Promise.all([
    asks(1, { act: 'acknowledged', comment: '我来' }),
    asks(1, { act: 'acknowledged', comment: '也是我' }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const lost = both.find(({ status }) => status === 409)!.body as ActConflict;
  expect(lost.error.message).toContain('本机刚刚接手');
  expect(lost.meanwhile).toMatchObject([{ seq: 2, act: 'acknowledged' }]);
  expect(lost.yours.act).toMatchObject({ act: 'acknowledged' });
  expect(await acts()).toEqual(['raised', 'acknowledged']);
});

test('the public page shows only what the office wrote, takes one verdict at a time, and “没解决” opens the case again', async () => {
  const at = `${running.url}/api/v1/public/cases`;
  expect(await (await fetch(at)).json()).toMatchObject({ cases: [] });
  await does({ act: 'publicShown', title: '车村镇老人走失', line: '家人求助' });
  await does({ act: 'answered', word: word('songxian', '老人已平安回家。') });
  const seen = await fetch(`${at}/${incident.id}`);
  expect(seen.headers.get('cache-control')).toBe('public, max-age=60');
  const body = await seen.text();
  for (const words of ['七十六岁', '13800001234', '老年痴呆']) expect(body).not.toContain(words);
  const etag = seen.headers.get('etag') ?? '';
  expect((await fetch(`${at}/${incident.id}`, { headers: { 'if-none-match': etag } })).status).toBe(304);
  const verdict = (solved: boolean) => running.ask<PublicCase>(`public/cases/${incident.id}/verdict`, { solved });
  expect((await verdict(true)).body.case).toMatchObject({ solved: 1, unsolved: 0, step: 'judged' });
  expect((await verdict(false)).body.case).toMatchObject({ solved: 1, unsolved: 1 });
  expect(await acts()).toEqual(['raised', 'publicShown', 'answered', 'citizenSaid', 'citizenSaid', 'reopened']);
  expect((await verdict(false)).status).toBe(422);
  for (let n = 0; n < 6; n++) await verdict(false);
  expect((await verdict(false)).status).toBe(429);
  await does({ act: 'publicHidden' });
  expect((await fetch(`${at}/${incident.id}`)).status).toBe(404);
});

test('the public page is not there unless it is switched on', async () => {
  await running.close();
  running = await runApp({ dir, clock: { now: () => now } });
  expect((await fetch(`${running.url}/public`)).status).toBe(404);
  expect((await fetch(`${running.url}/api/v1/public/cases`)).status).toBe(404);
});

test('a unit that never answers: tier after tier takes over, up to the top of the matrix, also over a restart; then a person answers and closes it', async () => {
  const overdue = async (): Promise<string[]> =>
    (await file()).events.flatMap(({ act, said }) => (act === 'overdue' ? [said] : []));
  const climbed = async (minutes: number, count: number): Promise<void> => {
    now += minutes * MINUTE;
    await until(async () => (await overdue()).length === count);
  };
  await climbed(16, 1);
  const { brief: first, passesOn } = await file();
  expect(first.clock.passesOn).toBe(new Date(now + 7.5 * MINUTE).toISOString());
  expect(passesOn?.at).toBe(first.clock.passesOn);
  const holders = [first.court?.account];
  // Nobody of the night answers anywhere; half the clock for each tier, so it is never stuck with one of them.
  await climbed(8, 2);
  holders.push((await file()).brief.court?.account);
  expect(holders.at(-1)).toBe(passesOn?.to?.account);
  await running.close();
  running = await runApp({ dir, env: { WENBIDA_PUBLIC: 'on' }, clock: { now: () => now } });
  for (let count = 3; (await overdue()).at(-1) !== '到期未回应'; count++) {
    await climbed(8, count);
    holders.push((await file()).brief.court?.account);
  }
  const told = await overdue();
  expect(told.length).toBeGreaterThanOrEqual(3);
  expect(new Set(told).size).toBe(told.length);
  expect(holders.at(-1)).toBe('ha');
  expect((await file()).brief.clock.passesOn).toBeUndefined();
  expect((await file()).passesOn).toBeUndefined();
  await does({ act: 'answered', word: word(holders.at(-1) ?? '', '已找到老人，平安。因逾期回应，向家属致歉。') });
  expect((await does({ act: 'closed', outcome: 'solved' })).brief.status).toBe('closed');
});
