import { join } from 'node:path';
import type { Intake } from '../pipelines/1-intake/take-in.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { Erased } from '../pipelines/ports/erased.ts';
import type { Inbox } from '../pipelines/ports/inbox.ts';
import type { Pseudonyms } from '../pipelines/ports/pseudonyms.ts';
import { openDoor, type Door } from './adapters/door/open-door.ts';
import { openErased } from './adapters/erased/erased-file.ts';
import { openInbox } from './adapters/inbox/sqlite-inbox.ts';
import { openPseudonyms } from './adapters/secrets/pseudonyms.ts';
import { createIntake } from './intake.ts';

/** Everything a post passes on its way in, and what is remembered of it there. */
export interface FrontDoor {
  readonly inbox: Inbox;
  readonly door: Door;
  readonly erased: Erased;
  readonly pseudonyms: Pseudonyms;
  readonly intake: Intake;
  /** The same door for refused rows that are tried again: what it refuses is not kept twice. */
  readonly replay: Intake;
  close(): Promise<void>;
}

/** Opens the way in of a data folder, for the server and for commands beside it alike. */
export function openFrontDoor(varDir: string, clock: Clock, keepDays?: number): FrontDoor {
  const pseudonyms = openPseudonyms(varDir, clock, keepDays === undefined ? {} : { keepDays });
  const erased = openErased(join(varDir, 'erased.jsonl'));
  const inbox = openInbox(join(varDir, 'inbox.sqlite'), { sealing: pseudonyms });
  const door = openDoor(join(varDir, 'door.sqlite'));
  const parts = {
    clock,
    keyed: (value: string) => pseudonyms.keyed(value),
    book: door.book,
    counts: door.counts,
    erased: { list: erased, everyKeyed: (value: string) => pseudonyms.everyKeyed(value) },
  };
  return {
    inbox,
    door,
    erased,
    pseudonyms,
    intake: createIntake({ ...parts, inbox }),
    replay: createIntake({
      ...parts,
      inbox: {
        append: (posts) => inbox.append(posts),
        bury: () => undefined,
        count: (...given) => inbox.count(...given),
      },
    }),
    async close() {
      await inbox.close();
      door.close();
    },
  };
}
