import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AuditLog, AuditOutcome, SayDone } from '../../pipelines/ports/audit-log.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import { viewerOf } from './policy.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `export`: a reading that is written down too, as files leave the office. `own`: the route writes its own lines. */
    audit?: 'export' | 'own';
  }
}

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const MOST_REMEMBERED = 10_000;
const AGAIN_MS = 1_000;

const saidOf = new WeakMap<FastifyRequest, string>();

/** What a change of a setting was, for the line that says how it ended. In words, without a secret (5-respond/tell-settings.ts). */
export const sayDone =
  (request: FastifyRequest): SayDone =>
  (did) =>
    void saidOf.set(request, did);

/**
 * Every act of a person is written down, whoever adds the route: before it is done, where a line that can not be written keeps it
 * from being done, and again with how it ended. So is every refusal to somebody we know, and every search for what lies
 * elsewhere. Never what a request says: route, ids and outcome, and of a setting what its route says it changed (`sayDone`). What
 * sources bring is in the book of sources.
 */
export function trail(app: FastifyInstance, audit: AuditLog, clock: Clock): void {
  const asked = new WeakMap<FastifyRequest, number>();
  const settled = new WeakSet<FastifyRequest>();
  const refusedAt = new Map<string, number>();

  const write = (request: FastifyRequest, outcome: AuditOutcome, of?: number): number => {
    const { id, name } = viewerOf(request);
    const { subject, incident } = aboutOf(request);
    const did = saidOf.get(request);
    const entry = {
      who: { id, name },
      what: wordOf(request),
      outcome,
      ...(subject === '' ? {} : { subject }),
      ...(incident === undefined ? {} : { incident }),
      ...(of === undefined ? {} : { of }),
      ...(outcome === 'done' && did !== undefined ? { did } : {}),
    };
    return audit.append(entry, clock.now()).n;
  };
  /** The same refusal in the same second is one line: a flood of questions is no flood of lines. */
  const isAgain = (request: FastifyRequest): boolean => {
    const key = `${viewerOf(request).id} ${wordOf(request)} ${aboutOf(request).subject}`;
    const now = clock.now();
    if (now - (refusedAt.get(key) ?? -AGAIN_MS) < AGAIN_MS) return true;
    if (refusedAt.size >= MOST_REMEMBERED) refusedAt.clear();
    refusedAt.set(key, now);
    return false;
  };

  app.addHook('preHandler', async (request) => {
    if (actOf(request) === 'asked first') asked.set(request, write(request, 'asked'));
  });
  // Before the answer leaves, so that an end that can not be written is no success either.
  app.addHook('onSend', async (request, reply) => {
    if (settled.has(request)) return;
    settled.add(request);
    const { statusCode } = reply;
    const of = asked.get(request);
    if (of !== undefined) write(request, outcomeOf(statusCode), of);
    else if (actOf(request) === 'told after' && statusCode < 300) write(request, 'done');
    else if (isRefusal(request, statusCode) && !isAgain(request)) write(request, 'refused');
  });
}

const wordOf = (request: FastifyRequest): string => {
  const { url = '', config } = request.routeOptions;
  return config.audit === 'export' ? `export ${url}` : `${request.method} ${url}`;
};

function aboutOf(request: FastifyRequest): { readonly subject: string; readonly incident: string | undefined } {
  const params = Object.entries((request.params ?? {}) as Record<string, string | number>).filter(
    ([name]) => name !== '*',
  );
  const url = request.routeOptions.url ?? '';
  const incident = params.find(
    ([name]) => name === 'incident' || (name === 'id' && url.includes('/incidents/:id')),
  )?.[1];
  return {
    subject: params.map(([name, value]) => `${name}=${String(value)}`).join(' '),
    incident: incident === undefined ? undefined : String(incident),
  };
}

/** Acts of people and by signed links are written down before they are done; of what is open to everybody, what was done. */
function actOf(request: FastifyRequest): 'asked first' | 'told after' | 'none' {
  const { config } = request.routeOptions;
  if (request.is404 || config.audit === 'own') return 'none';
  if (READS.has(request.method) && config.audit !== 'export') return 'none';
  switch (config.policy?.kind) {
    case 'roles':
    case 'link':
      return 'asked first';
    case 'open':
      return 'told after';
    case 'source':
    case undefined:
      return 'none';
  }
}

const outcomeOf = (status: number): AuditOutcome => (status < 400 ? 'done' : status < 500 ? 'refused' : 'failed');

/** To somebody we know: what is not theirs, or, for who sees some regions only, what is not there for them. */
function isRefusal(request: FastifyRequest, status: number): boolean {
  const { roles, scope } = viewerOf(request);
  if (request.is404 || roles.length === 0) return false;
  return status === 403 || (status === 404 && scope.regions !== 'all');
}
