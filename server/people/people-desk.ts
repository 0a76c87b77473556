import { randomUUID } from 'node:crypto';
import { faultOfPassword, type PasswordProfile } from '../../pipelines/domain/password-rule.ts';
import type { AskedGrant, Display, Grant, Person } from '../../pipelines/domain/person.ts';
import { faultOfRoles, looksAfter } from '../../pipelines/domain/role-rules.ts';
import type { AuditLog, Doer } from '../../pipelines/ports/audit-log.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { Passwords } from '../../pipelines/ports/passwords.ts';
import type { PeopleStore } from '../../pipelines/ports/people.ts';
import { hashOf, newToken } from './secret.ts';

export interface PeopleParts {
  readonly store: PeopleStore;
  readonly passwords: Passwords;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly profile: PasswordProfile;
  /** Names that no password may be made of: the office's, and those of the account somebody speaks for. */
  readonly ownWords: (account: string | null) => readonly string[];
}

/** Why something was not done, in words for people. */
export interface Refused {
  readonly refused: string;
}

/** Whoever has a shell on the machine; what they do is marked as done alone. */
export const COMMAND_LINE: Doer = { id: 'command-line', name: '命令行' };

const INVITATION_MS = 72 * 3_600_000;
const BOOTSTRAP_MS = 24 * 3_600_000;

/**
 * What a security administrator does. Every act is written down first. Rights only grow with the word of a second security
 * administrator; where there is none, they grow at once and the person is marked as granted alone. Taking away needs one.
 */
export class PeopleDesk {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  list(): {
    readonly people: readonly Person[];
    readonly asked: readonly AskedGrant[];
    readonly displays: readonly Display[];
  } {
    const { people, grants, displays } = this.#parts.store;
    return { people: people.list(), asked: grants.list(), displays: displays.list() };
  }

  /** True until there is somebody. */
  get isEmpty(): boolean {
    return !this.#parts.store.people.any();
  }

  hasSecondFactor(id: string): boolean {
    return this.#parts.store.people.get(id)?.secondFactor ?? false;
  }

  /** A person and the link by which they choose a password. */
  add(doer: Doer, name: string, grant: Grant): Refused | { readonly person: string; readonly invitation: string } {
    const { people } = this.#parts.store;
    const fault = faultOfName(name) ?? faultOfGrant(grant);
    if (fault !== undefined) return { refused: fault };
    if (people.named(name) !== undefined) return { refused: '已有同名的人' };
    const id = randomUUID();
    const alone = this.#isAlone(doer);
    this.#write(doer, 'person', `${id} ${name.trim()}`);
    const nothing: Grant = { roles: [], regions: [], account: null };
    people.add({
      ...(alone ? grant : nothing),
      ...{ id, name, enabled: true, createdAt: this.#now, grantedAlone: alone },
    });
    this.#grant(doer, id, grant, alone);
    return { person: id, invitation: this.#invite(id) };
  }

  /** Other roles, regions or account. Answers whether it waits for a second person. */
  grant(doer: Doer, id: string, grant: Grant): Refused | { readonly waits: boolean } {
    const fault = faultOfGrant(grant);
    if (fault !== undefined) return { refused: fault };
    if (this.#parts.store.people.get(id) === undefined) return { refused: '没有这个人' };
    if (doer.id === id) return { refused: '不能给自己授权，请另一位安全管理员来做' };
    const alone = this.#isAlone(doer, id);
    this.#grant(doer, id, grant, alone);
    return { waits: !alone };
  }

  /** The word of the second one. */
  settle(doer: Doer, asked: number, agreed: boolean): Refused | { readonly settled: true } {
    const { grants, people } = this.#parts.store;
    const grant = grants.list().find(({ id }) => id === asked);
    if (grant === undefined) return { refused: '这条授权已经处理过了' };
    if (agreed && (grant.by === doer.id || grant.person === doer.id))
      return { refused: '要由另一位安全管理员复核，不能是提出的人或本人' };
    this.#write(doer, agreed ? 'grant-confirmed' : 'grant-rejected', sayGrant(grant.person, grant));
    if (grants.take(asked) === undefined) return { refused: '这条授权已经处理过了' };
    const { roles, regions, account } = grant;
    if (agreed) people.change(grant.person, { roles, regions, account, grantedAlone: false });
    return { settled: true };
  }

  enable(doer: Doer, id: string, enabled: boolean): Refused | { readonly enabled: boolean } {
    const { people, sessions } = this.#parts.store;
    if (people.get(id) === undefined) return { refused: '没有这个人' };
    if (doer.id === id) return { refused: '不能停用自己' };
    this.#write(doer, enabled ? 'person-enabled' : 'person-disabled', id);
    people.change(id, { enabled });
    if (!enabled) sessions.endAll(id);
    return { enabled };
  }

  /** A new link for somebody who has lost password or second factor: until it is used the old ones hold, then both are gone. */
  invite(doer: Doer, id: string): Refused | { readonly invitation: string } {
    if (this.#parts.store.people.get(id) === undefined) return { refused: '没有这个人' };
    this.#write(doer, 'invitation', id);
    return { invitation: this.#invite(id) };
  }

  addDisplay(doer: Doer, name: string, region: Display['region']): Refused | { readonly token: string } {
    const fault = faultOfName(name);
    if (fault !== undefined) return { refused: fault };
    const token = `wbs_${newToken()}`;
    this.#write(doer, 'display', `${name.trim()} ${region}`);
    this.#parts.store.displays.add(hashOf(token), { name: name.trim(), region, createdAt: this.#now });
    return { token };
  }

  removeDisplay(doer: Doer, id: number): Refused | { readonly removed: true } {
    this.#write(doer, 'display-removed', String(id));
    return this.#parts.store.displays.remove(id) ? { removed: true } : { refused: '没有这块屏' };
  }

  /** The link of a deployment that has nobody yet; undefined once there is somebody. */
  bootstrap(): string | undefined {
    const { people, invitations } = this.#parts.store;
    if (people.any()) return undefined;
    const token = newToken();
    invitations.add(hashOf(token), { person: null, until: this.#now + BOOTSTRAP_MS });
    return token;
  }

  /** Whose link this is; null for the first person of a deployment, who says their own name. */
  invited(token: string): { readonly name: string | null } | undefined {
    const { people, invitations } = this.#parts.store;
    const invitation = invitations.get(hashOf(token));
    if (invitation === undefined || invitation.until < this.#now) return undefined;
    if (invitation.person === null) return people.any() ? undefined : { name: null };
    const person = people.get(invitation.person);
    return person?.enabled === true ? { name: person.name } : undefined;
  }

  /** A link is used: the password is set, the second factor is gone, every session of before ends. */
  async accept(token: string, password: string, firstName?: string): Promise<Refused | { readonly name: string }> {
    const { people, invitations, sessions } = this.#parts.store;
    const invited = this.invited(token);
    if (invited === undefined) return { refused: '这个链接已经用过或过期，请向安全管理员再要一个' };
    const name = invited.name ?? firstName ?? '';
    const { person: whose } = invitations.get(hashOf(token)) ?? { person: null };
    const account = whose === null ? null : (people.get(whose)?.account ?? null);
    const own = [name, ...this.#parts.ownWords(account)];
    const fault = faultOfName(name) ?? faultOfPassword(password, this.#parts.profile, own);
    if (fault !== undefined) return { refused: fault };
    const hash = await this.#parts.passwords.hash(password);
    const { person } = invitations.get(hashOf(token)) ?? { person: undefined };
    if (person === undefined || !invitations.take(hashOf(token))) return { refused: '这个链接已经用过了' };
    const id = person ?? randomUUID();
    this.#write({ id, name }, person === null ? 'bootstrap' : 'invitation-used', id);
    if (person === null) {
      const first: Grant = { roles: ['securityAdmin'], regions: 'all', account: null };
      people.add({ ...first, id, name, enabled: true, createdAt: this.#now, grantedAlone: true });
    }
    people.change(id, { password: hash, passwordAt: this.#now, totp: null });
    sessions.endAll(id);
    return { name };
  }

  #grant(doer: Doer, id: string, grant: Grant, alone: boolean): void {
    const { people, grants } = this.#parts.store;
    this.#write(doer, alone ? 'grant-alone' : 'grant-asked', sayGrant(id, grant));
    const { roles, regions, account } = grant;
    if (alone) people.change(id, { roles, regions, account, grantedAlone: true });
    else grants.ask({ person: id, roles, regions, account, by: doer.id, at: this.#now });
  }

  #invite(person: string): string {
    const token = newToken();
    this.#parts.store.invitations.add(hashOf(token), { person, until: this.#now + INVITATION_MS });
    return token;
  }

  /** True where no other security administrator could confirm it. */
  #isAlone(doer: Doer, but?: string): boolean {
    const others = this.#parts.store.people
      .list()
      .filter(
        ({ id, roles, enabled, passwordAt }) =>
          enabled && passwordAt !== null && roles.includes('securityAdmin') && id !== but,
      );
    return others.every(({ id }) => id === doer.id) || doer.id === COMMAND_LINE.id;
  }

  #write(doer: Doer, what: string, subject: string): void {
    this.#parts.audit.append({ who: { id: doer.id, name: doer.name }, what, outcome: 'done', subject }, this.#now);
  }

  get #now(): number {
    return this.#parts.clock.now();
  }
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@ -]{0,39}$/u;
const faultOfName = (name: string): string | undefined =>
  NAME.test(name.trim()) ? undefined : '姓名用1到40个汉字、字母、数字，可以有点、短横和空格';

function faultOfGrant({ roles, regions }: Grant): string | undefined {
  const fault = faultOfRoles(roles);
  if (fault !== undefined) return fault;
  if (!looksAfter(roles) && regions !== 'all' && regions.length === 0) return '至少选一个属地范围';
  return undefined;
}

const sayGrant = (person: string, { roles, regions, account }: Grant): string =>
  `${person} ${roles.join('+')} ${regions === 'all' ? 'all' : regions.join('+')}${account === null ? '' : ` ${account}`}`;
