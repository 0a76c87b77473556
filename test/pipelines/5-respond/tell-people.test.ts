import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../pipelines/domain/alert.ts';
import type { CaseDraft, CaseEvent } from '../../../pipelines/domain/case-event.ts';
import { EVERYTHING_SUBSCRIBED, type Subscription } from '../../../pipelines/domain/notify-channel.ts';
import type { Incident, IncidentId } from '../../../pipelines/domain/incident.ts';
import type { Mute } from '../../../pipelines/domain/mute.ts';
import type { RegionCode } from '../../../pipelines/domain/region.ts';
import { mask } from '../../../pipelines/1-intake/mask.ts';
import { backOff } from '../../../pipelines/5-respond/back-off.ts';
import { noticeOfAlert } from '../../../pipelines/5-respond/notice-of-alert.ts';
import { noticeOfCaseEvent } from '../../../pipelines/5-respond/notice-of-case-event.ts';
import { roomOn } from '../../../pipelines/5-respond/pace-channel.ts';
import { quietUntil } from '../../../pipelines/domain/quiet-hours.ts';
import { routeNotice } from '../../../pipelines/5-respond/route-notice.ts';
import { wordDigest, wordNotice } from '../../../pipelines/5-respond/word-notice.ts';
import { aNotice, EVENING } from '../../seeds/notices.ts';

const at = (time: string): number => Date.parse(`2026-11-${time}:00+08:00`);
const NIGHT = { from: 22 * 60, to: 7 * 60 };
const words = { region: (code: string) => `属地${code}`, account: (id: string) => `账号${id}`, mask };

describe('quiet hours, in Shanghai, over midnight', () => {
  test.each([
    ['20T21:59', null],
    ['20T22:00', '21T07:00'],
    ['20T23:59', '21T07:00'],
    ['21T00:00', '21T07:00'],
    ['21T06:59', '21T07:00'],
    ['21T07:00', null],
  ])('at %s they last until %s', (now, until) => {
    expect(quietUntil(NIGHT, at(now))).toBe(until === null ? null : at(until));
  });
});

describe('who gets what', () => {
  const rules = (given: Partial<Subscription> = {}) => ({
    subscription: { ...EVERYTHING_SUBSCRIBED, ...given },
    quiet: NIGHT,
    paused: false,
  });
  const by = (region: string): Subscription['regions'] => [region as RegionCode];
  const mute = (aim: Mute['aim']): Mute => ({
    ...{ id: 1, aim, reason: '演练', by: '李', at: at('20T20:00'), until: at('20T23:00'), ended: null },
  });
  const go = (...given: Parameters<typeof routeNotice>): string => routeNotice(...given).go;

  test('an incident of the region, a kind and a rung that were asked for; a life at risk whatever its kind and rung', () => {
    const now = EVENING;
    expect(go(aNotice(), rules({ regions: by('410300') }), [], now)).toBe('now');
    expect(go(aNotice(), rules({ regions: by('410325') }), [], now)).toBe('now');
    expect(go(aNotice(), rules({ regions: by('410311') }), [], now)).toBe('none');
    expect(go(aNotice(), rules({ kinds: ['谣言'] }), [], now)).toBe('none');
    expect(go(aNotice({ rung: 'county' }), rules({ fromRung: 'city' }), [], now)).toBe('none');
    expect(go(aNotice({ rung: 'city' }), rules({ fromRung: 'city' }), [], now)).toBe('now');
    const atRisk = aNotice({ lifeAtRisk: true, rung: 'village' });
    expect(go(atRisk, rules({ fromRung: 'city', kinds: ['谣言'] }), [], now)).toBe('now');
    expect(go(atRisk, rules({ regions: by('410311') }), [], now)).toBe('none');
    expect(go(aNotice({ region: null }), rules({ regions: by('410311') }), [], now)).toBe('now');
    expect(go(aNotice(), { ...rules(), paused: true }, [], now)).toBe('none');
  });

  test('reminders, overdue, progress and silent sources each only where asked for', () => {
    for (const [kind, off] of [
      ['reminder', { reminders: false }],
      ['overdue', { overdue: false }],
      ['handOff', { progress: false }],
      ['answer', { progress: false }],
      ['sourceSilent', { sourceSilence: false }],
    ] as const) {
      expect(go(aNotice({ kind }), rules(), [], EVENING), kind).toBe('now');
      expect(go(aNotice({ kind }), rules(off), [], EVENING), kind).toBe('none');
    }
    expect(go(aNotice({ kind: 'page' }), rules(), [], EVENING)).toBe('none');
  });

  test('at night what can wait is held until the morning, and a life at risk goes through', () => {
    const held = routeNotice(aNotice(), rules(), [], at('20T23:30'));
    expect(held).toMatchObject({ go: 'hold', until: at('21T07:00') });
    expect('because' in held && held.because).toContain('11月21日07:00');
    expect(go(aNotice({ lifeAtRisk: true }), rules(), [], at('20T23:30'))).toBe('now');
  });

  test('a mute says who and why, ends by itself, and only a mute of that very incident stops a life at risk', () => {
    const region = mute({ region: '410300' as RegionCode, words: ['停暖'] });
    expect(routeNotice(aNotice(), rules(), [region], EVENING)).toEqual({
      go: 'mute',
      because: '静音到11月20日23:00，李：演练',
    });
    expect(go(aNotice({ title: '停水' }), rules(), [region], EVENING)).toBe('now');
    expect(go(aNotice({ lifeAtRisk: true }), rules(), [region], EVENING)).toBe('now');
    const one = mute({ incident: 'incident-1' as IncidentId });
    expect(go(aNotice({ lifeAtRisk: true }), rules(), [one], EVENING)).toBe('mute');
    expect(go(aNotice(), { ...rules(), quiet: null }, [one], at('20T23:00'))).toBe('now');
    expect(go(aNotice(), rules(), [{ ...one, ended: { at: EVENING - 1, by: '王' } }], EVENING)).toBe('now');
  });
});

describe('in which words', () => {
  const wording = { publicUrl: 'https://wenbida.example.gov.cn', drill: false };

  test('what, where, how far, who, by when, by which rule, and the page that shows it', () => {
    expect(wordNotice(aNotice({ says: ['建议由嵩县发布首发', '依据：一般政务舆情'] }), 1, wording)).toEqual({
      title: '【新事件】锦川小区停暖',
      text: '河南省洛阳市嵩县，区县级扩散，投诉\n建议由嵩县发布首发\n依据：一般政务舆情\n时限：11月22日21:00前\n编号alert-1',
      link: 'https://wenbida.example.gov.cn/desk#/incident/incident-1',
    });
  });

  test('the second of an incident is an update of the first; a drill and a life at risk are said first', () => {
    expect(wordNotice(aNotice({ kind: 'rise' }), 2, wording).title).toBe('【更新·台阶上升】锦川小区停暖');
    expect(wordNotice(aNotice(), 3, wording).text).toMatch(/本事件第3条$/u);
    const drill = wordNotice(aNotice({ lifeAtRisk: true }), 1, { drill: true });
    expect(drill.title).toBe('【演练】【急】【新事件】锦川小区停暖');
    expect(drill.link).toBeNull();
  });

  test('words out of a post call nobody, are no markup, and stay on their line', () => {
    const title = '<at user_id="all">所有人</at>\n@所有人 <@all> [点我](http://x)\u202e`rm`\u2028';
    const { title: head, text } = wordNotice(aNotice({ title, says: [title] }), 1, wording);
    for (const said of [head, ...text.split('\n')]) expect(said).not.toMatch(/[<>@[\]`\u202e\u2028\n]/u);
    expect(head).toContain('＠所有人');
    expect(text.split('\n')).toHaveLength(4);
  });

  test('a digest says the urgent first, each in a line that fits', () => {
    const long = { title: '锦川小区停暖'.repeat(20), place: '河南省洛阳市嵩县车村镇'.repeat(3) };
    const notices = Array.from({ length: 8 }, (_, n) => ({
      notice: aNotice({ ...long, id: `alert-${n + 1_000}`, at: EVENING + n, lifeAtRisk: n === 5, kind: 'rise' }),
      nth: 2,
    }));
    const { title, text } = wordDigest(notices, '一时太多，合并发出', wording);
    const lines = text.split('\n');
    expect(title).toBe('【汇总】8条，一时太多，合并发出');
    expect(lines).toHaveLength(8);
    expect(lines[0]).toMatch(/^1、【急】.*（alert-1005）$/u);
    expect(Buffer.byteLength(title + text)).toBeLessThan(1_900);
  });
});

describe('what happened, as a notice', () => {
  const incident = {
    ...{
      id: 'i1',
      title: '走失老人，联系13812345678',
      region: '410325',
      rung: 'county',
      kind: '求助',
      lifeAtRisk: true,
    },
    openedAt: EVENING,
    steps: [
      { from: null, to: 'town', at: EVENING, because: [], evidence: [] },
      { from: 'town', to: 'county', at: EVENING + 60_000, because: ['两个街道都有人说'], evidence: [] },
    ],
  } as unknown as Incident;
  const suggestion = {
    ...{ id: 'i1', first: 'songxian', outside: null, because: [] },
    then: [{ account: 'checun-police', act: 'dispatch', because: '' }],
    clock: { rule: '危及生命：15 分钟内派警', minutes: 15 },
  } as const;
  const alert = (seq: number, rung: Alert['rung']): Alert =>
    ({
      seq,
      at: EVENING,
      incident: 'i1',
      region: '410325',
      rung,
      title: incident.title,
      suggestion,
    }) as unknown as Alert;

  test('an alert: masked, who is sent out, by when; a later one says how it rose', () => {
    const first = noticeOfAlert(alert(1, 'town'), incident, words);
    expect(first).toMatchObject({ id: 'alert-1', kind: 'alert', thread: 'i1', due: EVENING + 15 * 60_000 });
    expect(first.title).toBe('走失老人，联系138********');
    expect(first.says).toEqual(['建议由账号songxian首发', '派警：账号checun-police', '依据：危及生命：15 分钟内派警']);
    const rise = noticeOfAlert(alert(2, 'county'), incident, words);
    expect(rise).toMatchObject({ id: 'alert-2', kind: 'rise', thread: 'i1' });
    expect(rise.says[0]).toBe('升到区县：两个街道都有人说');
  });

  test('acts in the file of an incident: those that somebody waits for, and no others', () => {
    const tell = (draft: Omit<CaseDraft, 'at' | 'by'>) =>
      noticeOfCaseEvent(
        { ...draft, at: EVENING, by: { kind: 'rule', rule: '' }, incident: 'i1', seq: 7, keptAt: EVENING } as CaseEvent,
        incident,
        null,
        words,
      );
    expect(tell({ act: 'reminded', account: 'a', when: 'half' } as never)).toMatchObject({
      id: 'case-i1-7',
      kind: 'reminder',
      thread: 'i1',
      says: ['时限过半，请账号a回应'],
    });
    expect(tell({ act: 'overdue', account: 'a', next: 'b' } as never)).toMatchObject({
      kind: 'overdue',
      says: ['账号a没有回应，转由账号b接管'],
    });
    expect(tell({ act: 'reminded', account: 'a', when: 'eighty', handoff: 3 } as never)).toMatchObject({
      kind: 'reminder',
      says: ['回传时限已过八成，请账号a回传'],
    });
    expect(tell({ act: 'late', account: 'a', handoff: 3, minutes: 90 } as never)).toMatchObject({
      kind: 'overdue',
      says: ['账号a超过要求的1时30分，没有回传'],
    });
    expect(tell({ act: 'refused', account: 'a', next: 'b', why: '不归我们，找13812345678' } as never)).toMatchObject({
      kind: 'handOff',
      says: ['账号a退回，改由账号b办', '原因：不归我们，找138********'],
    });
    expect(tell({ act: 'commented', comment: 'x' } as never)).toBeUndefined();
    expect(tell({ act: 'citizenSaid', solved: true } as never)).toBeUndefined();
    expect(tell({ act: 'citizenSaid', solved: false } as never)?.says).toEqual(['群众说没有解决']);
  });
});

describe('how fast', () => {
  test('never more than twenty in any minute on 钉钉 and 企业微信, with room kept for a life at risk', () => {
    for (const kind of ['dingtalk', 'wecom'] as const) {
      const left: number[] = [];
      for (let now = 0; now < 300_000; now += 250) if (roomOn(kind, left, now).urgent > 0) left.push(now);
      for (const from of left)
        expect(left.filter((one) => one >= from && one < from + 60_000).length).toBeLessThanOrEqual(20);
      expect(left.length).toBe(100);
      expect(roomOn(kind, left.slice(0, 16), 20_000)).toEqual({ now: 0, urgent: 4 });
    }
  });

  test('飞书: five a second, a hundred a minute', () => {
    const left: number[] = [];
    for (let now = 0; now < 120_000; now += 50) if (roomOn('feishu', left, now).urgent > 0) left.push(now);
    for (const from of left) {
      expect(left.filter((one) => one >= from && one < from + 1_000).length).toBeLessThanOrEqual(5);
      expect(left.filter((one) => one >= from && one < from + 60_000).length).toBeLessThanOrEqual(100);
    }
  });

  test('retries begin at a tenth of a second and end at five minutes, any part of it, never sooner than asked', () => {
    expect(backOff(0, 0)).toBe(50);
    expect(backOff(0, 1)).toBe(150);
    expect(backOff(5, 1)).toBe(3_250);
    expect(backOff(1_000, 1)).toBe(300_050);
    expect(backOff(3, 0.5, 600_000)).toBe(600_000);
  });
});
