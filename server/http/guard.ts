import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Credentials, Who } from '../services.ts';
import { HttpFault } from './faults.ts';
import { isOurOrigin } from './same-machine.ts';
import { setViewer, type Policy } from './policy.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route of the app, as it was registered. */
    readonly stated: readonly StatedRoute[];
  }
}

export interface StatedRoute {
  readonly method: string;
  readonly url: string;
  readonly policy: Policy;
  readonly schema: unknown;
}

/** The cookie of a session; the longer name where the browser speaks HTTPS, because browsers give that name a promise. */
export const SESSION_COOKIES = ['__Host-wenbida', 'wenbida'] as const;
export const DISPLAY_HEADER = 'x-wenbida-display';
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const FORMS: ReadonlySet<string> = new Set(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']);
const BACKGROUND_HEADER = 'x-wenbida-background';

/** What the headers of a request or of a handshake say of who asks. */
export function credentialsOf(headers: Readonly<Record<string, string | string[] | undefined>>): Credentials {
  const cookies = typeof headers['cookie'] === 'string' ? headers['cookie'].split(/;\s*/) : [];
  const session = SESSION_COOKIES.flatMap(
    (name) => cookies.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? [],
  )[0];
  const display = headers[DISPLAY_HEADER];
  return {
    ...(session === undefined ? {} : { session }),
    ...(typeof display === 'string' ? { display } : {}),
    ...(headers[BACKGROUND_HEADER] === undefined ? {} : { background: true }),
  };
}

/**
 * Every request is asked who it is and whether its route lets it in, before its body is read. A route that states no policy is
 * not registered: the server does not start. `given` states those of plugins that can not be told one, by their
 * addresses. To be called before any route is registered.
 */
export function guard(app: FastifyInstance, who: Who, given: readonly (readonly [address: RegExp, Policy])[]): void {
  const stated: StatedRoute[] = [];
  app.decorate('stated', stated);
  app.addHook('onRoute', (route) => {
    const policy = route.config?.policy ?? given.find(([address]) => address.test(route.url))?.[1];
    if (policy === undefined)
      throw new Error(`${String(route.method)} ${route.url} states no policy: give its config one of http/policy.ts`);
    route.config = { ...route.config, policy };
    for (const method of [route.method].flat()) stated.push({ method, url: route.url, policy, schema: route.schema });
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const viewer = who.asks(credentialsOf(request.headers));
    setViewer(request, viewer);
    admit(request, viewer);
    fromOwnPage(request);
  });
}

/**
 * What acts is asked from a page of this server or from no page at all. The cookie is SameSite=Strict besides; types that a form of
 * another site can send without asking are not taken.
 * @throws HttpFault 403, 415
 */
function fromOwnPage(request: FastifyRequest): void {
  const kind = request.routeOptions.config.policy?.kind;
  if (READS.has(request.method) || kind === 'source') return;
  if (!isOurOrigin(request.headers))
    throw new HttpFault(
      403,
      'foreign_page',
      'this can only be asked from a page of this server, or from no page at all.',
      { where: 'headers.origin', headers: { connection: 'close' } },
    );
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (kind === 'roles' && type !== undefined && FORMS.has(type))
    throw new HttpFault(415, 'unsupported_type', `"${type}" is not taken; send application/json.`, {
      where: 'headers.content-type',
      headers: { connection: 'close' },
    });
}

/** @throws HttpFault 401 for nobody we know, 403 for somebody who may not */
function admit(request: FastifyRequest, viewer: ReturnType<Who['asks']>): void {
  const { policy } = request.routeOptions.config;
  if (policy === undefined) throw new Error(`${request.routeOptions.url ?? request.url} was let in without a policy`);
  if (policy.kind !== 'roles') return;
  if (viewer === undefined)
    throw new HttpFault(401, 'sign_in', 'sign in first: POST /api/v1/session, or the page /sign-in.', {
      headers: { 'cache-control': 'no-store' },
    });
  if (!policy.roles.some((role) => viewer.roles.includes(role)))
    throw new HttpFault(
      403,
      'not_your_role',
      `this is for ${policy.roles.join(', ')}; a security administrator grants roles.`,
    );
  if (policy.scope === 'all' && viewer.scope.regions !== 'all')
    throw new HttpFault(403, 'not_your_region', 'this is of the whole deployment, and your regions are a part of it.');
}
