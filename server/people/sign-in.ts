import { isTooOld, faultOfPassword, type PasswordProfile } from '../../pipelines/domain/password-rule.ts';
import { EVERYTHING, type Person, type Scope, type Viewer } from '../../pipelines/domain/person.ts';
import { looksAfter } from '../../pipelines/domain/role-rules.ts';
import type { IncidentId } from '../../pipelines/domain/incident.ts';
import type { AuditLog } from '../../pipelines/ports/audit-log.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { Passwords } from '../../pipelines/ports/passwords.ts';
import type { PeopleStore, Secrets } from '../../pipelines/ports/people.ts';
import { THIS_MACHINE } from '../http/policy.ts';
import type { Credentials, Who } from '../services.ts';
import { hashOf, newToken } from './secret.ts';
import { Throttle, WINDOW_MS } from './throttle.ts';
import { stepOfCode } from './totp.ts';

const MINUTE = 60_000;
export const IDLE_MS = 30 * MINUTE;
export const ABSOLUTE_MS = 12 * 60 * MINUTE;
/** A session is noted as awake at most so often: a write a minute, not one a request. */
const NOTED_MS = MINUTE;
const NOTED_MOST = 10_000;

export interface SignInParts {
  readonly store: PeopleStore;
  readonly passwords: Passwords;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly profile: PasswordProfile;
  /** Sign-in is asked for even before there is anybody. */
  readonly always: boolean;
  /** Incidents that a hand-off shares with an account of the matrix. */
  readonly shared: (account: string) => ReadonlySet<IncidentId>;
  /** Names that no password may be made of: the office's, and those of the account somebody speaks for. */
  readonly ownWords: (account: string | null) => readonly string[];
}

export interface Try {
  readonly name: string;
  readonly password: string;
  readonly code?: string;
  /** For a password that has become too old. */
  readonly newPassword?: string;
}

export type SignedIn =
  | { readonly token: string; readonly viewer: Viewer }
  /** `wrong`: the name, the password or the code; which of them is not said. `throttled`: not even looked at. */
  | { readonly refused: 'wrong' | 'throttled' | 'code_needed' | 'password_old' }
  | { readonly refused: 'password_weak'; readonly because: string };

/** Who comes in and how long they stay. */
export class SignIn implements Who {
  readonly #parts: SignInParts;
  readonly #throttle: Throttle;
  /** When it was last noted that an account or an address is over its tries. */
  readonly #throttled = new Map<string, number>();

  constructor(parts: SignInParts) {
    this.#parts = parts;
    this.#throttle = new Throttle(parts.store.tries, parts.clock);
  }

  /** False where nobody is asked who they are: no people, and not told to wait for some. */
  get required(): boolean {
    return this.#parts.always || this.#parts.store.people.any();
  }

  asks({ session, display, background = false }: Credentials): Viewer | undefined {
    if (!this.required) return THIS_MACHINE;
    if (session !== undefined) {
      const viewer = this.#inSession(hashOf(session), background);
      if (viewer !== undefined) return viewer;
    }
    return display === undefined ? undefined : this.#atDisplay(hashOf(display));
  }

  /** @throws PasswordsBusy */
  async signIn({ name, password, code, newPassword }: Try, address: string, earlier?: string): Promise<SignedIn> {
    const { store, passwords, clock, profile } = this.#parts;
    const person = store.people.named(name);
    if (this.#isThrottled(name, address, person, code)) {
      this.#noteThrottled(person, address);
      return { refused: 'throttled' };
    }
    this.#throttle.count(name, address);
    const right = await passwords.check(person?.password ?? null, password);
    if (!right || person?.enabled !== true) return this.#refuse(person);
    const now = clock.now();
    if (person.totp !== null) {
      if (code === undefined) return { refused: 'code_needed' };
      const step = stepOfCode(person.totp, code, now, person.totpStep);
      if (step === undefined) return this.#refuse(person);
      store.people.change(person.id, { totpStep: step });
    }
    if (isTooOld(person.passwordAt ?? 0, profile, now)) {
      if (newPassword === undefined) return { refused: 'password_old' };
      const because =
        newPassword === password
          ? '新密码要与原来的不同'
          : faultOfPassword(newPassword, profile, [person.name, ...this.#parts.ownWords(person.account)]);
      if (because !== undefined) return { refused: 'password_weak', because };
      store.people.change(person.id, { password: await passwords.hash(newPassword), passwordAt: now });
    }
    this.#throttle.forgive(name, address);
    return this.#open(person, earlier);
  }

  /** Ends the session that this is the token of. */
  signOut(token: string, viewer: Viewer): void {
    this.#parts.audit.append({ who: viewer, what: 'sign-out', outcome: 'done' }, this.#parts.clock.now());
    this.#parts.store.sessions.end(hashOf(token));
  }

  /** Written down first: who comes in unwritten does not come in. A session that was there before is another's or an old one. */
  #open(person: Person, earlier: string | undefined): SignedIn {
    const { store, audit, clock } = this.#parts;
    const now = clock.now();
    audit.append({ who: doerOf(person), what: 'sign-in', outcome: 'done' }, now);
    if (earlier !== undefined) store.sessions.end(hashOf(earlier));
    const token = newToken();
    store.sessions.open(hashOf(token), { person: person.id, openedAt: now, seenAt: now });
    return { token, viewer: this.#viewerOf(person) };
  }

  /** A second factor that is right opens the account to its person also while others are guessing at it (ASVS 6.1.1). */
  #isThrottled(name: string, address: string, person: (Person & Secrets) | undefined, code?: string): boolean {
    if (this.#throttle.ofAddress(address)) return true;
    if (!this.#throttle.ofAccount(name)) return false;
    const { totp = null, totpStep = 0 } = person ?? {};
    return totp === null || stepOfCode(totp, code ?? '', this.#parts.clock.now(), totpStep) === undefined;
  }

  #refuse(person: Person | undefined): SignedIn {
    this.#note(person, 'wrong');
    return { refused: 'wrong' };
  }

  /** The name of somebody who is nobody is not kept: it may be a password in the wrong field. */
  #note(person: Person | undefined, why: string): void {
    const who = person === undefined ? { id: 'nobody', name: '未知' } : doerOf(person);
    this.#parts.audit.append({ who, what: 'sign-in', outcome: 'refused', why }, this.#parts.clock.now());
  }

  /** Once a window, or a flood of tries would be a flood of lines. */
  #noteThrottled(person: Person | undefined, address: string): void {
    const now = this.#parts.clock.now();
    const key = person?.id ?? address;
    if (now - (this.#throttled.get(key) ?? -WINDOW_MS) < WINDOW_MS) return;
    if (this.#throttled.size >= NOTED_MOST) this.#throttled.clear();
    this.#throttled.set(key, now);
    this.#note(person, 'throttled');
  }

  #inSession(hash: string, background: boolean): Viewer | undefined {
    const { store, clock } = this.#parts;
    const session = store.sessions.get(hash);
    if (session === undefined) return undefined;
    const now = clock.now();
    const person = store.people.get(session.person);
    const over = now - session.seenAt > IDLE_MS || now - session.openedAt > ABSOLUTE_MS;
    if (over || person?.enabled !== true) {
      store.sessions.end(hash);
      return undefined;
    }
    if (!background && now - session.seenAt >= NOTED_MS) store.sessions.seen(hash, now);
    return this.#viewerOf(person);
  }

  #atDisplay(hash: string): Viewer | undefined {
    const { store, clock } = this.#parts;
    const display = store.displays.get(hash);
    if (display === undefined) return undefined;
    const now = clock.now();
    if (now - (display.lastAt ?? 0) >= NOTED_MS) store.displays.seen(display.id, now);
    const { region } = display;
    return {
      id: `display:${display.id}`,
      name: display.name,
      roles: ['viewer'],
      scope: region === 'all' ? EVERYTHING : { regions: [region], incidents: new Set() },
    };
  }

  #viewerOf(person: Person): Viewer {
    const { id, name, roles, account } = person;
    const incidents = account === null ? new Set<IncidentId>() : this.#parts.shared(account);
    // Who looks after the deployment is bound to no region, and reads nothing that has one.
    const scope: Scope = looksAfter(roles) ? EVERYTHING : { regions: person.regions, incidents };
    return { id, name, roles, scope, ...(account === null ? {} : { account }) };
  }
}

const doerOf = ({ id, name }: Person) => ({ id, name });
