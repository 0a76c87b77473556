import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../../pipelines/domain/person.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import type { AuditLog } from '../../../pipelines/ports/audit-log.ts';
import { openAudit } from '../../../server/adapters/audit/sqlite-audit.ts';
import { handleFaults, HttpFault } from '../../../server/http/faults.ts';
import { guard } from '../../../server/http/guard.ts';
import { forRoles, OPEN } from '../../../server/http/policy.ts';
import { trail } from '../../../server/http/trail.ts';

let app: FastifyInstance;
let done: string[];
afterEach(() => app.close());

const VIEWER: Viewer = {
  id: 'p1',
  name: '王',
  roles: ['responder'],
  scope: { regions: [regionCode('410327')], incidents: new Set() },
};

function anApp(audit: AuditLog, viewer: Viewer | undefined = VIEWER): FastifyInstance {
  app = Fastify();
  done = [];
  let now = 0;
  handleFaults(app);
  guard(app, { asks: () => viewer }, []);
  trail(app, audit, { now: () => (now += 2_000) });
  const policy = forRoles('region', 'responder');
  app.post<{ Params: { id: string } }>('/incidents/:id/acts', { config: { policy } }, async ({ params }) => {
    if (params.id === 'theirs') throw new HttpFault(404, 'no_incident', 'none');
    if (params.id === 'breaks') throw new Error('broken');
    done.push(params.id);
    return {};
  });
  app.get<{ Params: { id: string } }>('/incidents/:id', { config: { policy } }, async ({ params }) => {
    if (params.id === 'theirs') throw new HttpFault(404, 'no_incident', 'none');
    return {};
  });
  app.get('/report.csv', { config: { policy, audit: 'export' } }, async () => 'a,b');
  app.get('/audit', { config: { policy: forRoles('none', 'auditor') } }, async () => ({}));
  app.post('/open', { config: { policy: OPEN } }, async () => ({}));
  return app;
}
const lines = (audit: AuditLog) =>
  [...audit.list({ limit: 20 })]
    .reverse()
    .map(({ what, outcome, incident, of }) =>
      [what, outcome, ...(incident === undefined ? [] : [incident]), ...(of === undefined ? [] : [of])].join(' '),
    );
const post = (url: string) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    payload: '{"secret":"不能记下"}',
  });

describe('what is written down by itself', () => {
  test('every act before it is done and how it ended, with the incident and never the body', async () => {
    const audit = openAudit(':memory:', Buffer.alloc(32));
    anApp(audit);
    await post('/incidents/i1/acts');
    await post('/incidents/theirs/acts');
    await post('/incidents/breaks/acts');
    const what = 'POST /incidents/:id/acts';
    expect(lines(audit)).toEqual([
      `${what} asked i1`,
      `${what} done i1 1`,
      `${what} asked theirs`,
      `${what} refused theirs 3`,
      `${what} asked breaks`,
      `${what} failed breaks 5`,
    ]);
    expect(JSON.stringify(audit.list({ limit: 20 }))).not.toContain('不能记下');
  });

  test('what was refused to somebody, what they looked for elsewhere, and what left as a file; not what they read', async () => {
    const audit = openAudit(':memory:', Buffer.alloc(32));
    anApp(audit);
    for (const url of ['/incidents/own', '/incidents/theirs', '/audit', '/report.csv', '/nothing'])
      await app.inject(url);
    expect(lines(audit)).toEqual([
      'GET /incidents/:id refused theirs',
      'GET /audit refused',
      'export /report.csv asked',
      'export /report.csv done 3',
    ]);
  });

  test('of what is open to everybody only what was done, and nothing of nobody’s knocking', async () => {
    const audit = openAudit(':memory:', Buffer.alloc(32));
    anApp(audit, { ...VIEWER, roles: [] });
    await post('/open');
    await post('/incidents/i1/acts');
    await app.inject('/audit');
    expect(lines(audit)).toEqual(['POST /open done']);
  });

  test('an act that can not be written down is not done', async () => {
    const audit = openAudit(':memory:', Buffer.alloc(32));
    anApp(audit);
    audit.close();
    expect((await post('/incidents/i1/acts')).statusCode).toBe(500);
    expect(done).toEqual([]);
    expect((await app.inject('/report.csv')).statusCode).toBe(500);
    expect((await app.inject('/incidents/own')).statusCode).toBe(200);
  });

  test('an act whose end can not be written down is no success', async () => {
    const audit = openAudit(':memory:', Buffer.alloc(32));
    let left = 1;
    anApp({
      ...audit,
      append: (...given) => {
        if (left-- > 0) return audit.append(...given);
        throw new Error('disk full');
      },
    });
    expect((await post('/incidents/i1/acts')).statusCode).toBe(500);
    expect(lines(audit)).toEqual(['POST /incidents/:id/acts asked i1']);
  });
});
