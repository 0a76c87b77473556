import type { Account } from '../domain/account.ts';
import type { IncidentId } from '../domain/incident.ts';
import { chargesOf, type ClockedFile } from './read-charges.ts';

const DAY = 86_400_000;

/** 单项否决 of 国办秘函〔2019〕19号, in substance; a number is ours where the text names none. */
export const VETO_ITEMS = ['security', 'stale', 'unanswered', 'bought'] as const;
export type VetoItem = (typeof VETO_ITEMS)[number];

/** unknown: this program can't see it, and says so instead of passing it. */
export type VetoState = 'fails' | 'warns' | 'passes' | 'unknown';

export interface Veto {
  readonly item: VetoItem;
  readonly state: VetoState;
  readonly because: string;
}

export interface AccountHealth {
  readonly account: string;
  readonly name: string;
  readonly unit: string;
  /** Whole days since its last word in a file; null where no file holds one. */
  readonly silentDays: number | null;
  /** Its oldest file without a public answer. */
  readonly oldest: { readonly incident: IncidentId; readonly since: number; readonly days: number } | null;
  readonly vetoes: readonly Veto[];
}

export interface HealthRules {
  /** 2 周内无更新: from memory of the text, and what Beijing counted in 2019. */
  readonly silentFails: number;
  readonly silentWarns: number;
  /** The text says 互动回应差 without a number; for websites it is three months without an answer. */
  readonly unansweredFails: number;
}

export const HEALTH_RULES: HealthRules = { silentFails: 14, silentWarns: 10, unansweredFails: 90 };

/** 账号健康 of the public accounts, in the order of the matrix. It knows the words in the files here, and not what else an account posts. */
export function checkHealth(
  files: readonly ClockedFile[],
  accounts: readonly Account[],
  now: number,
  rules: HealthRules = HEALTH_RULES,
): readonly AccountHealth[] {
  const last = new Map<string, number>();
  const oldest = new Map<string, { incident: IncidentId; since: number; overdue: boolean }>();
  for (const file of files) {
    for (const { word } of file.state.words)
      if (word.publishedAt <= now) last.set(word.account, Math.max(last.get(word.account) ?? 0, word.publishedAt));
    for (const { account, from, due, answeredAt, closedAt, taken, incident } of chargesOf(file)) {
      if (taken || closedAt !== null || (answeredAt !== null && answeredAt <= now) || from > now) continue;
      const known = oldest.get(account);
      if (known === undefined || from < known.since) oldest.set(account, { incident, since: from, overdue: due < now });
    }
  }
  return accounts
    .filter((account) => account.public)
    .map(({ id, name, unit }): AccountHealth => {
      const spoke = last.get(id);
      const silentDays = spoke === undefined ? null : Math.floor((now - spoke) / DAY);
      const waiting = oldest.get(id);
      const days = waiting === undefined ? 0 : Math.floor((now - waiting.since) / DAY);
      return {
        ...{ account: id, name, unit, silentDays },
        oldest: waiting === undefined ? null : { incident: waiting.incident, since: waiting.since, days },
        vetoes: [
          { item: 'security', state: 'unknown', because: '由人认定，本系统不判断' },
          stale(silentDays, rules),
          unanswered(waiting, days, rules),
          { item: 'bought', state: 'unknown', because: '本系统不统计粉丝、点赞和转发量' },
        ],
      };
    });
}

function stale(silentDays: number | null, { silentFails, silentWarns }: HealthRules): Veto {
  const item = 'stale';
  if (silentDays === null) return { item, state: 'unknown', because: '档案里没有它的发布记录，请到平台核对' };
  if (silentDays > silentFails)
    return { item, state: 'fails', because: `档案里已${silentDays}天没有它的发布，超过${silentFails}天` };
  if (silentDays > silentWarns) return { item, state: 'warns', because: `档案里已${silentDays}天没有它的发布` };
  return { item, state: 'passes', because: `${silentDays === 0 ? '今天' : `${silentDays}天前`}有发布` };
}

function unanswered(
  waiting: { readonly overdue: boolean } | undefined,
  days: number,
  { unansweredFails }: HealthRules,
): Veto {
  const item = 'unanswered';
  if (waiting === undefined) return { item, state: 'passes', because: '没有未答复的事件' };
  if (days > unansweredFails) return { item, state: 'fails', because: `最久的已${days}天没有答复` };
  if (waiting.overdue) return { item, state: 'warns', because: `有已过时限的未答复事件，最久的${days}天` };
  return { item, state: 'passes', because: '未答复的都在时限内' };
}
