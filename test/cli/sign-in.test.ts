import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDb } from '../../server/adapters/sqlite/open-db.ts';
import { main } from '../../server/cli/main.ts';

let dir: string;
let before: string | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-sign-in-'));
  before = process.env.WENBIDA_VAR;
  process.env.WENBIDA_VAR = dir;
});
afterEach(() => {
  if (before === undefined) delete process.env.WENBIDA_VAR;
  else process.env.WENBIDA_VAR = before;
  rmSync(dir, { recursive: true, force: true });
});

async function run(...argv: string[]): Promise<{ code: number; out: string; said: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  let [out, said] = ['', ''];
  stdout.on('data', (chunk) => (out += String(chunk)));
  stderr.on('data', (chunk) => (said += String(chunk)));
  const code = await main(argv, { stdin, stdout, stderr });
  return { code, out, said };
}
const rows = async (): Promise<Record<string, unknown>[]> =>
  (await run('people', 'list')).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('wenbida people', () => {
  test('adds a person with a one-time link, lists, changes, disables and brings back', async () => {
    const added = await run('people', 'add', '王值班', '--roles', 'responder,analyst', '--region', '410327');
    expect(added.code).toBe(0);
    expect(added.out).toMatch(/^http:\/\/127\.0\.0\.1:8080\/sign-in#invitation=[\w-]{43}\n$/);
    expect(added.said).toContain('从现在起打开页面要先登录');
    expect(added.said).toContain('还没有安全管理员');
    expect(await rows()).toMatchObject([
      { name: '王值班', roles: ['responder', 'analyst'], regions: ['410327'], grantedAlone: true, waits: 0 },
    ]);
    expect((await run('people', 'roles', '王值班', '--roles', 'viewer', '--region', 'all')).code).toBe(0);
    expect((await run('people', 'disable', '王值班')).code).toBe(0);
    expect(await rows()).toMatchObject([{ roles: ['viewer'], regions: 'all', enabled: false }]);
    await run('people', 'disable', '王值班', '--undo');
    expect(await rows()).toMatchObject([{ enabled: true }]);
    expect((await run('people', 'invite', '王值班')).out).toContain('/sign-in#invitation=');
  });

  test('gives a screen an address of its own', async () => {
    const { out } = await run('people', 'display-token', '指挥大厅', '--region', '410327');
    expect(out).toMatch(/\/wall#display=wbs_[\w-]{43}\n$/);
    expect(await rows()).toMatchObject([{ display: { name: '指挥大厅', region: '410327' } }]);
  });

  test.each([
    [['people', 'add', '王', '--roles', 'boss', '--region', 'all'], '没有角色“boss”'],
    [['people', 'add', '王', '--roles', 'viewer', '--region', '洛阳'], '不是区划代码'],
    [['people', 'add', '王', '--roles', 'viewer'], '属地'],
    [['people', 'add', '王', '--roles', 'auditor,viewer', '--region', 'all'], '不能兼任'],
    [['people', 'disable', '谁'], '没有“谁”'],
    [['audit', 'verify', '--head', 'xyz'], '64位'],
  ])('%j is wrong use, said in one sentence', async (argv, says) => {
    const { code, said } = await run(...argv);
    expect([code, said.trim().split('\n').length]).toEqual([2, 1]);
    expect(said).toContain(says);
  });
});

describe('wenbida audit', () => {
  test('prints the head and finds what was changed or cut off since', async () => {
    await run('people', 'add', '王', '--roles', 'viewer', '--region', 'all');
    await run('people', 'disable', '王');
    const head = JSON.parse((await run('audit', 'head')).out) as { n: number; hash: string };
    expect(head.n).toBeGreaterThan(2);
    expect((await run('audit', 'verify', '--head', head.hash)).code).toBe(0);
    const db = openDb(join(dir, 'audit.sqlite'));
    db.exec('DROP TRIGGER audit_kept; DELETE FROM audit WHERE n = (SELECT max(n) FROM audit)');
    db.close();
    expect((await run('audit', 'verify')).code).toBe(0);
    const cut = await run('audit', 'verify', '--head', head.hash);
    expect(cut.code).toBe(1);
    expect(JSON.parse(cut.out)).toMatchObject({ whole: false, row: head.n });
    expect(cut.said).toContain('截去');
  });
});
