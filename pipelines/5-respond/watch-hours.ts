import type { Account } from '../domain/account.ts';
import { nextOnDuty, onDuty, sayHours } from '../domain/duty-hours.ts';
import type { NextAct } from '../domain/suggestion.ts';
import type { Local } from './find-local.ts';

const DAY = 86_400_000;
const SHANGHAI = 8 * 3_600_000;
const DAYS = ['周四', '周五', '周六', '周日', '周一', '周二', '周三'];

/**
 * 值班: who is off duty is still named, because the rule does not change at night; but it is said, with when they are back and who is there
 * now. The clock goes on.
 */
export function watchHours(
  first: Account,
  chain: readonly Account[],
  local: Local,
  at: number | undefined,
  minutes: number,
): { acts: NextAct[]; because: string[] } {
  if (at === undefined || onDuty(first.hours, at)) return { acts: [], because: [] };
  const back = nextOnDuty(first.hours, at);
  const late = back === undefined || back > at + minutes * 60_000;
  const standIn = whoIsThere(first, chain, local, at);
  const lead = `值班：${offDuty(first, at)}，首发仍是它，时限照走${late ? '，且在它回来之前就到期' : ''}`;
  if (standIn === undefined)
    return { acts: [], because: [`${lead}；矩阵中没有正在值班的上级或综合账号，请电话叫${first.name}的人到岗`] };
  return {
    acts: [
      {
        account: standIn.id,
        act: 'inform',
        because: `值班：${first.name}不在值班时间，先告知正在值班的${standIn.name}，由它接下并叫${first.name}到岗`,
      },
    ],
    because: [`${lead}；现在值班的是${standIn.name}（${said(standIn)}），由它先接下、电话叫${first.name}到岗`],
  };
}

/** Each act of somebody who is off duty says so. */
export const markOffDuty = (
  acts: readonly NextAct[],
  account: (id: string) => Account | undefined,
  at: number | undefined,
): NextAct[] =>
  acts.map((act) => {
    const who = account(act.account);
    if (at === undefined || who === undefined || onDuty(who.hours, at)) return act;
    return { ...act, because: `${act.because}（${offDuty(who, at)}，请电话联系）` };
  });

/** Stated hours go before hours nobody stated: those are only thought to be there. */
function whoIsThere(first: Account, chain: readonly Account[], local: Local, at: number): Account | undefined {
  const others = [...chain, ...local.withDuty('综合'), ...local.withDuty('紧急')].filter(({ id }) => id !== first.id);
  const there = others.filter(({ hours }) => onDuty(hours, at));
  return there.find(({ hours }) => hours !== undefined) ?? there[0];
}

const said = ({ hours }: Account): string => (hours === undefined ? '没有填值班时间' : sayHours(hours));

function offDuty(account: Account, at: number): string {
  const back = nextOnDuty(account.hours, at);
  return `${account.name}现在不在值班时间（${said(account)}${back === undefined ? '' : `，${sayWhen(back, at)}回来`}）`;
}

/** 今天18:00, 明天09:00, 周一09:00. */
function sayWhen(time: number, now: number): string {
  const day = (moment: number): number => Math.floor((moment + SHANGHAI) / DAY);
  const away = day(time) - day(now);
  const name = away === 0 ? '今天' : away === 1 ? '明天' : (DAYS[day(time) % 7] ?? '');
  return `${name}${new Date(time + SHANGHAI).toISOString().slice(11, 16)}`;
}
