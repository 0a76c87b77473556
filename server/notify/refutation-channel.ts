import type { ChannelAbout } from '../../pipelines/domain/notify-channel.ts';
import type { Notice } from '../../pipelines/domain/notice.ts';
import type { ChannelBook } from '../../pipelines/ports/channel-book.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { DeliveryBook } from '../../pipelines/ports/delivery-book.ts';
import type { OutgoingRefutation, RefutationOutlet, RefutationSent } from '../../pipelines/ports/refutation-outlet.ts';
import type { aboutOf } from './notice-feed.ts';
import type { Sender } from './sender.ts';

export interface RefutationChannelParts {
  readonly channels: ChannelBook;
  readonly deliveries: DeliveryBook;
  readonly sender: Sender;
  readonly clock: Clock;
  readonly about: (id: Parameters<typeof aboutOf>[2]) => ReturnType<typeof aboutOf>;
  readonly account: (id: string) => string;
}

const LOOKED_BACK = 1_000;

/**
 * Confirmed refutations to the office's own program: the first webhook, by name, that is marked for them and not paused. Through the
 * outbox like every other message, so it is signed, tried again and listed; one text is delivered once however often it is sent.
 */
export function refutationChannel(parts: RefutationChannelParts): RefutationOutlet {
  const { channels, deliveries, sender, clock } = parts;
  const taker = (): ChannelAbout | undefined =>
    channels
      .list()
      .find(({ kind, paused, subscription }) => kind === 'webhook' && !paused && subscription.refutations === true);
  const noticeOf = (message: OutgoingRefutation, now: number): Notice | undefined => {
    const { incident, draft, account, text, confirmedAt } = message;
    const about = parts.about(incident);
    if (about === undefined) return undefined;
    const who = account === null ? '没有账号可以发布，请指定' : `建议由${parts.account(account)}发布`;
    return {
      ...{ ...about, id: `refutation-${incident}-${draft}`, kind: 'refutation', at: now, due: null },
      ...{ thread: `refutation-${incident}`, path: `refutations?incident=${encodeURIComponent(incident)}` },
      says: [`两人核对过的稿子，${who}`, ...text.split('\n').filter((line) => line.trim() !== '')],
      refutation: { draft, account, text, confirmedAt },
    };
  };
  return {
    isSet: () => taker() !== undefined,
    async deliver(message): Promise<RefutationSent | undefined> {
      const to = taker();
      const now = clock.now();
      const notice = noticeOf(message, now);
      if (to === undefined || notice === undefined) return undefined;
      const kept = () =>
        deliveries.list({ channel: to.id, limit: LOOKED_BACK }).find((one) => one.notice.id === notice.id);
      const before = kept();
      if (before === undefined) deliveries.enqueue([{ channel: to.id, notice, dueAt: now }], now);
      else if (before.state === 'dead') deliveries.revive({ ids: [before.n] }, now);
      await sender.empty(to.id);
      const after = kept();
      const state = after?.state === 'sent' || after?.state === 'dead' ? after.state : 'waiting';
      return { state, channel: to.name, says: after?.because ?? '' };
    },
  };
}
