import { HANDOFF_MODE_NAMES, type CaseEvent, type ReminderKind } from '../domain/case-event.ts';
import type { Incident } from '../domain/incident.ts';
import type { Notice, NoticeKind } from '../domain/notice.ts';
import { saySpan } from '../domain/shanghai-time.ts';
import { aboutIncident, type NoticeWords } from './notice-of-alert.ts';

const REMINDED: Readonly<Record<ReminderKind, string>> = {
  half: '时限过半',
  eighty: '时限已过八成',
  asked: '催办',
};

/** What people are told of an act in an incident's file; undefined for acts that wake nobody. */
export function noticeOfCaseEvent(
  event: CaseEvent,
  incident: Incident | undefined,
  due: number | null,
  words: NoticeWords,
): Notice | undefined {
  const told = tellOf(event, words);
  if (told === undefined) return undefined;
  const [kind, sentence] = told;
  const about = aboutIncident(event.incident, { region: null, title: '' }, incident, words);
  return {
    ...about,
    id: `case-${event.incident}-${event.seq}`,
    kind,
    at: event.at,
    says: [sentence, ...(event.why === undefined ? [] : [`原因：${words.mask(event.why)}`])],
    due,
  };
}

function tellOf(event: CaseEvent, { account }: NoticeWords): readonly [NoticeKind, string] | undefined {
  switch (event.act) {
    case 'reminded':
      return event.handoff === undefined
        ? ['reminder', `${REMINDED[event.when]}，请${account(event.account)}回应`]
        : ['reminder', `回传${REMINDED[event.when]}，请${account(event.account)}回传`];
    case 'late':
      return ['overdue', `${account(event.account)}超过要求的${saySpan(event.minutes * 60_000)}，没有回传`];
    case 'overdue': {
      const late = event.account === null ? '无人认领' : `${account(event.account)}没有回应`;
      return [
        'overdue',
        event.next === null ? `${late}，上面没有可接管的账号` : `${late}，转由${account(event.next)}接管`,
      ];
    }
    case 'assigned': {
      const within = event.minutes === undefined ? '' : `，${saySpan(event.minutes * 60_000)}内回传`;
      return ['handOff', `${HANDOFF_MODE_NAMES[event.mode]}给${account(event.account)}${within}`];
    }
    case 'refused':
      return ['handOff', `${account(event.account)}退回，改由${account(event.next)}办`];
    case 'supervised':
      return ['handOff', `督办${account(event.account)}`];
    case 'dispatched':
      return ['handOff', `已派警：${event.to.map(account).join('、')}`];
    case 'reopened':
      return ['handOff', '已重开'];
    case 'citizenSaid':
      return event.solved ? undefined : ['handOff', '群众说没有解决'];
    case 'answered':
      return ['answer', `${account(event.word.account)}已公开回应`];
    case 'corrected':
      return ['answer', `${account(event.word.account)}已更正`];
    case 'raised':
    case 'acknowledged':
    case 'commented':
    case 'graded':
    case 'clockChosen':
    case 'notified':
    case 'overridden':
    case 'accepted':
    case 'factsGiven':
    case 'relayed':
    case 'supplemented':
    case 'contactShown':
    case 'publicShown':
    case 'publicHidden':
    case 'jointPlanned':
    case 'jointDeclined':
    case 'claimDrafted':
    case 'claimConfirmed':
    case 'claimRejected':
    case 'closed':
    case 'undone':
      return undefined;
  }
}
