import type { Clock } from '../pipelines/ports/clock.ts';
import { createIntake as buildIntake } from '../pipelines/1-intake/take-in.ts';
import type { Intake, IntakeParts as DoorParts } from '../pipelines/1-intake/take-in.ts';
import { postIdOf } from './adapters/inbox/post-id.ts';

export interface IntakeParts extends Pick<DoorParts, 'inbox' | 'book' | 'counts' | 'erased'> {
  /** The HMAC that makes pseudonyms: server/adapters/secrets. */
  readonly keyed: (value: string) => string;
  readonly clock: Clock;
}

/** The front door of this deployment, for HTTP, files and drills alike. */
export const createIntake = (parts: IntakeParts): Intake => buildIntake({ ...parts, postId: postIdOf });
