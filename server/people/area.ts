import type { AuditLog } from '../../pipelines/ports/audit-log.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { OwnAccount } from './own-account.ts';
import type { PeopleDesk } from './people-desk.ts';
import type { SignIn } from './sign-in.ts';

/** Everything the edges need of people. */
export interface PeopleArea {
  readonly signIn: SignIn;
  readonly desk: PeopleDesk;
  readonly own: OwnAccount;
  readonly audit: AuditLog;
  readonly clock: Clock;
}
