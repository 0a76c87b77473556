import type { ChannelTarget } from '../../pipelines/domain/notify-channel.ts';
import type { ChannelBook, ChannelEntry } from '../../pipelines/ports/channel-book.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { DeliveryBook } from '../../pipelines/ports/delivery-book.ts';
import type { DutyBook } from '../../pipelines/ports/duty-book.ts';

export interface KeepParts {
  readonly channels: ChannelBook;
  readonly deliveries: DeliveryBook;
  readonly duty: DutyBook;
  readonly clock: Clock;
  /** Why a target can't be kept; undefined where it can. */
  readonly check: (target: ChannelTarget) => string | undefined;
  readonly newId: () => string;
}

export type ChannelGiven = Omit<ChannelEntry, 'id' | 'target' | 'changedAt' | 'changedBy'> & {
  readonly id?: string;
  readonly target?: ChannelTarget;
};
type Refused = { readonly refused: { readonly where: string; readonly because: string } };
const refused = (where: string, because: string): Refused => ({ refused: { where, because } });

const DAY = 86_400_000;

/** Keeps a new channel, or a change of one. What a channel refused for a day past is tried again once a person changed where it leads. */
export function saveChannel(given: ChannelGiven, by: string, parts: KeepParts): { id: string } | Refused | undefined {
  const { channels, deliveries, clock, check, newId } = parts;
  const { id, target, ...rest } = given;
  const now = clock.now();
  const because = target === undefined ? undefined : check(target);
  if (because !== undefined) return refused('body.target', because);
  const before = id === undefined ? undefined : channels.list().find((one) => one.id === id);
  if (id !== undefined && before === undefined) return undefined;
  if (target !== undefined && before !== undefined && before.kind !== target.kind)
    return refused('body.target.kind', '渠道的种类不能改；请新建一个');
  if (rest.subscription.refutations === true && (target?.kind ?? before?.kind) !== 'webhook')
    return refused('body.subscription.refutations', '只有签名回调可以接收辟谣稿');
  if (rest.second !== null && !channels.list().some((one) => one.id === rest.second && one.id !== id))
    return refused('body.second', '没有这个备用渠道，或就是它自己');
  const stamp = { changedAt: now, changedBy: by };
  const taken = refused('body.name', `已经有叫“${rest.name}”的渠道`);
  if (id === undefined) {
    if (target === undefined) return refused('body.target', '新渠道要写明发到哪里');
    const fresh = newId();
    return channels.add({ ...rest, ...stamp, id: fresh, target }) ? { id: fresh } : taken;
  }
  if (!channels.change(id, { ...rest, ...stamp, ...(target === undefined ? {} : { target }) })) return taken;
  if (target !== undefined) deliveries.revive({ channel: id, since: now - DAY }, now);
  return { id };
}

/** False where there is none. One that somebody is called by, or that stands in for another, stays. */
export function removeChannel(id: string, { channels, duty }: KeepParts): boolean | Refused {
  const user = [...duty.shifts().flatMap(({ members }) => members), ...duty.rules().leads].find(
    (member) => member.channel === id,
  );
  if (user !== undefined) return refused('params.id', `值班的${user.name}靠它呼叫，请先改值班`);
  const first = channels.list().find(({ second }) => second === id);
  if (first !== undefined) return refused('params.id', `它是“${first.name}”的备用渠道，请先改那一个`);
  return channels.remove(id);
}
