import type { ChannelKind } from '../../pipelines/domain/notify-channel.ts';
import type { Room } from '../../pipelines/5-respond/pace-channel.ts';
import type { Delivery } from '../../pipelines/ports/delivery-book.ts';

/** Lines of a digest, so that it fits what a message may hold (企业微信: 2,048 bytes): nothing is ever only counted. */
const LINES: Readonly<Record<ChannelKind, number>> = { dingtalk: 25, feishu: 25, wecom: 8, email: 100, webhook: 1 };

/** What leaves next: one delivery as it is, or several as a digest, with the reason said in its title. */
export interface Batch {
  readonly deliveries: readonly Delivery[];
  readonly digest: string | null;
}

/**
 * A life at risk goes first, alone, with the room that is kept for it. What was held goes together. Else one after the other, and with
 * the last room that is left what still waits, as one digest.
 * @param due oldest first
 */
export function chooseBatch(due: readonly Delivery[], room: Room, kind: ChannelKind): Batch | undefined {
  const together = (several: readonly Delivery[], digest: string): Batch => {
    const deliveries = several.slice(0, LINES[kind]);
    // A program needs no digest, and one line is none: it is sent as it is.
    return { deliveries, digest: deliveries.length === 1 ? null : digest };
  };
  const urgent = due.filter(({ notice, held }) => notice.lifeAtRisk && !held);
  const [first] = urgent;
  if (first !== undefined && room.urgent > 0)
    return room.urgent === 1 ? together(urgent, TOO_MANY) : { deliveries: [first], digest: null };
  const [oldest] = due;
  if (oldest === undefined || room.now < 1) return undefined;
  const held = due.filter((one) => one.held);
  if (held.length > 0) return together(held, '安静时段内积下的');
  return room.now === 1 ? together(due, TOO_MANY) : { deliveries: [oldest], digest: null };
}

const TOO_MANY = '一时太多，合并发出';
