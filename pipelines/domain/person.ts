import type { IncidentId } from './incident.ts';
import { contains, type RegionCode } from './region.ts';

/**
 * What a person may do. The first four are the office's work; the last three (系统管理员, 安全管理员, 审计员) look after the
 * deployment, are never held together, and never together with one of the first four (GB/T 22239, 三员分立).
 */
export const ROLES = ['viewer', 'responder', 'analyst', 'editor', 'systemAdmin', 'securityAdmin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  viewer: '查看',
  responder: '应答',
  analyst: '研判',
  editor: '矩阵编辑',
  systemAdmin: '系统管理员',
  securityAdmin: '安全管理员',
  auditor: '审计员',
};

/** What somebody may see: everything, or these regions with all that lies in them and the incidents handed to them. */
export interface Scope {
  readonly regions: 'all' | readonly RegionCode[];
  /** Shared by a hand-off, for as long as the hand-off is theirs. */
  readonly incidents: ReadonlySet<IncidentId>;
}

export const EVERYTHING: Scope = { regions: 'all', incidents: new Set() };

/** A place that is not known is only seen by those who see everything: nobody can say yet that it is theirs. */
export const seesRegion = (scope: Scope, region: RegionCode | null): boolean =>
  scope.regions === 'all' || (region !== null && scope.regions.some((own) => contains(own, region)));

/** The regions as a store's question takes them: undefined for everything. */
export const withinOf = (scope: Scope): readonly RegionCode[] | undefined =>
  scope.regions === 'all' ? undefined : scope.regions;

/** The part of what is asked for that may be seen: all that may be seen where nothing is asked for. */
export function cutTo(scope: Scope, asked: readonly RegionCode[]): readonly RegionCode[] {
  const { regions } = scope;
  if (regions === 'all') return asked;
  if (asked.length === 0) return regions;
  const common = asked.flatMap((one) =>
    regions.flatMap((own) => (contains(own, one) ? [one] : contains(one, own) ? [own] : [])),
  );
  return [...new Set(common)];
}

export const seesIncident = (
  scope: Scope,
  incident: { readonly id: IncidentId; readonly region: RegionCode | null },
): boolean => seesRegion(scope, incident.region) || scope.incidents.has(incident.id);

/**
 * Evidence of an incident that is seen: what lies within the scope, and what no place or a place above the incident's own is known
 * of. What is placed beside is the neighbour's, except where the whole incident was shared.
 */
export const seesEvidence = (
  scope: Scope,
  incident: { readonly id: IncidentId; readonly region: RegionCode | null },
  region: RegionCode | null,
): boolean =>
  seesRegion(scope, region) ||
  scope.incidents.has(incident.id) ||
  (seesIncident(scope, incident) &&
    (region === null || (incident.region !== null && contains(region, incident.region))));

/** Somebody who may sign in. Never removed, so that what they did keeps its name. */
export interface Person {
  readonly id: string;
  /** What they sign in with, and what others see. One in the deployment, whatever the case of its letters. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly regions: Scope['regions'];
  /** The account of the matrix they speak for. */
  readonly account: string | null;
  readonly enabled: boolean;
  /** Epoch ms. */
  readonly createdAt: number;
  /** When the password was chosen; null before the invitation was taken up. */
  readonly passwordAt: number | null;
  readonly secondFactor: boolean;
  /** Their roles were granted by one security administrator alone, because there was no second. */
  readonly grantedAlone: boolean;
}

/** What a person is granted; it takes effect as a whole. */
export type Grant = Pick<Person, 'roles' | 'regions' | 'account'>;

/** A grant that waits for a second security administrator. */
export interface AskedGrant extends Grant {
  readonly id: number;
  readonly person: string;
  /** Who asked for it. */
  readonly by: string;
  readonly at: number;
}

/** A wall screen that nobody signs in at: it reads, and only of its region. */
export interface Display {
  readonly id: number;
  readonly name: string;
  readonly region: 'all' | RegionCode;
  readonly createdAt: number;
  readonly lastAt: number | null;
}

/** Who asks: a person who signed in, a wall screen with a display token, or whoever sits at this machine where sign-in is not set up. */
export interface Viewer {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly scope: Scope;
  /** The account of the matrix this person speaks for. */
  readonly account?: string;
}
