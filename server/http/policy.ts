import type { FastifyRequest } from 'fastify';
import { EVERYTHING, type Role, type Viewer } from '../../pipelines/domain/person.ts';

/**
 * Who may call a route. Every route states one in its `config`; a route without one does not get registered once sign-in
 * stands. `open` needs no sign-in and shows nothing of any incident beyond what the public page shows. `source` carries the token of a source.
 */
export type Policy =
  | { readonly kind: 'open' }
  | { readonly kind: 'source' }
  /** One case, by a signed link. */
  | { readonly kind: 'link' }
  /** Any of these roles. What is answered is cut to the viewer's scope in the data layer, except where `scope` is none: nothing of any region in it. */
  | { readonly kind: 'roles'; readonly roles: readonly Role[]; readonly scope: 'region' | 'none' };

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: Policy;
  }
}

/** Everybody who works here, wall screens included. */
export const WORKERS = ['viewer', 'responder', 'analyst', 'editor'] as const satisfies readonly Role[];

/** Whoever sits at this machine, until people are set up. */
const THIS_MACHINE: Viewer = { id: 'this-machine', name: '本机', roles: WORKERS, scope: EVERYTHING };

/** Who asks. */
export const viewerOf = (_request: FastifyRequest): Viewer => THIS_MACHINE;
