import type { ChannelKind } from '../../pipelines/domain/channel.ts';
import type { Room } from '../../pipelines/5-respond/pace-channel.ts';
import type { Delivery } from '../../pipelines/ports/delivery-book.ts';

/** What leaves next: one delivery as it is, or several as a digest, with the reason said in its title. */
export interface Batch {
  readonly deliveries: readonly Delivery[];
  readonly digest: string | null;
}

/**
 * A life at risk goes first, alone, with the room that is kept for it. What was held goes together. Else one after the other, and with
 * the last room that is left all that still waits, as one digest.
 * @param due oldest first
 */
export function chooseBatch(due: readonly Delivery[], room: Room, kind: ChannelKind): Batch | undefined {
  const urgent = due.filter(({ notice, held }) => notice.lifeAtRisk && !held);
  const [first] = urgent;
  if (first !== undefined && room.urgent > 0) {
    const isLast = room.urgent === 1 && urgent.length > 1 && kind !== 'webhook';
    return isLast ? { deliveries: urgent, digest: TOO_MANY } : { deliveries: [first], digest: null };
  }
  const [oldest] = due;
  if (oldest === undefined || room.now < 1) return undefined;
  // A program needs no digest: it takes one after the other.
  if (kind === 'webhook') return { deliveries: [oldest], digest: null };
  const held = due.filter((one) => one.held);
  if (held.length > 1) return { deliveries: held, digest: '安静时段内积下的' };
  return room.now === 1 && due.length > 1
    ? { deliveries: due, digest: TOO_MANY }
    : { deliveries: [oldest], digest: null };
}

const TOO_MANY = '一时太多，合并发出';
