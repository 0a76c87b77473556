import type { Subscription } from '../domain/notify-channel.ts';
import { isMuteOn, type Mute } from '../domain/mute.ts';
import type { Notice, NoticeKind } from '../domain/notice.ts';
import { contains } from '../domain/region.ts';
import { sayTime } from '../domain/shanghai-time.ts';
import { tierRank } from '../domain/tier.ts';
import { quietUntil, type QuietHours } from '../domain/quiet-hours.ts';

/** What becomes of a notice on one channel, and why: the reason is shown beside the delivery. */
export type Route =
  | { readonly go: 'now' }
  | { readonly go: 'hold'; readonly until: number; readonly because: string }
  | { readonly go: 'mute'; readonly because: string }
  | { readonly go: 'none' };

export interface RouteRules {
  readonly subscription: Subscription;
  readonly quiet: QuietHours | null;
  readonly paused: boolean;
}

/**
 * Who gets what. A mute is looked at before the quiet hours, so that what is muted is listed as muted. A life at risk goes through
 * quiet hours always, and through a mute of a region; only a mute of that very incident stops it.
 */
export function routeNotice(notice: Notice, rules: RouteRules, mutes: readonly Mute[], now: number): Route {
  if (rules.paused || !isSubscribed(notice, rules.subscription)) return { go: 'none' };
  const mute = mutes.find((one) => isMuteOn(one, now) && isAimedAt(one, notice));
  if (mute !== undefined) return { go: 'mute', because: `静音到${sayTime(mute.until)}，${mute.by}：${mute.reason}` };
  if (notice.lifeAtRisk) return { go: 'now' };
  const until = quietUntil(rules.quiet, now);
  return until === null ? { go: 'now' } : { go: 'hold', until, because: `安静时段，${sayTime(until)}汇总发出` };
}

/** The mute that keeps a notice back; undefined where none does. */
export const muteOf = (notice: Notice, mutes: readonly Mute[], now: number): Mute | undefined =>
  mutes.find((one) => isMuteOn(one, now) && isAimedAt(one, notice));

/** Kinds that are sent to the people they are for, whatever a channel has subscribed to. */
const ADDRESSED: ReadonlySet<NoticeKind> = new Set(['page', 'audit', 'shiftNote', 'refutation', 'test']);

function isSubscribed(notice: Notice, wanted: Subscription): boolean {
  const { kind } = notice;
  if (ADDRESSED.has(kind)) return false;
  if (kind === 'sourceSilent' || kind === 'sourceBack') return wanted.sourceSilence && isInRegion(notice, wanted);
  if (kind === 'reminder' && !wanted.reminders) return false;
  if (kind === 'overdue' && !wanted.overdue) return false;
  if ((kind === 'handOff' || kind === 'answer') && !wanted.progress) return false;
  if (!isInRegion(notice, wanted)) return false;
  if (notice.lifeAtRisk && wanted.lifeAtRisk) return true;
  if (notice.incidentKind !== null && wanted.kinds.length > 0 && !wanted.kinds.includes(notice.incidentKind))
    return false;
  return notice.rung === null || tierRank(notice.rung) >= tierRank(wanted.fromRung);
}

/** A place that is not known concerns everyone: nobody can say yet that it is not theirs. */
const isInRegion = ({ region }: Notice, { regions }: Subscription): boolean =>
  region === null || regions.length === 0 || regions.some((own) => contains(own, region));

/** Whether a mute is about a notice, whenever it came. */
export function isAimedAt({ aim }: Pick<Mute, 'aim'>, { incident, region, lifeAtRisk, title, says }: Notice): boolean {
  if ('incident' in aim) return incident === aim.incident;
  if (incident === null || lifeAtRisk || region === null || !contains(aim.region, region)) return false;
  const text = [title, ...says].join('\n');
  return aim.words.length === 0 || aim.words.some((word) => text.includes(word));
}
