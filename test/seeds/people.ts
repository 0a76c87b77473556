import type { IncidentId } from '../../pipelines/domain/incident.ts';
import type { PasswordProfile } from '../../pipelines/domain/password-rule.ts';
import type { Role, Scope } from '../../pipelines/domain/person.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import type { AuditLog } from '../../pipelines/ports/audit-log.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { Passwords } from '../../pipelines/ports/passwords.ts';
import type { PeopleStore } from '../../pipelines/ports/people.ts';
import { openAudit } from '../../server/adapters/audit/sqlite-audit.ts';
import { openPeople } from '../../server/adapters/people/sqlite-people.ts';
import type { PeopleArea } from '../../server/people/area.ts';
import { OwnAccount } from '../../server/people/own-account.ts';
import { COMMAND_LINE, PeopleDesk } from '../../server/people/people-desk.ts';
import { SignIn } from '../../server/people/sign-in.ts';

/** Passwords that cost nothing, for tests that are not about the hash. */
export const plainPasswords: Passwords = {
  hash: (password) => Promise.resolve(`plain:${password}`),
  check: (kept, password) => Promise.resolve(kept === `plain:${password}`),
};

export const PASSWORD = '一条大河波浪宽，风吹稻花香两岸';

export interface PeopleSeed {
  readonly clock: Clock;
  /** Of the file; in memory where absent. */
  readonly path?: string;
  readonly always?: boolean;
  readonly profile?: PasswordProfile;
  readonly audit?: AuditLog;
  readonly passwords?: Passwords;
  readonly ownWords?: (account: string | null) => readonly string[];
  readonly shared?: (account: string) => ReadonlySet<IncidentId>;
}

export interface SeededPeople {
  readonly area: PeopleArea;
  readonly store: PeopleStore;
  /** Somebody who has taken up the invitation; answers their id. */
  person(name: string, roles: readonly Role[], regions?: 'all' | readonly string[], account?: string): Promise<string>;
  /** The token of a session of theirs. */
  signedIn(name: string): Promise<string>;
}

/** Everything of people, in memory. */
export function aPeopleArea({ clock, always = false, profile = 'asvs', ...given }: PeopleSeed): SeededPeople {
  const store = openPeople(given.path ?? ':memory:');
  const audit = given.audit ?? openAudit(':memory:', Buffer.alloc(32, 7));
  const passwords = given.passwords ?? plainPasswords;
  const parts = { store, audit, passwords, clock, profile, ownWords: given.ownWords ?? (() => []) };
  const signIn = new SignIn({ ...parts, always, shared: given.shared ?? (() => new Set()) });
  const desk = new PeopleDesk(parts);
  return {
    area: { signIn, desk, own: new OwnAccount(parts), audit, clock },
    store,
    async person(name, roles, regions = 'all', account) {
      const scope: Scope['regions'] = regions === 'all' ? 'all' : regions.map(regionCode);
      const added = desk.add(COMMAND_LINE, name, { roles, regions: scope, account: account ?? null });
      if ('refused' in added) throw new Error(added.refused);
      const accepted = await desk.accept(added.invitation, PASSWORD);
      if ('refused' in accepted) throw new Error(accepted.refused);
      return added.person;
    },
    async signedIn(name) {
      const answer = await signIn.signIn({ name, password: PASSWORD }, '127.0.0.1');
      if ('refused' in answer) throw new Error(answer.refused);
      return answer.token;
    },
  };
}
