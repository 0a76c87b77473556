import { randomBytes } from 'node:crypto';
import type { Notice } from '../pipelines/domain/notice.ts';
import { seesIncident, seesRegion, type Scope } from '../pipelines/domain/person.ts';
import type { ChannelTarget } from '../pipelines/domain/notify-channel.ts';
import { regionCode } from '../pipelines/domain/region.ts';
import { tellChange, tellChannel, type Told } from '../pipelines/5-respond/tell-settings.ts';
import { testMessage } from '../pipelines/5-respond/test-message.ts';
import { checkTarget } from './adapters/notify/open-channel.ts';
import type { ChannelAsk, ChannelsPage } from './contract/notify.ts';
import { WORKERS } from './http/policy.ts';
import { removeChannel, saveChannel, type KeepParts } from './notify/keep-channels.ts';
import { channelRow, deliveryRow, minutesOf } from './notify-views.ts';
import type { NotifyServiceParts } from './notify-runner.ts';
import { onCallServices } from './on-call-services.ts';
import type { NotifyServices } from './services/notify.ts';

const DEAD_SHOWN = 100;
const RECENT_SHOWN = 50;

/** What the edges may ask of what tells people. */
export function buildNotifyServices(parts: NotifyServiceParts): NotifyServices {
  const { runner, clock, drill, config } = parts;
  const { channels, deliveries, duty } = runner.book;
  const keep: KeepParts = {
    ...{ channels, deliveries, duty, clock },
    check: (target) => checkTarget(target, runner.outbound.named),
    newId: () => randomBytes(5).toString('hex'),
  };
  const names = {
    region: parts.regionName,
    channel: (id: string): string => channels.list().find((one) => one.id === id)?.name ?? id,
  };
  const told = (id: string): Told | undefined => {
    const about = channels.list().find((one) => one.id === id);
    return about && tellChannel(about, names);
  };
  return {
    channelsPage(viewer): ChannelsPage {
      const names = new Map(channels.list().map(({ id, name }) => [id, name]));
      const mayRead = WORKERS.some((role) => viewer.roles.includes(role));
      const rows = (state: 'dead' | 'waiting' | 'sent' | 'muted', limit: number) =>
        deliveries
          .list({ state, limit })
          .filter(({ notice }) => seesNotice(viewer.scope, notice))
          .map((one) => deliveryRow(one, names.get(one.channel) ?? '已删除', mayRead));
      const recent = [...rows('waiting', RECENT_SHOWN), ...rows('sent', RECENT_SHOWN), ...rows('muted', RECENT_SHOWN)];
      return {
        now: new Date(clock.now()).toISOString(),
        drill,
        publicUrl: config.publicUrl ?? null,
        channels: channels
          .list()
          .map((about) =>
            channelRow(about, deliveries.attempts(about.id, 1)[0], deliveries.count(about.id), parts.regionName),
          ),
        dead: rows('dead', DEAD_SHOWN),
        recent: recent.sort((a, b) => b.n - a.n).slice(0, RECENT_SHOWN),
      };
    },
    saveChannel(viewer, ask, say) {
      const before = channels.list().find(({ id }) => id === ask.id);
      const saved = saveChannel(givenOf(ask), viewer.name, keep);
      const after = saved !== undefined && 'id' in saved ? told(saved.id) : undefined;
      if (after !== undefined) {
        const isElsewhere = before !== undefined && ask.target !== undefined;
        say(
          tellChange(`渠道“${ask.name}”`, before && tellChannel(before, names), {
            ...after,
            ...(isElsewhere ? { 地址与密钥: '已重新填写' } : {}),
          }),
        );
      }
      runner.wake();
      return saved;
    },
    removeChannel(id, say) {
      const before = channels.list().find((one) => one.id === id);
      if (before !== undefined) say(tellChange(`渠道“${before.name}”`, tellChannel(before, names), undefined));
      const removed = removeChannel(id, keep);
      if (removed === true)
        for (const { n } of deliveries.list({ channel: id, state: 'waiting', limit: 10_000 }))
          deliveries.bury([n], '渠道已删除', clock.now());
      return removed;
    },
    async test(viewer, id) {
      const sent = await runner.sender.say(id, testMessage(clock.now(), viewer.name, runner.wording));
      if (sent === undefined) return undefined;
      return { kind: sent.kind, says: sent.kind === 'delivered' ? sent.answer : sent.because };
    },
    resend(ids) {
      const again = deliveries.revive({ ids }, clock.now());
      runner.wake();
      return again;
    },
    ...onCallServices(parts),
  };
}

/** A notice of nothing anywhere (a missed call of the auditor, a test) is for who looks at the page at all. */
function seesNotice(scope: Scope, { kind, incident, region }: Notice): boolean {
  if (incident !== null) return seesIncident(scope, { id: incident, region });
  return kind === 'sourceSilent' || kind === 'sourceBack' ? seesRegion(scope, region) : true;
}

const givenOf = ({ id, target, ...ask }: ChannelAsk): Parameters<typeof saveChannel>[0] => ({
  ...ask,
  subscription: { ...ask.subscription, regions: ask.subscription.regions.map(regionCode) },
  quiet: ask.quiet === null ? null : { from: minutesOf(ask.quiet.from), to: minutesOf(ask.quiet.to) },
  ...(id === undefined ? {} : { id }),
  ...(target === undefined ? {} : { target: target satisfies ChannelTarget }),
});
