import Type, { type Static } from 'typebox';
import { ROLES } from '../../pipelines/domain/person.ts';
import { AUDIT_OUTCOMES } from '../../pipelines/domain/audit.ts';
import { oneOf, orNull, Region, strict, Time } from './shapes.ts';

/** Sign-in, people and the trail. Times are ISO 8601 in UTC. */
const Regions = Type.Union([Type.Literal('all'), Type.Array(Region, { maxItems: 50 })]);
const Named = Type.Array(Type.Object({ code: Region, name: Type.String() }, strict));
const Name = Type.String({ minLength: 1, maxLength: 40 });
const Password = Type.String({ minLength: 1, maxLength: 512 });
const Token = Type.String({ minLength: 1, maxLength: 128 });
const OneTimeCode = Type.String({ minLength: 6, maxLength: 8 });

export const ViewerRow = Type.Object(
  {
    name: Type.String(),
    roles: Type.Array(oneOf(ROLES)),
    /** null: everything. */
    regions: orNull(Named),
    account: orNull(Type.String()),
    secondFactor: Type.Boolean(),
  },
  strict,
);
export type ViewerRow = Static<typeof ViewerRow>;

/** GET session. `off`: nobody is asked who they are. `empty`: sign-in waits for its first person. */
export const SessionRow = Type.Object(
  { signIn: oneOf(['off', 'empty', 'on'] as const), viewer: orNull(ViewerRow) },
  strict,
);
export type SessionRow = Static<typeof SessionRow>;

/** POST session */
export const SignInAsk = Type.Object(
  {
    name: Name,
    password: Password,
    code: Type.Optional(OneTimeCode),
    newPassword: Type.Optional(Password),
  },
  strict,
);
export type SignInAsk = Static<typeof SignInAsk>;

export const PasswordAsk = Type.Object({ password: Password, newPassword: Password }, strict);
/** Without `secret`: the second factor is taken away. */
export const SecondFactorAsk = Type.Object(
  {
    password: Password,
    secret: Type.Optional(Type.String({ pattern: '^[A-Z2-7]{32}$' })),
    code: Type.Optional(OneTimeCode),
  },
  strict,
);
export const SecondFactorOffer = Type.Object({ secret: Type.String(), address: Type.String() }, strict);
export type SecondFactorOffer = Static<typeof SecondFactorOffer>;

export const InvitationAsk = Type.Object({ token: Token }, strict);
/** Whose it is; null: the first person of the deployment, who says their own name. */
export const InvitationRow = Type.Object({ name: orNull(Type.String()) }, strict);
export const AcceptAsk = Type.Object({ token: Token, name: Type.Optional(Name), password: Password }, strict);
export const Accepted = Type.Object({ name: Type.String() }, strict);

const granted = {
  roles: Type.Array(oneOf(ROLES), { maxItems: ROLES.length }),
  account: orNull(Type.String({ maxLength: 100 })),
};
export const GrantAsk = Type.Object({ ...granted, regions: Regions }, strict);
export type GrantAsk = Static<typeof GrantAsk>;
export const PersonAsk = Type.Object({ name: Name, ...granted, regions: Regions }, strict);
export type PersonAsk = Static<typeof PersonAsk>;

const shown = { roles: Type.Array(oneOf(ROLES)), regions: orNull(Named), account: orNull(Type.String()) };
export const PersonRow = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    ...shown,
    enabled: Type.Boolean(),
    createdAt: Time,
    /** null: has not taken up the invitation yet. */
    passwordAt: orNull(Time),
    secondFactor: Type.Boolean(),
    grantedAlone: Type.Boolean(),
  },
  strict,
);
export type PersonRow = Static<typeof PersonRow>;

export const AskedGrantRow = Type.Object(
  { id: Type.Integer(), person: Type.String(), ...shown, by: Type.String(), at: Time },
  strict,
);
export type AskedGrantRow = Static<typeof AskedGrantRow>;

export const DisplayRow = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    /** null: everything. */
    region: orNull(Type.Object({ code: Region, name: Type.String() }, strict)),
    createdAt: Time,
    lastAt: orNull(Time),
  },
  strict,
);
export type DisplayRow = Static<typeof DisplayRow>;

/** GET people */
export const PeoplePage = Type.Object(
  {
    /** The id of who asks, who can do some things to others only. */
    own: Type.String(),
    people: Type.Array(PersonRow),
    asked: Type.Array(AskedGrantRow),
    displays: Type.Array(DisplayRow),
  },
  strict,
);
export type PeoplePage = Static<typeof PeoplePage>;

/** The way in for a person, shown once: the page makes it an address of its own. */
export const Invited = Type.Object({ person: Type.String(), invitation: Type.String() }, strict);
export type Invited = Static<typeof Invited>;
export const DisplayAsk = Type.Object({ name: Name, region: Type.Union([Type.Literal('all'), Region]) }, strict);
export const DisplayToken = Type.Object({ token: Type.String() }, strict);
export type DisplayToken = Static<typeof DisplayToken>;
export const Waits = Type.Object({ waits: Type.Boolean() }, strict);
export const EnableAsk = Type.Object({ enabled: Type.Boolean() }, strict);
export const SettleAsk = Type.Object({ agreed: Type.Boolean() }, strict);

export const AuditShown = Type.Object(
  {
    n: Type.Integer(),
    at: Time,
    who: Type.String(),
    what: Type.String(),
    outcome: oneOf(AUDIT_OUTCOMES),
    subject: Type.Optional(Type.String()),
    incident: Type.Optional(Type.String()),
    why: Type.Optional(Type.String()),
    of: Type.Optional(Type.Integer()),
    /** Of a setting: what it was and what it is. */
    did: Type.Optional(Type.String()),
    hash: Type.String(),
  },
  strict,
);
/** GET audit, newest first */
export const AuditPage = Type.Object(
  {
    rows: Type.Array(AuditShown),
    head: Type.Object({ n: Type.Integer(), hash: Type.String() }, strict),
  },
  strict,
);
export type AuditPage = Static<typeof AuditPage>;

/** GET audit/verdict */
export const VerdictRow = Type.Object(
  {
    whole: Type.Boolean(),
    /** Rows that were looked at, or the first that is not as it was written. */
    row: Type.Integer(),
    because: Type.String(),
  },
  strict,
);
export type VerdictRow = Static<typeof VerdictRow>;
