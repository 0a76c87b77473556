import {
  CLOCK_START_NAMES,
  HANDOFF_MODE_NAMES,
  OUTCOME_NAMES,
  type Actor,
  type CaseEvent,
} from '../domain/case-event.ts';
import { saySpan } from '../domain/shanghai-time.ts';

type NameOf = (account: string) => string;

/** Who did it, as people say it. */
export function tellActor(by: Actor, nameOf: NameOf): string {
  switch (by.kind) {
    case 'person':
      return by.name;
    case 'rule':
      return `规则：${by.rule}`;
    case 'unit':
      return nameOf(by.account);
    case 'citizen':
      return '群众';
  }
}

/** One act of a file in one sentence: for the desk, the ledger, printed sheets and hand-over notes. The texts that belong to it are told apart. */
export function tellEvent(event: CaseEvent, nameOf: NameOf): string {
  switch (event.act) {
    case 'raised':
      return event.suggested === null ? '立档，还没有责任账号' : `立档，首接${nameOf(event.suggested)}`;
    case 'acknowledged':
      return '接手';
    case 'commented':
      return '批注';
    case 'graded':
      return `法定分级：${event.grade ?? '未定级'}`;
    case 'clockChosen':
      return `时限从${CLOCK_START_NAMES[event.start]}算起`;
    case 'notified':
      return `已通知${nameOf(event.account)}`;
    case 'overridden':
      return `改由${nameOf(event.chosen)}首发${event.suggested === null ? '' : `（规则建议${nameOf(event.suggested)}）`}`;
    case 'assigned':
      return `${HANDOFF_MODE_NAMES[event.mode]}${nameOf(event.account)}${event.minutes === undefined ? '' : `，${saySpan(event.minutes * 60_000)}内回传`}`;
    case 'accepted':
      return `${nameOf(event.account)}接收`;
    case 'refused':
      return `${nameOf(event.account)}退回，写明应由${nameOf(event.next)}办理`;
    case 'factsGiven':
      return `${nameOf(event.account)}提供事实`;
    case 'answered':
      return `${nameOf(event.word.account)}公开回应`;
    case 'relayed':
      return `${nameOf(event.word.account)}转发`;
    case 'supplemented':
      return `${nameOf(event.word.account)}补充`;
    case 'corrected':
      return `${nameOf(event.word.account)}更正`;
    case 'reminded': {
      const clock = event.handoff === undefined ? '时限' : '回传时限';
      const kind =
        event.when === 'half' ? `${clock}过半，提醒` : event.when === 'eighty' ? `${clock}已过八成，提醒` : '催办';
      return `${kind}${nameOf(event.account)}`;
    }
    case 'late':
      return `${nameOf(event.account)}超时：要求${saySpan(event.minutes * 60_000)}内回传，没有回传`;
    case 'overdue':
      return event.next === null ? '到期未回应' : `到期未回应，${nameOf(event.next)}接管`;
    case 'supervised':
      return `${nameOf(event.account)}督办`;
    case 'dispatched':
      return `派警：${event.to.map(nameOf).join('、')}`;
    case 'contactShown':
      return `联系方式已给${nameOf(event.to)}看`;
    case 'claimDrafted':
      return '起草辟谣稿';
    case 'claimConfirmed':
      return `确认第${event.draft}号稿`;
    case 'claimRejected':
      return `退回第${event.draft}号稿`;
    case 'jointPlanned':
      return `联动发布：${event.title}`;
    case 'jointDeclined':
      return `${nameOf(event.account)}不参加联动发布`;
    case 'publicShown':
      return `在公开页上公开：${event.title}`;
    case 'publicHidden':
      return '从公开页撤下';
    case 'citizenSaid':
      return event.solved ? '说解决了' : '说没解决';
    case 'closed':
      return `办结：${OUTCOME_NAMES[event.outcome]}`;
    case 'reopened':
      return '重新办理';
    case 'undone':
      return `撤回第${event.of}条`;
  }
}
