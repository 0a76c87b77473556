import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChannelIs } from '../../server/contract/notify.ts';
import type { MatrixPage } from '../../server/contract/matrix.ts';
import type { ShiftRow } from '../../server/contract/on-call.ts';
import type { AuditPage, VerdictRow } from '../../server/contract/people.ts';
import { openOffice, type AtDesk, type Office } from './office.ts';
import { HOUR } from './running-app.ts';

const KEY = 'key-that-nobody-may-read-1f2e3d';

let office: Office;
let editor: AtDesk;
let auditor: AtDesk;
beforeAll(async () => {
  office = await openOffice([
    { name: '赵', roles: ['responder', 'analyst', 'editor'], regions: 'all' },
    { name: '审', roles: ['auditor'], regions: 'all' },
  ]);
  editor = await office.signIn('赵');
  auditor = await office.signIn('审');
});
afterAll(() => office.close());

const kept = async <T>(path: string, body: unknown): Promise<T> => {
  const { status, body: answer } = await editor.post<T>(path, body);
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
  return answer;
};
/** What the auditor reads of settings, oldest first. */
const trail = async (): Promise<AuditPage['rows']> =>
  (await auditor.get<AuditPage>('audit?limit=500')).body.rows.filter(({ did }) => did !== undefined).reverse();
const lastDid = async (): Promise<string | undefined> => (await trail()).at(-1)?.did;

const subscription = {
  ...{ regions: ['410327'], kinds: [], fromRung: 'village' },
  ...{ lifeAtRisk: true, progress: true, reminders: true, overdue: true, sourceSilence: false },
};
const channel = { name: '夜班群', subscription, quiet: null, second: null, paused: false };

test('who changed which setting when, what it was and what it is, stands in the chain; a secret never does', async () => {
  const url = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}`;
  const { id } = await kept<ChannelIs>('channels', { ...channel, target: { kind: 'wecom', url } });
  expect(await lastDid()).toMatch(/^新建渠道“夜班群”（名称：夜班群；种类：企业微信/u);

  await kept('channels', { ...channel, id, paused: true, subscription: { ...subscription, reminders: false } });
  expect(await lastDid()).toBe('渠道“夜班群”（催办：是→否；停用：否→是）');
  await kept('channels', {
    ...channel,
    id,
    paused: true,
    subscription: { ...subscription, reminders: false },
    target: { kind: 'wecom', url: `${url}2` },
  });
  expect(await lastDid()).toBe('渠道“夜班群”（地址与密钥：无→已重新填写）');

  const shift = {
    name: '夜班',
    on: { days: [1, 2] },
    from: '20:00',
    to: '08:00',
    members: [{ name: '张', channel: id }],
  };
  const { id: night } = await kept<ShiftRow>('oncall/shifts', shift);
  await kept('oncall/shifts', { ...shift, id: night, from: '21:00', members: [{ name: '李', channel: id }] });
  expect(await lastDid()).toBe('班次“夜班”（时间：20:00至08:00→21:00至08:00；人员：张（夜班群）→李（夜班群））');
  await kept('oncall/rules', { on: true, waitMinutes: 5, leads: [], night: null, auditChannel: id });
  expect(await lastDid()).toBe(
    '呼叫规则（呼叫：关→开；每人等候：10分钟→5分钟；夜间只呼紧急：22:00至07:00→无；核对另报：无→夜班群）',
  );
  await kept('oncall/shifts/remove', { id: night });
  expect(await lastDid()).toMatch(/^删除班次“夜班”（/u);

  const until = new Date(office.now + 2 * HOUR).toISOString();
  const { id: mute } = await kept<{ id: number }>('oncall/mutes', {
    region: '410327',
    words: ['演练'],
    reason: '消防演练',
    until,
  });
  expect(await lastDid()).toMatch(/^新建静音（对象：.*宜阳县，含演练；理由：消防演练；到：/u);
  await kept('oncall/mutes/end', { id: mute });
  expect(await lastDid()).toMatch(/^删除静音（/u);

  const { last } = (await editor.get<MatrixPage>('matrix')).body;
  const account = {
    name: '测试街道',
    unit: '测试街道办',
    tier: 'town',
    region: '410311002',
    duties: ['综合'],
    public: true,
  };
  await kept('matrix/changes', { seen: last, why: '新设街道', put: [account], preview: true });
  expect(await lastDid()).toMatch(/^删除静音（/u);
  await kept('matrix/changes', { seen: last, why: '新设街道', put: [account] });
  expect(await lastDid()).toMatch(/^矩阵第\d+批：新增测试街道；理由：新设街道$/u);

  await kept('sources/describe', { name: '县里的采集', region: '410327' });
  await kept('sources/pause', { name: '县里的采集', paused: true });
  expect(await lastDid()).toBe('暂停数据源“县里的采集”');

  const rows = await trail();
  expect(new Set(rows.map(({ who }) => who))).toEqual(new Set(['赵']));
  expect(rows.every(({ outcome, of }) => outcome === 'done' && of !== undefined)).toBe(true);
  expect(JSON.stringify((await auditor.get('audit?limit=500')).body)).not.toContain(KEY.slice(0, 12));
  expect((await auditor.get<VerdictRow>('audit/verdict')).body.whole).toBe(true);
});

test('what was refused says nothing of having been done', async () => {
  const before = (await trail()).length;
  const refused = await editor.post('oncall/shifts', {
    ...{ name: '白班', on: { days: [3] }, from: '08:00', to: '20:00' },
    members: [{ name: '张', channel: 'no-such-channel' }],
  });
  expect(refused.status).toBe(400);
  expect(await trail()).toHaveLength(before);
});
