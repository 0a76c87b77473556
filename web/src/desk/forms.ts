import type { PersonAct } from '../../../server/contract/case-acts.ts';
import type { CaseFileRow } from '../../../server/contract/case-file.ts';
import { HANDOFF_MODE_NAMES, OUTCOME_NAMES } from '../../../pipelines/domain/case-event.ts';
import { GRADES } from '../../../pipelines/domain/suggestion.ts';

/** What a form asks for, act by act. Everything else is checked where the act is kept, and said in the same words. */
export type Field =
  | {
      readonly name: string;
      readonly kind: 'account' | 'line' | 'text' | 'minutes';
      readonly label: string;
      readonly optional?: boolean;
      readonly hint?: string;
    }
  | {
      readonly name: string;
      readonly kind: 'choice';
      readonly label: string;
      readonly options: readonly (readonly [string, string])[];
    };

export type Values = Readonly<Record<string, string>>;

export interface Form {
  readonly title: string;
  readonly hint?: string;
  readonly fields: readonly Field[];
  readonly build: (values: Values, file: CaseFileRow, now: number) => PersonAct;
  readonly why?: 'needed' | 'welcome';
}

const account = (label: string, name = 'account'): Field => ({ name, kind: 'account', label });
const optional = (text: string | undefined): string | undefined => {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed;
};
const firstOf = (file: CaseFileRow): number => file.words.find(({ kind }) => kind === 'answered')?.seq ?? 1;
const courtOf = (file: CaseFileRow): string => file.brief.court?.account ?? '';

const WORD: readonly Field[] = [
  account('由哪个账号发的'),
  { name: 'text', kind: 'text', label: '已发布的原文' },
  { name: 'link', kind: 'line', label: '链接', optional: true, hint: 'https://' },
];
const wordOf = (values: Values, now: number) => {
  const link = optional(values['link']);
  return {
    account: values['account'] ?? '',
    text: values['text'] ?? '',
    publishedAt: Math.round(now),
    ...(link === undefined ? {} : { link }),
  };
};

export const FORMS: Readonly<Record<string, Form>> = {
  acknowledged: {
    title: '我来接手',
    hint: '全班可见，可撤回',
    fields: [{ name: 'comment', kind: 'line', label: '附一句话', optional: true }],
    build: ({ comment }) => {
      const said = optional(comment);
      return { act: 'acknowledged', ...(said === undefined ? {} : { comment: said }) };
    },
  },
  assigned: {
    title: '交办',
    hint: '首接负责：拒收须写明下一家与理由。没有人接之前，由首接的账号负责。',
    fields: [
      account('交给'),
      {
        name: 'mode',
        kind: 'choice',
        label: '方式',
        options: (['assign', 'transfer', 'whistle'] as const).map((mode) => [mode, HANDOFF_MODE_NAMES[mode]]),
      },
      { name: 'minutes', kind: 'minutes', label: '几分钟内回传', optional: true },
    ],
    build: (values) => {
      const minutes = Number(values['minutes'] ?? '');
      return {
        act: 'assigned',
        account: values['account'] ?? '',
        mode: values['mode'] === 'transfer' || values['mode'] === 'whistle' ? values['mode'] : 'assign',
        ...(minutes > 0 ? { minutes } : {}),
      };
    },
    why: 'welcome',
  },
  accepted: { title: '接收', fields: [], build: (_values, file) => ({ act: 'accepted', account: courtOf(file) }) },
  refused: {
    title: '退回',
    hint: '不归本单位管的，须写明归谁管、依据什么。',
    fields: [account('应由谁办', 'next')],
    build: (values, file) => ({ act: 'refused', account: courtOf(file), next: values['next'] ?? '' }),
    why: 'needed',
  },
  factsGiven: {
    title: '提供事实',
    fields: [account('哪个单位提供'), { name: 'text', kind: 'text', label: '事实：时间、地点、数字、处置' }],
    build: (values) => ({ act: 'factsGiven', account: values['account'] ?? '', text: values['text'] ?? '' }),
  },
  answered: {
    title: '登记首发',
    hint: '先在自己的平台发布，再把原文登记在这里。本系统不代发。',
    fields: WORD,
    build: (values, _file, now) => ({ act: 'answered', word: wordOf(values, now) }),
  },
  relayed: {
    title: '登记转发',
    fields: WORD,
    build: (values, file, now) => ({ act: 'relayed', word: wordOf(values, now), of: firstOf(file) }),
  },
  supplemented: {
    title: '登记补充',
    fields: WORD,
    build: (values, file, now) => ({ act: 'supplemented', word: wordOf(values, now), of: firstOf(file) }),
  },
  corrected: {
    title: '登记更正',
    hint: '先由发布者自己更正；由别人更正的须写明理由。',
    fields: WORD,
    build: (values, file, now) => ({ act: 'corrected', word: wordOf(values, now), of: firstOf(file) }),
    why: 'welcome',
  },
  overridden: {
    title: '改首发账号',
    hint: '不按规则的建议须写明理由；改动计入建议的准确率。',
    fields: [account('改由谁首发', 'chosen')],
    build: (values, file) => ({
      act: 'overridden',
      suggested: file.overridden?.chosen.account ?? file.brief.owner?.account ?? null,
      chosen: values['chosen'] ?? '',
    }),
    why: 'needed',
  },
  reminded: {
    title: '催办',
    fields: [],
    build: (_values, file) => ({ act: 'reminded', account: courtOf(file), when: 'asked' }),
    why: 'welcome',
  },
  notified: {
    title: '记下已通知',
    hint: '电话或当面通知到责任单位的时间，可作时限的起点。',
    fields: [account('通知了谁')],
    build: (values) => ({ act: 'notified', account: values['account'] ?? '' }),
  },
  graded: {
    title: '法定分级',
    hint: '由人按预案认定；社会安全事件没有法定分级。',
    fields: [
      {
        name: 'grade',
        kind: 'choice',
        label: '分级',
        options: [...GRADES.map((grade) => [grade, grade] as const), ['', '未定级']],
      },
    ],
    build: (values) => ({ act: 'graded', grade: GRADES.find((grade) => grade === values['grade']) ?? null }),
    why: 'needed',
  },
  commented: {
    title: '批注',
    fields: [{ name: 'comment', kind: 'text', label: '写给同班和下一班' }],
    build: (values) => ({ act: 'commented', comment: values['comment'] ?? '' }),
  },
  publicShown: {
    title: '在公开页公开',
    hint: '群众看到的只有这里写的标题和一句话。不照抄帖文，不写姓名、电话、门牌。',
    fields: [
      { name: 'title', kind: 'line', label: '公开标题' },
      { name: 'line', kind: 'line', label: '一句话', optional: true },
    ],
    build: (values) => {
      const line = optional(values['line']);
      return { act: 'publicShown', title: values['title'] ?? '', ...(line === undefined ? {} : { line }) };
    },
  },
  publicHidden: { title: '从公开页撤下', fields: [], build: () => ({ act: 'publicHidden' }), why: 'welcome' },
  closed: {
    title: '办结',
    fields: [{ name: 'outcome', kind: 'choice', label: '结果', options: Object.entries(OUTCOME_NAMES) }],
    build: (values) => ({
      act: 'closed',
      outcome: (values['outcome'] ?? 'solved') as Extract<PersonAct, { act: 'closed' }>['outcome'],
    }),
    why: 'welcome',
  },
  reopened: { title: '重新打开', fields: [], build: () => ({ act: 'reopened' }), why: 'needed' },
};

/** The buttons in their order; the first that is allowed and fits the status is the main one. */
export const ORDER = [
  ...[
    'assigned',
    'answered',
    'acknowledged',
    'accepted',
    'refused',
    'factsGiven',
    'relayed',
    'supplemented',
    'corrected',
  ],
  ...['reminded', 'notified', 'overridden', 'graded', 'commented', 'publicShown', 'publicHidden', 'closed', 'reopened'],
] as const;

export function mainAct(file: CaseFileRow, lifeAtRisk: boolean): string {
  const ok = (act: string): boolean => file.allowed.some((each) => each.act === act && each.ok);
  if (lifeAtRisk && ok('dispatched') && file.dispatched.length === 0) return 'dispatched';
  const { status } = file.brief;
  const wish =
    status === 'raised' || status === 'reopened'
      ? 'acknowledged'
      : status === 'answered'
        ? 'closed'
        : status === 'closed'
          ? 'reopened'
          : 'answered';
  return ok(wish) ? wish : (ORDER.find(ok) ?? 'commented');
}

/** An act in a word, as buttons and lists say it. */
export const nameOfAct = (act: string): string =>
  act === 'dispatched' ? '派警' : act === 'clockChosen' ? '改起点' : (FORMS[act]?.title ?? act);

const AT_HAND = 3;

/** What is done most in this state, in reach of the thumb; the rest is one tap further. */
export function actsAtHand(file: CaseFileRow, main: string): readonly string[] {
  const ok = (act: string): boolean => act !== main && file.allowed.some((each) => each.act === act && each.ok);
  const wish =
    file.brief.status === 'answered' || file.brief.status === 'closed'
      ? ['relayed', 'supplemented', 'corrected']
      : ['assigned', 'answered', 'acknowledged'];
  return [...new Set([...wish, ...ORDER])].filter(ok).slice(0, AT_HAND);
}

/** What the main button adds to its word: that it needs no form. */
export const hintOfMain = (act: string): string => (act === 'acknowledged' ? (FORMS[act]?.hint ?? '') : '');
