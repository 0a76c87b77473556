import { HANDOFF_MODE_NAMES, OUTCOME_NAMES, type CaseEvent } from '../domain/case-event.ts';
import type { Incident, IncidentId } from '../domain/incident.ts';
import { TIER_NAMES } from '../domain/tier.ts';
import { foldCase } from './fold-case.ts';
import type { NoticeWords } from './notice-of-alert.ts';

/** An incident that is still open at the end of a shift. */
export interface OpenLine {
  readonly incident: IncidentId;
  readonly region: Incident['region'];
  readonly title: string;
  readonly place: string;
  readonly lifeAtRisk: boolean;
  /** Whose court it is in, and since when; null: nobody's. */
  readonly court: string | null;
  readonly since: number;
  readonly status: 'untouched' | 'acknowledged' | 'assigned' | 'answered' | 'reopened';
  /** Epoch ms; null where no clock runs. */
  readonly due: number | null;
}

/** One thing that happened in the shift. */
export interface ChangeLine {
  readonly at: number;
  readonly incident: IncidentId;
  readonly region: Incident['region'];
  readonly title: string;
  readonly what: string;
}

/** 交接单: what the next shift has to know. Written by the ledger, not by hand. */
export interface HandOverNote {
  readonly from: number;
  readonly to: number;
  /** Least time left first; a life at risk before all. */
  readonly open: readonly OpenLine[];
  /** Oldest first. */
  readonly changed: readonly ChangeLine[];
  readonly opened: number;
  readonly closed: number;
}

export interface CaseFile {
  readonly incident: Incident;
  /** Oldest first; empty where nobody has begun its file. */
  readonly events: readonly CaseEvent[];
  /** Minutes of its clock. */
  readonly minutes: number | null;
  readonly first: string | null;
}

/** @param files every incident that is open at the end, or changed in the shift. Anything after `to` is left out. */
export function handOverNote(files: readonly CaseFile[], from: number, to: number, words: NoticeWords): HandOverNote {
  const open: OpenLine[] = [];
  const changed: ChangeLine[] = [];
  let closed = 0;
  for (const file of files) {
    const { incident } = file;
    const events = file.events.filter(({ keptAt }) => keptAt < to);
    const title = words.mask(incident.title);
    const line = { incident: incident.id, region: incident.region, title };
    const inShift = (at: number): boolean => at >= from && at < to;
    const say = (at: number, what: string): void => void (inShift(at) && changed.push({ ...line, at, what }));
    for (const step of incident.steps)
      say(step.at, step.from === null ? `新出现，${TIER_NAMES[step.to]}级` : `升到${TIER_NAMES[step.to]}级`);
    for (const event of events) {
      const what = sayAct(event, words);
      if (what !== undefined) say(event.at, what);
      if (event.act === 'closed' && inShift(event.at)) closed++;
    }
    const state = foldCase(events);
    if (state?.status === 'closed' || incident.state === 'merged' || incident.openedAt >= to) continue;
    if (state === undefined && incident.state === 'cooled') continue;
    const court = state === undefined ? file.first : state.court.account;
    const start = state === undefined ? incident.openedAt : (state.starts[state.start] ?? state.starts.firstSeen);
    const isAnswered = state?.status === 'answered';
    open.push({
      ...line,
      place: incident.region === null ? '地点未定' : words.region(incident.region),
      lifeAtRisk: incident.lifeAtRisk,
      court: court === null ? null : words.account(court),
      since: state?.court.since ?? incident.openedAt,
      status: state === undefined || state.status === 'raised' ? 'untouched' : state.status,
      due: file.minutes === null || isAnswered ? null : start + file.minutes * 60_000,
    });
  }
  const rank = (line: OpenLine): number => line.due ?? Infinity;
  open.sort((a, b) => Number(b.lifeAtRisk) - Number(a.lifeAtRisk) || rank(a) - rank(b) || a.since - b.since);
  changed.sort((a, b) => a.at - b.at);
  const opened = files.filter(({ incident }) => incident.openedAt >= from && incident.openedAt < to).length;
  return { from, to, open, changed, opened, closed };
}

function sayAct(event: CaseEvent, { account, mask }: NoticeWords): string | undefined {
  switch (event.act) {
    case 'acknowledged':
      return `${actorOf(event)}接手${event.comment === undefined ? '' : `：${mask(event.comment)}`}`;
    case 'commented':
      return `${actorOf(event)}：${mask(event.comment)}`;
    case 'publicShown':
      return `公示：${mask(event.title)}`;
    case 'publicHidden':
      return '撤下公示';
    case 'jointPlanned':
      return '安排联动发布';
    case 'jointDeclined':
      return `${account(event.account)}不参加联动发布`;
    case 'graded':
      return event.grade === null ? '撤销定级' : `定为${event.grade}`;
    case 'overridden':
      return `改由${account(event.chosen)}首发`;
    case 'assigned':
      return `${HANDOFF_MODE_NAMES[event.mode]}给${account(event.account)}`;
    case 'accepted':
      return `${account(event.account)}接收`;
    case 'refused':
      return `${account(event.account)}退回，改由${account(event.next)}办`;
    case 'factsGiven':
      return `${account(event.account)}提供了事实`;
    case 'answered':
    case 'relayed':
    case 'supplemented':
    case 'corrected':
      return `${account(event.word.account)}${WORD_NAMES[event.act]}`;
    case 'overdue':
      return event.next === null ? '超时，无人接管' : `超时，转由${account(event.next)}接管`;
    case 'supervised':
      return `督办${account(event.account)}`;
    case 'dispatched':
      return `派警：${event.to.map(account).join('、')}`;
    case 'citizenSaid':
      return event.solved ? '群众说已解决' : '群众说没有解决';
    case 'closed':
      return `办结：${OUTCOME_NAMES[event.outcome]}`;
    case 'reopened':
      return '重开';
    case 'raised':
    case 'clockChosen':
    case 'notified':
    case 'reminded':
    case 'contactShown':
    case 'claimDrafted':
    case 'claimConfirmed':
    case 'claimRejected':
    case 'undone':
      return undefined;
  }
}

const WORD_NAMES = { answered: '回应', relayed: '转发', supplemented: '补充', corrected: '更正' } as const;

const actorOf = ({ by }: CaseEvent): string => (by.kind === 'person' ? by.name : '系统');
