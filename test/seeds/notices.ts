import type { IncidentId } from '../../pipelines/domain/incident.ts';
import type { Notice } from '../../pipelines/domain/notice.ts';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import type { Message } from '../../pipelines/ports/channel.ts';

/** 20 November 2026, 21:00 in Shanghai. */
export const EVENING = Date.parse('2026-11-20T13:00:00Z');

export const aNotice = (given: Partial<Notice> = {}): Notice => ({
  id: 'alert-1',
  kind: 'alert',
  at: EVENING,
  thread: 'incident-1',
  incident: 'incident-1' as IncidentId,
  region: '410325' as RegionCode,
  rung: 'county',
  incidentKind: '投诉',
  lifeAtRisk: false,
  title: '锦川小区停暖',
  place: '河南省洛阳市嵩县',
  says: ['由嵩县发布首发'],
  due: EVENING + 48 * 3_600_000,
  path: 'desk#/incident/incident-1',
  ...given,
});

export const aMessage = (given: Partial<Message> = {}): Message => ({
  id: 'alert-1',
  title: '【新事件】锦川小区停暖',
  text: '河南省洛阳市嵩县\n由嵩县发布首发',
  link: 'https://wenbida.example.gov.cn/desk#/incident/incident-1',
  thread: 'incident-1',
  notices: [aNotice()],
  ...given,
});
