import type { AskedGrant, Display, Grant, Person } from '../domain/person.ts';

/** What a sign-in is checked against. */
export interface Secrets {
  /** The hash of the password with its own parameters; null before there is one. */
  readonly password: string | null;
  /** The shared secret of the second factor, base32; null where there is none. */
  readonly totp: string | null;
  /** The last step of 30 s whose code was used; a code counts once. */
  readonly totpStep: number;
}

export interface NewPerson extends Grant {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly enabled: boolean;
  readonly grantedAlone: boolean;
}

export type PersonChange = Partial<Grant & Pick<Person, 'enabled' | 'grantedAlone' | 'passwordAt'>> & Partial<Secrets>;

/** Everybody who may sign in. */
export interface People {
  /** False where the name is taken. */
  add(person: NewPerson): boolean;
  change(id: string, change: PersonChange): void;
  /** Asked on every request. */
  any(): boolean;
  /** By name, so that a page does not jump. */
  list(): readonly Person[];
  get(id: string): (Person & Secrets) | undefined;
  named(name: string): (Person & Secrets) | undefined;
}

/** Grants that wait for a second person. */
export interface Grants {
  ask(grant: Omit<AskedGrant, 'id'>): AskedGrant;
  list(): readonly AskedGrant[];
  /** Takes it out: undefined where somebody else was quicker. */
  take(id: number): AskedGrant | undefined;
}

export interface Session {
  readonly person: string;
  readonly openedAt: number;
  readonly seenAt: number;
}

/** Signed-in browsers, by the hash of what they hold; what they hold is kept nowhere. */
export interface Sessions {
  open(hash: string, session: Session): void;
  get(hash: string): Session | undefined;
  seen(hash: string, at: number): void;
  end(hash: string): void;
  /** Ends all of a person, but one where that is given. */
  endAll(person: string, but?: string): void;
}

export interface Displays {
  add(hash: string, display: Omit<Display, 'id' | 'lastAt'>): Display;
  list(): readonly Display[];
  get(hash: string): Display | undefined;
  seen(id: number, at: number): void;
  remove(id: number): boolean;
}

/** A way in that works once: for a person, or for the first one of a deployment. */
export interface Invitation {
  /** null: whoever opens it becomes the first security administrator. */
  readonly person: string | null;
  readonly until: number;
}

export interface Invitations {
  /** Takes the place of the earlier one for the same person. */
  add(hash: string, invitation: Invitation): void;
  get(hash: string): Invitation | undefined;
  /** True for the one who is first to use it. */
  take(hash: string): boolean;
}

/** Tries to sign in, kept so that a restart forgives nothing. Keys are hashes. */
export interface Tries {
  add(key: string, at: number): void;
  /** Since then, epoch ms. */
  count(key: string, since: number): number;
  /** Forgives the newest ones, all where no number is given. */
  clear(key: string, most?: number): void;
  forget(before: number): void;
}

export interface PeopleStore {
  readonly people: People;
  readonly grants: Grants;
  readonly sessions: Sessions;
  readonly displays: Displays;
  readonly invitations: Invitations;
  readonly tries: Tries;
  close(): void;
}
