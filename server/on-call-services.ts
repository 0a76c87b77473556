import type { PagingRules, Shift } from '../pipelines/domain/duty-roster.ts';
import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import type { Mute, MuteAim } from '../pipelines/domain/mute.ts';
import { seesIncident, seesRegion, type Viewer } from '../pipelines/domain/person.ts';
import { regionCode } from '../pipelines/domain/region.ts';
import { dayStart, sayTime, weekday } from '../pipelines/domain/shanghai-time.ts';
import { callAt, foldCalls } from '../pipelines/5-respond/climb-calls.ts';
import { handOverNote, type CaseFile } from '../pipelines/5-respond/hand-over-note.ts';
import { isAimedAt } from '../pipelines/5-respond/route-notice.ts';
import { chainAt, gapsBetween, lastEnded, onDuty, spansBetween } from '../pipelines/5-respond/who-is-on-duty.ts';
import { tellChange, tellMute, tellRules, tellShift } from '../pipelines/5-respond/tell-settings.ts';
import type { MuteAsk, MuteRow, OnCallPage, RulesAsk, ShiftAsk } from './contract/on-call.ts';
import type { NotifyServiceParts } from './notify-runner.ts';
import { callRow, hoursRow, minutesOf, muteRow, noteRow, shiftRow, spanRow } from './notify-views.ts';
import { regionOfSource } from './sources-page.ts';
import type { NotifyRefused, NotifyServices } from './services/notify.ts';

const DAY = 86_400_000;
const CALLS_SHOWN = 50;
const MUTES_SHOWN = 100;
const MUTED_COUNTED = 5_000;
const LONGEST_MUTE = 30 * DAY;
const INCIDENTS_READ = 5_000;
const iso = (at: number): string => new Date(at).toISOString();
const refused = (where: string, because: string): NotifyRefused => ({ refused: { where, because } });

type OnCall = Pick<
  NotifyServices,
  'onCallPage' | 'note' | 'saveShift' | 'removeShift' | 'saveRules' | 'mute' | 'endMute' | 'take'
>;

/** Shifts, calls, mutes and hand-over notes, cut to what the asker may see. */
export function onCallServices(parts: NotifyServiceParts): OnCall {
  const { runner, clock, desk, cases, drill, regionName } = parts;
  const { duty, mutes, channels, deliveries } = runner.book;
  const seesId = (viewer: Viewer, id: string): Incident | undefined => {
    const incident = desk.incident(id as IncidentId);
    return incident !== undefined && seesIncident(viewer.scope, incident) ? incident : undefined;
  };
  const seesMute = (viewer: Viewer, { aim }: Mute): boolean =>
    'incident' in aim ? seesId(viewer, aim.incident) !== undefined : seesRegion(viewer.scope, aim.region);
  const mutesNow = (viewer: Viewer): MuteRow[] => {
    const muted = deliveries.list({ state: 'muted', limit: MUTED_COUNTED });
    return mutes
      .list(MUTES_SHOWN)
      .filter((mute) => seesMute(viewer, mute))
      .map((mute) => {
        const end = mute.ended?.at ?? mute.until;
        const kept = muted.filter(
          ({ notice, enqueuedAt }) => enqueuedAt >= mute.at && enqueuedAt < end && isAimedAt(mute, notice),
        );
        return muteRow(mute, whatOf(mute), new Set(kept.map(({ notice }) => notice.id)).size, clock.now());
      });
  };
  const whatOf = ({ aim }: Mute): string =>
    'incident' in aim ? runner.words.mask(desk.incident(aim.incident)?.title ?? aim.incident) : regionName(aim.region);
  /** For the trail: of an incident its id, as its title is out of posts. */
  const muteTarget = ({ aim }: Mute): string => ('incident' in aim ? aim.incident : regionName(aim.region));
  const channelName = (id: string): string => channels.list().find((one) => one.id === id)?.name ?? id;
  const unknownChannel = (members: readonly { readonly channel: string }[]): boolean => {
    const known = new Set(channels.list().map(({ id }) => id));
    return members.some(({ channel }) => !known.has(channel));
  };

  return {
    onCallPage(viewer): OnCallPage {
      const now = clock.now();
      const shifts = duty.shifts();
      const rules = duty.rules();
      const from = dayStart(now) - (weekday(now) - 1) * DAY;
      const to = from + 7 * DAY;
      const chain = chainAt(shifts, rules.leads, now);
      const calls = duty.incidents(now - 7 * DAY, CALLS_SHOWN).flatMap((id) => {
        const events = duty.events(id);
        const state = foldCalls(events, rules);
        if (state === undefined || seesId(viewer, id) === undefined) return [];
        const next = callAt(state, chain, { ...rules, night: null }, now);
        return [callRow(id, state, events, next.act === 'call' ? next.member.name : null)];
      });
      return {
        now: iso(now),
        drill,
        week: {
          from: iso(from),
          to: iso(to),
          spans: spansBetween(shifts, from, to).map(spanRow),
          gaps: gapsBetween(shifts, from, to).map((gap) => ({ from: iso(gap.from), to: iso(gap.to) })),
        },
        onNow: onDuty(shifts, now).map(spanRow),
        chain: chain.map((member) => ({ ...member })),
        shifts: shifts.map(shiftRow),
        rules: {
          on: rules.on,
          waitMinutes: rules.waitMinutes,
          leads: rules.leads.map((member) => ({ ...member })),
          night: hoursRow(rules.night),
          auditChannel: rules.auditChannel,
          changedAt: rules.changedAt === 0 ? null : iso(rules.changedAt),
          changedBy: rules.changedBy,
        },
        channels: channels.list().map(({ id, name }) => ({ id, name })),
        calls,
        mutes: mutesNow(viewer),
        auditedAt: runner.auditor.lookedAt === null ? null : iso(runner.auditor.lookedAt),
        silences: parts.sources
          .silences(MUTES_SHOWN)
          .filter(
            ({ endedAt, source }) =>
              endedAt === null && seesRegion(viewer.scope, regionOfSource(parts.sources, source)),
          )
          .map(({ source, since }) => ({ source, since: iso(since) })),
      };
    },
    note(viewer, span) {
      const now = clock.now();
      const last = span === undefined ? lastEnded(duty.shifts(), now) : undefined;
      const { from, to } = span ?? last ?? { from: now - DAY / 2, to: now };
      const files = desk.incidents({ scope: viewer.scope, limit: INCIDENTS_READ }).map((incident): CaseFile => {
        const suggestion = desk.suggestion(incident.id);
        const minutes = suggestion?.clock.minutes ?? null;
        return { incident, events: cases?.events(incident.id) ?? [], minutes, first: suggestion?.first ?? null };
      });
      const members = last?.shift.members.map(({ name }) => name) ?? [];
      return noteRow(handOverNote(files, from, to, runner.words), last?.shift.name ?? null, members);
    },
    saveShift(ask, say) {
      const shift = shiftOf(ask);
      if (unknownChannel(shift.members)) return refused('body.members', '有人的渠道不存在，请先建渠道');
      const before = duty.shifts().find(({ id }) => id === ask.id);
      if (ask.id !== undefined && before === undefined) return undefined;
      const kept = duty.saveShift(ask.id === undefined ? shift : { ...shift, id: ask.id });
      say(tellChange(`班次“${kept.name}”`, before && tellShift(before, channelName), tellShift(kept, channelName)));
      return shiftRow(kept);
    },
    removeShift(id, say) {
      const before = duty.shifts().find((shift) => shift.id === id);
      if (before !== undefined) say(tellChange(`班次“${before.name}”`, tellShift(before, channelName), undefined));
      return duty.removeShift(id);
    },
    saveRules(viewer, ask, say) {
      const rules: PagingRules = { ...rulesOf(ask), changedAt: clock.now(), changedBy: viewer.name };
      const named = rules.auditChannel === null ? rules.leads : [...rules.leads, { channel: rules.auditChannel }];
      if (unknownChannel(named)) return refused('body', '写明的渠道不存在，请先建渠道');
      say(tellChange('呼叫规则', tellRules(duty.rules(), channelName), tellRules(rules, channelName)));
      duty.saveRules(rules);
      return true;
    },
    mute(viewer, ask, say) {
      const aim = aimOf(ask);
      if (aim === undefined) return refused('body', '静音一件事件，或一个属地，二者选一');
      const now = clock.now();
      const until = Date.parse(ask.until);
      if (until <= now || until > now + LONGEST_MUTE)
        return refused('body.until', `静音要有结束的时候，最长30天，到${sayTime(now + LONGEST_MUTE)}`);
      const mute = { aim, reason: ask.reason, by: viewer.name, at: now, until };
      if (!seesMute(viewer, { ...mute, id: 0, ended: null })) return refused('body', '没有这件事件或这个属地');
      const kept = mutes.add(mute);
      say(tellChange('静音', undefined, tellMute(kept, muteTarget(kept))));
      return muteRow(kept, whatOf(kept), 0, now);
    },
    endMute(viewer, id, say) {
      const mute = mutes.list(MUTED_COUNTED).find((one) => one.id === id);
      if (mute === undefined || !seesMute(viewer, mute)) return false;
      say(tellChange('静音', tellMute(mute, muteTarget(mute)), undefined));
      return mutes.end(id, viewer.name, clock.now());
    },
    take(viewer, id) {
      const incident = seesId(viewer, id)?.id;
      if (incident === undefined || !runner.caller.isCalling(incident)) return false;
      // The file first: whoever reads it ends the calls too, should this be killed between the two.
      parts.files?.acknowledged(incident, viewer);
      return runner.caller.take(incident, viewer.name);
    },
  };
}

const shiftOf = ({ name, on, from, to, members }: ShiftAsk): Omit<Shift, 'id'> => ({
  ...{ name, members, from: minutesOf(from), to: minutesOf(to) },
  on: 'date' in on ? { date: on.date } : { days: [...on.days].sort() },
});

const rulesOf = ({ night, ...ask }: RulesAsk): Omit<PagingRules, 'changedAt' | 'changedBy'> => ({
  ...ask,
  night: night === null ? null : { from: minutesOf(night.from), to: minutesOf(night.to) },
});

function aimOf({ incident, region, words = [] }: MuteAsk): MuteAim | undefined {
  if ((incident === undefined) === (region === undefined)) return undefined;
  return incident === undefined ? { region: regionCode(region ?? ''), words } : { incident: incident as IncidentId };
}
