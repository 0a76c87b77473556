import { faultOfPassword, type PasswordProfile } from '../../pipelines/domain/password-rule.ts';
import type { AuditLog, Doer } from '../../pipelines/ports/audit-log.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { Passwords } from '../../pipelines/ports/passwords.ts';
import type { PeopleStore } from '../../pipelines/ports/people.ts';
import type { Refused } from './people-desk.ts';
import { hashOf } from './secret.ts';
import { Throttle } from './throttle.ts';
import { addressOf, newSecret, stepOfCode } from './totp.ts';

export interface OwnParts {
  readonly store: PeopleStore;
  readonly passwords: Passwords;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly profile: PasswordProfile;
  /** Names that no password may be made of: the office's, and those of the account somebody speaks for. */
  readonly ownWords: (account: string | null) => readonly string[];
}

const WRONG: Refused = { refused: '现在的密码不对，或试的次数太多' };

/** What people do for themselves: each act asks for the password again, because a session may be somebody else's for a minute. */
export class OwnAccount {
  readonly #parts: OwnParts;
  readonly #throttle: Throttle;

  constructor(parts: OwnParts) {
    this.#parts = parts;
    this.#throttle = new Throttle(parts.store.tries, parts.clock);
  }

  /** All other sessions end. */
  async changePassword(
    who: Doer,
    session: string,
    password: string,
    next: string,
  ): Promise<Refused | { readonly changed: true }> {
    const { store, passwords, clock, profile, ownWords } = this.#parts;
    if (!(await this.#knows(who, password))) return WRONG;
    const fault =
      next === password
        ? '新密码要与原来的不同'
        : faultOfPassword(next, profile, [who.name, ...ownWords(store.people.get(who.id)?.account ?? null)]);
    if (fault !== undefined) return { refused: fault };
    const hash = await passwords.hash(next);
    this.#write(who, 'password');
    store.people.change(who.id, { password: hash, passwordAt: clock.now() });
    store.sessions.endAll(who.id, hashOf(session));
    return { changed: true };
  }

  /** A secret to be read into an authenticator; nothing is kept until a code of it is given. */
  offerSecondFactor(who: Doer): { readonly secret: string; readonly address: string } {
    const secret = newSecret();
    return { secret, address: addressOf(secret, who.name) };
  }

  async setSecondFactor(
    who: Doer,
    password: string,
    secret: string,
    code: string,
  ): Promise<Refused | { readonly on: true }> {
    if (!(await this.#knows(who, password))) return WRONG;
    const step = /^[A-Z2-7]{32}$/.test(secret) ? stepOfCode(secret, code, this.#parts.clock.now(), 0) : undefined;
    if (step === undefined) return { refused: '验证码不对，请看手机上最新的六位数' };
    this.#write(who, 'second-factor-on');
    this.#parts.store.people.change(who.id, { totp: secret, totpStep: step });
    return { on: true };
  }

  async dropSecondFactor(who: Doer, password: string): Promise<Refused | { readonly on: false }> {
    if (!(await this.#knows(who, password))) return WRONG;
    this.#write(who, 'second-factor-off');
    this.#parts.store.people.change(who.id, { totp: null });
    return { on: false };
  }

  async #knows(who: Doer, password: string): Promise<boolean> {
    const { store, passwords } = this.#parts;
    // Whoever found an open screen may guess as often as whoever stands before the sign-in, and no more.
    const key = `own ${who.id}`;
    if (this.#throttle.ofAccount(key)) return false;
    this.#throttle.count(key, key);
    return passwords.check(store.people.get(who.id)?.password ?? null, password);
  }

  #write({ id, name }: Doer, what: string): void {
    this.#parts.audit.append({ who: { id, name }, what, outcome: 'done' }, this.#parts.clock.now());
  }
}
