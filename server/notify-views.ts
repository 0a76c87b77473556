import type { ChannelAbout } from '../pipelines/domain/notify-channel.ts';
import type { QuietHours } from '../pipelines/domain/quiet-hours.ts';
import type { CallEvent, Shift, ShiftSpan } from '../pipelines/domain/duty-roster.ts';
import { isMuteOn, type Mute } from '../pipelines/domain/mute.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import { clockOf, sayTime } from '../pipelines/domain/shanghai-time.ts';
import type { CallState } from '../pipelines/5-respond/climb-calls.ts';
import type { HandOverNote } from '../pipelines/5-respond/hand-over-note.ts';
import type { Attempt, Delivery, DeliveryBook } from '../pipelines/ports/delivery-book.ts';
import type { ChannelRow, DeliveryRow } from './contract/notify.ts';
import type { CallRow, MuteRow, NotePage, ShiftRow, SpanRow } from './contract/on-call.ts';

/** What tells people, as the contract shows it. Pure. */
const iso = (at: number): string => new Date(at).toISOString();
const isoOr = (at: number | null): string | null => (at === null ? null : iso(at));

export const minutesOf = (hhmm: string): number => Number(hhmm.slice(0, 2)) * 60 + Number(hhmm.slice(3));
export const hoursRow = (hours: QuietHours | null): { from: string; to: string } | null =>
  hours === null ? null : { from: clockOf(hours.from), to: clockOf(hours.to) };

export function channelRow(
  about: ChannelAbout,
  last: Attempt | undefined,
  counts: ReturnType<DeliveryBook['count']>,
  regionName: (code: RegionCode) => string,
): ChannelRow {
  const { subscription, quiet, changedAt, paused } = about;
  return {
    ...about,
    subscription: { ...subscription, regions: [...subscription.regions], kinds: [...subscription.kinds] },
    regionNames: subscription.regions.map(regionName),
    quiet: hoursRow(quiet),
    changedAt: iso(changedAt),
    state: paused ? 'paused' : last === undefined ? 'idle' : last.outcome === 'delivered' ? 'ok' : 'failing',
    last: last === undefined ? null : { at: iso(last.at), outcome: last.outcome, says: last.says },
    ...counts,
  };
}

/** `shown`: whether the asker may read what it is about. */
export const deliveryRow = (delivery: Delivery, channelName: string, shown: boolean): DeliveryRow => ({
  n: delivery.n,
  channel: delivery.channel,
  channelName,
  notice: delivery.notice.id,
  kind: delivery.notice.kind,
  title: shown ? delivery.notice.title : '',
  at: iso(delivery.enqueuedAt),
  due: iso(delivery.dueAt),
  state: delivery.state,
  held: delivery.held,
  attempts: delivery.attempts,
  lastAt: isoOr(delivery.lastAt),
  because: delivery.because,
  standsInFor: delivery.standsInFor,
});

export const shiftRow = ({ id, name, on, from, to, members }: Shift): ShiftRow => ({
  id,
  name,
  on: 'date' in on ? { date: on.date } : { days: [...on.days] },
  from: clockOf(from),
  to: clockOf(to),
  members: members.map((member) => ({ ...member })),
});

export const spanRow = ({ shift, from, to }: ShiftSpan): SpanRow => ({
  shift: shift.id,
  name: shift.name,
  from: iso(from),
  to: iso(to),
  once: 'date' in shift.on,
  members: shift.members.map(({ name }) => name),
});

export const muteRow = (mute: Mute, what: string, kept: number, now: number): MuteRow => ({
  id: mute.id,
  incident: 'incident' in mute.aim ? mute.aim.incident : null,
  region: 'region' in mute.aim ? mute.aim.region : null,
  what,
  words: 'words' in mute.aim ? [...mute.aim.words] : [],
  reason: mute.reason,
  by: mute.by,
  at: iso(mute.at),
  until: iso(mute.until),
  state: mute.ended !== null ? 'ended' : isMuteOn(mute, now) ? 'on' : 'over',
  endedAt: isoOr(mute.ended?.at ?? null),
  endedBy: mute.ended?.by ?? null,
  kept,
});

export const callRow = (
  incident: string,
  state: CallState,
  events: readonly CallEvent[],
  next: string | null,
): CallRow => ({
  incident,
  title: state.title,
  urgent: state.urgent,
  state: state.state,
  began: iso(state.began),
  nextAt: isoOr(state.dueAt),
  next: state.dueAt === null ? null : next,
  takenBy: state.takenBy ?? null,
  steps: events.map((event) => ({ at: iso(event.at), what: sayCall(event) })),
});

function sayCall(event: CallEvent): string {
  switch (event.act) {
    case 'began':
      return '开始呼叫';
    case 'deferred':
      return `夜间不急，${sayTime(event.until)}再呼`;
    case 'called':
      return `呼叫${event.member.name}`;
    case 'nobody':
      return event.step === 0 ? '没有人可呼叫' : '都呼过了，无人接手';
    case 'taken':
      return `${event.by}接手`;
    case 'closed':
      return event.because;
    case 'missed':
      return `核对发现第${event.step + 1}步没有呼，已补`;
  }
}

export const noteRow = (note: HandOverNote, shift: string | null, members: readonly string[]): NotePage => ({
  shift,
  members: [...members],
  from: iso(note.from),
  to: iso(note.to),
  opened: note.opened,
  closed: note.closed,
  open: note.open.map(({ region: _, ...line }) => ({ ...line, since: iso(line.since), due: isoOr(line.due) })),
  changed: note.changed.map(({ at, incident, title, what }) => ({ at: iso(at), incident, title, what })),
});
