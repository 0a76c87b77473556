import type { DutyMember, PagingRules, Shift } from '../domain/duty-roster.ts';
import type { Mute } from '../domain/mute.ts';
import { CHANNEL_KIND_NAMES, type ChannelAbout } from '../domain/notify-channel.ts';
import { clockOf, sayTime } from '../domain/shanghai-time.ts';
import { TIER_NAMES } from '../domain/tier.ts';

/** What a setting says now, each part under the name people know it by. Never an address that is a secret, nor a secret. */
export type Told = Readonly<Record<string, string>>;

/** A trail is read line by line: whoever needs more opens the page of the setting. */
const LONGEST = 600;

/** A change in one sentence for the trail: what it was and what it is. Left out: there was none before, there is none now. */
export function tellChange(what: string, before: Told | undefined, after: Told | undefined): string {
  const list = (told: Told): string =>
    Object.entries(told)
      .map(([name, value]) => `${name}：${value}`)
      .join('；');
  if (before === undefined) return cut(`新建${what}（${list(after ?? {})}）`);
  if (after === undefined) return cut(`删除${what}（${list(before)}）`);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name}：${before[name] ?? '无'}→${after[name] ?? '无'}`);
  return cut(`${what}${changed.length === 0 ? '没有改动' : `（${changed.join('；')}）`}`);
}

const cut = (said: string): string =>
  [...said].length <= LONGEST ? said : `${[...said].slice(0, LONGEST - 1).join('')}…`;
const yesNo = (on: boolean | undefined): string => (on === true ? '是' : '否');
const listed = (words: readonly string[], none: string): string => (words.length === 0 ? none : words.join('、'));
const hours = (span: { readonly from: number; readonly to: number } | null): string =>
  span === null ? '无' : `${clockOf(span.from)}至${clockOf(span.to)}`;

/** @param names what divisions and other channels are called */
export function tellChannel(
  { name, kind, host, signed, subscription, quiet, second, paused }: ChannelAbout,
  names: {
    readonly region: (code: ChannelAbout['subscription']['regions'][number]) => string;
    readonly channel: (id: string) => string;
  },
): Told {
  const { regions, kinds, fromRung, lifeAtRisk, progress, reminders, overdue, sourceSilence, refutations } =
    subscription;
  return {
    ...{ 名称: name, 种类: CHANNEL_KIND_NAMES[kind], 发往: host, 签名: yesNo(signed) },
    属地: listed(regions.map(names.region), '不限'),
    类别: listed(kinds, '不限'),
    最低层级: TIER_NAMES[fromRung],
    ...{ 危及生命: yesNo(lifeAtRisk), 流转: yesNo(progress), 催办: yesNo(reminders), 超时: yesNo(overdue) },
    ...{ 数据源静默: yesNo(sourceSilence), 辟谣稿: yesNo(refutations) },
    免打扰: hours(quiet),
    备用渠道: second === null ? '无' : names.channel(second),
    停用: yesNo(paused),
  };
}

const DAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const members = (list: readonly DutyMember[], channel: (id: string) => string): string =>
  listed(
    list.map((member) => `${member.name}（${channel(member.channel)}）`),
    '无人',
  );

export const tellShift = ({ name, on, from, to, members: list }: Shift, channel: (id: string) => string): Told => ({
  名称: name,
  日子: 'date' in on ? on.date : on.days.map((day) => DAYS[day - 1] ?? '').join('、'),
  时间: hours({ from, to }),
  人员: members(list, channel),
});

export const tellRules = (
  { on, waitMinutes, leads, night, auditChannel }: PagingRules,
  channel: (id: string) => string,
): Told => ({
  呼叫: on ? '开' : '关',
  每人等候: `${waitMinutes}分钟`,
  负责人: members(leads, channel),
  夜间只呼紧急: hours(night),
  核对另报: auditChannel === null ? '无' : channel(auditChannel),
});

/** @param what the incident or the division that is muted */
export const tellMute = ({ aim, reason, until }: Pick<Mute, 'aim' | 'reason' | 'until'>, what: string): Told => ({
  对象: 'words' in aim && aim.words.length > 0 ? `${what}，含${aim.words.join('、')}` : what,
  理由: reason,
  到: sayTime(until),
});
