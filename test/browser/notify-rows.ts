import type { ChannelRow, ChannelsPage, DeliveryRow } from '../../server/contract/notify.ts';
import type { CallRow, MuteRow, NotePage, OnCallPage, ShiftRow } from '../../server/contract/on-call.ts';

/** Friday 20 November 2026, 22:10 in Shanghai, in an invented office. */
export const NOW = Date.parse('2026-11-20T22:10:00+08:00');
const iso = (text: string): string => new Date(Date.parse(`2026-11-${text}:00+08:00`)).toISOString();

const subscription: ChannelRow['subscription'] = {
  ...{ regions: [], kinds: [], fromRung: 'village', lifeAtRisk: true },
  ...{ progress: true, reminders: true, overdue: true, sourceSilence: true },
};
const channel = (given: Partial<ChannelRow> & Pick<ChannelRow, 'id' | 'name' | 'kind' | 'host'>): ChannelRow => ({
  ...{ lastFour: 'c2f9', signed: true, subscription, regionNames: [], quiet: null, second: null, paused: false },
  ...{ changedAt: iso('18T09:20'), changedBy: '系统管理员01', state: 'ok', waiting: 0, sent: 128, dead: 0, muted: 0 },
  last: { at: iso('20T22:08'), outcome: 'delivered', says: '{"errcode":0,"errmsg":"ok"}' },
  ...given,
});

const delivery = (given: Partial<DeliveryRow> & Pick<DeliveryRow, 'n' | 'state'>): DeliveryRow => ({
  ...{
    channel: 'duty-group',
    channelName: '应急值班群',
    notice: `alert-${given.n}`,
    kind: 'alert',
    title: '锦川小区停暖',
  },
  ...{ at: iso('20T22:01'), due: iso('20T22:01'), held: false, attempts: 1, lastAt: iso('20T22:01'), because: '' },
  standsInFor: null,
  ...given,
});

export const aChannelsPage = (): ChannelsPage => ({
  now: new Date(NOW).toISOString(),
  drill: false,
  publicUrl: 'https://wenbida.example.gov.cn',
  channels: [
    channel({
      ...{
        id: 'duty-group',
        name: '应急值班群',
        kind: 'dingtalk',
        host: 'oapi.dingtalk.com',
        second: 'duty-mail',
        dead: 1,
        waiting: 2,
      },
      state: 'failing',
      last: {
        at: iso('20T22:09'),
        outcome: 'refused',
        says: '安全设置没有通过：请核对加签密钥、关键词、IP 段，以及本机时间（{"errcode":310000,"errmsg":"sign not match"}）',
      },
    }),
    channel({
      ...{
        id: 'songxian',
        name: '嵩县政务群',
        kind: 'wecom',
        host: 'qyapi.weixin.qq.com',
        signed: false,
        lastFour: '91ab',
      },
      subscription: {
        ...subscription,
        regions: ['410325'],
        kinds: ['求助', '谣言', '灾害'],
        fromRung: 'county',
        sourceSilence: false,
      },
      ...{ regionNames: ['河南省洛阳市嵩县'], quiet: { from: '22:00', to: '07:00' }, sent: 36, waiting: 4, muted: 2 },
    }),
    channel({
      id: 'duty-mail',
      name: '值班邮箱',
      kind: 'email',
      host: 'smtp.example.gov.cn',
      state: 'idle',
      last: null,
      sent: 0,
    }),
  ],
  dead: [delivery({ n: 41, state: 'dead', because: '安全设置没有通过：请核对加签密钥（{"errcode":310000}）' })],
  recent: [
    delivery({
      n: 44,
      state: 'waiting',
      title: '望塬片区停水',
      held: true,
      due: iso('21T07:00'),
      channel: 'songxian',
      channelName: '嵩县政务群',
      attempts: 0,
      lastAt: null,
    }),
    delivery({
      n: 43,
      state: 'sent',
      kind: 'overdue',
      title: '化工园异味',
      channelName: '值班邮箱',
      standsInFor: '应急值班群',
    }),
    delivery({ n: 42, state: 'muted', title: '锦川小区停暖', because: '静音到11月21日08:00，夜班02：已在抢修' }),
  ],
});

const shift = (
  id: number,
  name: string,
  on: ShiftRow['on'],
  from: string,
  to: string,
  ...names: string[]
): ShiftRow => ({
  ...{ id, name, on, from, to },
  members: names.map((one) => ({ name: one, channel: 'duty-group' })),
});
const call = (given: Partial<CallRow> & Pick<CallRow, 'incident' | 'title' | 'state'>): CallRow => ({
  ...{ urgent: false, began: iso('20T21:50'), nextAt: null, next: null, takenBy: null },
  steps: [
    { at: iso('20T21:50'), what: '开始呼叫' },
    { at: iso('20T21:50'), what: '呼叫夜班01' },
  ],
  ...given,
});
const mute = (given: Partial<MuteRow> & Pick<MuteRow, 'id' | 'what' | 'state'>): MuteRow => ({
  ...{ incident: 'i1', region: null, words: [], reason: '已在抢修，明早八点恢复', by: '夜班02', at: iso('20T20:30') },
  ...{ until: iso('21T08:00'), endedAt: null, endedBy: null, kept: 3 },
  ...given,
});
const DAYS = [16, 17, 18, 19, 20, 21, 22];

export const anOnCallPage = (): OnCallPage => ({
  now: new Date(NOW).toISOString(),
  drill: false,
  week: {
    from: iso('16T00:00'),
    to: iso('23T00:00'),
    spans: [
      ...DAYS.slice(0, 5).map((day) => ({
        shift: 1,
        name: '白班',
        from: iso(`${day}T08:00`),
        to: iso(`${day}T20:00`),
        once: false,
        members: ['白班01'],
      })),
      ...DAYS.map((day) => ({
        shift: 2,
        name: '夜班',
        from: iso(`${day}T20:00`),
        to: iso(`${day + 1}T08:00`),
        once: false,
        members: ['夜班01', '夜班02'],
      })),
      { shift: 3, name: '替班', from: iso('21T08:00'), to: iso('21T14:00'), once: true, members: ['替班01'] },
    ],
    gaps: [
      { from: iso('21T14:00'), to: iso('21T20:00') },
      { from: iso('22T08:00'), to: iso('22T20:00') },
    ],
  },
  onNow: [
    { shift: 2, name: '夜班', from: iso('20T20:00'), to: iso('21T08:00'), once: false, members: ['夜班01', '夜班02'] },
  ],
  chain: ['夜班01', '夜班02', '带班主任'].map((name) => ({ name, channel: 'duty-group' })),
  shifts: [
    shift(1, '白班', { days: [1, 2, 3, 4, 5] }, '08:00', '20:00', '白班01'),
    shift(2, '夜班', { days: [1, 2, 3, 4, 5, 6, 7] }, '20:00', '08:00', '夜班01', '夜班02'),
    shift(3, '替班', { date: '2026-11-21' }, '08:00', '14:00', '替班01'),
  ],
  rules: {
    ...{
      on: true,
      waitMinutes: 10,
      leads: [{ name: '带班主任', channel: 'duty-mail' }],
      night: { from: '22:00', to: '07:00' },
    },
    ...{ auditChannel: 'duty-mail', changedAt: iso('18T09:20'), changedBy: '带班主任' },
  },
  channels: [
    { id: 'duty-group', name: '应急值班群' },
    { id: 'duty-mail', name: '值班邮箱' },
  ],
  calls: [
    call({ incident: 'g', title: '老人走失', state: 'calling', urgent: true, nextAt: iso('20T22:14'), next: '夜班02' }),
    call({
      incident: 'c',
      title: '锦川小区停暖',
      state: 'taken',
      takenBy: '夜班01',
      steps: [{ at: iso('20T21:20'), what: '夜班01接手' }],
    }),
  ],
  mutes: [
    mute({ id: 2, what: '锦川小区停暖', state: 'on' }),
    mute({
      id: 1,
      what: '河南省洛阳市嵩县',
      incident: null,
      region: '410325',
      words: ['路灯'],
      state: 'ended',
      endedAt: iso('20T21:00'),
      endedBy: '夜班01',
    }),
  ],
  auditedAt: new Date(NOW - 9_000).toISOString(),
  silences: [{ source: '12345工单', since: iso('20T21:20') }],
});

export const aNote = (): NotePage => ({
  ...{ shift: '白班', members: ['白班01'], from: iso('20T08:00'), to: iso('20T20:00'), opened: 4, closed: 3 },
  open: [
    {
      incident: 'g',
      title: '老人走失',
      place: '河南省洛阳市嵩县车村镇',
      lifeAtRisk: true,
      court: '车村派出所',
      since: iso('20T19:40'),
      status: 'assigned',
      due: iso('20T22:20'),
    },
    {
      incident: 'c',
      title: '锦川小区停暖',
      place: '河南省洛阳市涧西区',
      lifeAtRisk: false,
      court: null,
      since: iso('20T18:00'),
      status: 'untouched',
      due: iso('20T21:52'),
    },
  ],
  changed: [
    { at: iso('20T18:00'), incident: 'c', title: '锦川小区停暖', what: '新出现，街道级' },
    { at: iso('20T19:42'), incident: 'g', title: '老人走失', what: '派警：车村派出所、110指挥中心' },
  ],
});
