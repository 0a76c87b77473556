import type { ChannelBook } from '../../../pipelines/ports/channel-book.ts';
import type { DeliveryBook } from '../../../pipelines/ports/delivery-book.ts';
import type { DutyBook } from '../../../pipelines/ports/duty-book.ts';
import type { MuteBook } from '../../../pipelines/ports/mute-book.ts';
import type { SecretBox } from '../../../pipelines/ports/secret-box.ts';
import { openDb } from '../sqlite/open-db.ts';
import { channelBook } from './channels.ts';
import { deliveryBook } from './deliveries.ts';
import { dutyBook } from './duty.ts';
import { muteBook } from './mutes.ts';
import { prepareNotifyBook } from './schema.ts';

/** Everything about telling people: channels, the outbox, mutes, shifts and calls. One file, so that what belongs together is kept together. */
export interface NotifyBook {
  readonly channels: ChannelBook;
  readonly deliveries: DeliveryBook;
  readonly mutes: MuteBook;
  readonly duty: DutyBook;
  close(): void;
}

/** @throws Error where the file can't be opened, or a later program wrote it */
export function openNotifyBook(path: string, box: SecretBox): NotifyBook {
  const db = openDb(path, { synchronous: 'FULL', cacheKiB: 1024 });
  try {
    prepareNotifyBook(db);
  } catch (cause) {
    db.close();
    throw new Error(`${path} can't be used: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  return {
    channels: channelBook(db, box),
    deliveries: deliveryBook(db),
    mutes: muteBook(db),
    duty: dutyBook(db),
    close: () => db.close(),
  };
}
