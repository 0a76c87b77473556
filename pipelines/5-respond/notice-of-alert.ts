import type { Alert } from '../domain/alert.ts';
import type { Incident } from '../domain/incident.ts';
import type { Notice } from '../domain/notice.ts';
import type { RegionCode } from '../domain/region.ts';
import { TIER_NAMES } from '../domain/tier.ts';

/** What a notice needs beside the facts: names, and what stars out telephone numbers and the like. */
export interface NoticeWords {
  readonly region: (code: RegionCode) => string;
  readonly account: (id: string) => string;
  readonly mask: (text: string) => string;
}

const MINUTE = 60_000;

/** An alert of the desk as people are told of it. The first of its incident is news, a later one says how it climbed. */
export function noticeOfAlert(alert: Alert, incident: Incident | undefined, words: NoticeWords): Notice {
  const isFirst = incident === undefined || alert.rung === incident.steps[0]?.to;
  const step = incident?.steps.find(({ to }) => to === alert.rung);
  const { suggestion } = alert;
  return {
    ...aboutIncident(alert.incident, alert, incident, words),
    id: `alert-${alert.seq}`,
    kind: isFirst ? 'alert' : 'rise',
    at: alert.at,
    rung: alert.rung,
    says: [
      ...(isFirst
        ? []
        : [`升到${TIER_NAMES[alert.rung]}${step === undefined ? '' : `：${words.mask(step.because[0] ?? '')}`}`]),
      whoAnswers(alert, words),
      ...sentOut(alert, words),
      `依据：${suggestion.clock.rule}`,
    ],
    due: (incident?.openedAt ?? alert.at) + suggestion.clock.minutes * MINUTE,
  };
}

/** What every notice of an incident says of it. */
export function aboutIncident(
  id: Incident['id'],
  seen: { readonly region: RegionCode | null; readonly title: string },
  incident: Incident | undefined,
  words: NoticeWords,
): Omit<Notice, 'id' | 'kind' | 'at' | 'says' | 'due'> {
  const region = incident?.region ?? seen.region;
  return {
    thread: id,
    incident: id,
    region,
    rung: incident?.rung ?? null,
    incidentKind: incident?.kind ?? null,
    lifeAtRisk: incident?.lifeAtRisk ?? false,
    title: words.mask(incident?.title ?? seen.title),
    place: region === null ? '地点未定' : words.region(region),
    path: `desk#/incident/${encodeURIComponent(id)}`,
  };
}

function whoAnswers({ suggestion }: Alert, words: NoticeWords): string {
  if (suggestion.first !== null) return `建议由${words.account(suggestion.first)}首发`;
  if (suggestion.outside !== null) return `不属本地，归${words.region(suggestion.outside)}`;
  return '本矩阵没有账号可以首发，请指定';
}

function sentOut({ suggestion }: Alert, words: NoticeWords): string[] {
  const to = suggestion.then.filter(({ act }) => act === 'dispatch').map(({ account }) => words.account(account));
  return to.length === 0 ? [] : [`派警：${to.join('、')}`];
}
