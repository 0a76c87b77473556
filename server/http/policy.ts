import type { FastifyRequest } from 'fastify';
import { EVERYTHING, type Role, type Viewer } from '../../pipelines/domain/person.ts';

/**
 * Who may call a route. Every route states one in its `config`; a route without one does not get registered (guard.ts). `open` needs no sign-in and shows nothing of any incident beyond what the public page shows. `source` carries the token of a source.
 */
export type Policy =
  | { readonly kind: 'open' }
  | { readonly kind: 'source' }
  /** One case, by a signed link. */
  | { readonly kind: 'link' }
  /**
   * Any of these roles. `region`: what is answered is cut to the viewer's scope in the data layer. `all`: it is of the whole
   * deployment, so only for who sees everything. `none`: nothing of any region is in it.
   */
  | { readonly kind: 'roles'; readonly roles: readonly Role[]; readonly scope: 'region' | 'all' | 'none' };

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: Policy;
  }
}

/** Everybody who works here, wall screens included. */
export const WORKERS = ['viewer', 'responder', 'analyst', 'editor'] as const satisfies readonly Role[];

export const OPEN = { kind: 'open' } as const satisfies Policy;
/** For everybody who works here, cut to their scope: most of what is read. */
export const FOR_WORKERS = { kind: 'roles', roles: WORKERS, scope: 'region' } as const satisfies Policy;
export const forRoles = (scope: 'region' | 'all' | 'none', ...roles: Role[]): Policy => ({
  kind: 'roles',
  roles,
  scope,
});

/** Whoever sits at this machine, where sign-in is not set up: all there is to do, except granting roles to people there are not. */
export const THIS_MACHINE: Viewer = {
  id: 'this-machine',
  name: '本机',
  roles: [...WORKERS, 'systemAdmin', 'auditor'],
  scope: EVERYTHING,
};

/** Nobody: sees nothing of any region. */
const NOBODY: Viewer = { id: 'nobody', name: '', roles: [], scope: { regions: [], incidents: new Set() } };

const viewers = new WeakMap<FastifyRequest, Viewer>();

/** By the guard alone, before anything else looks at the request. */
export const setViewer = (request: FastifyRequest, viewer: Viewer | undefined): void => {
  if (viewer !== undefined) viewers.set(request, viewer);
};

/** Who asks. On a route that is open to everybody it may be nobody, who sees nothing. */
export const viewerOf = (request: FastifyRequest): Viewer => viewers.get(request) ?? NOBODY;
