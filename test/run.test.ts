import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

const runner = join(import.meta.dirname, 'run.js');
let folder: string | undefined;

afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
});

/** Runs the tests of one invented file and gives the exit code and the printed lines. */
function runOf(source: string | undefined, env: NodeJS.ProcessEnv = {}) {
  folder = mkdtempSync(join(tmpdir(), 'wenbida-run-'));
  if (source !== undefined) writeFileSync(join(folder, 'one.test.js'), source);
  const { CI: _ci, VITEST: _vitest, ...outer } = process.env;
  const done = spawnSync(process.execPath, [runner, '--root', folder, '--globals'], {
    env: { ...outer, NO_COLOR: '1', ...env },
    encoding: 'utf8',
  });
  const lines = done.stdout.trimEnd().split('\n');
  return { code: done.status, lines, last: lines.at(-1) };
}

describe('the last line of the tests', () => {
  test('counts what passed', () => {
    const { code, last } = runOf(`test('a', () => expect(1).toBe(1)); test('b', () => {});`);
    expect({ code, last }).toEqual({ code: 0, last: '2 passed, 0 failed, 0 skipped' });
  });

  test('counts a failure and exits with 1', () => {
    const { code, last } = runOf(`test('a', () => expect(1).toBe(2)); test('b', () => {});`);
    expect({ code, last }).toEqual({ code: 1, last: '1 passed, 1 failed, 0 skipped' });
  });

  test('counts a file that cannot be loaded as a failure', () => {
    const { code, last } = runOf(`import './not-there.js'; test('a', () => {});`);
    expect({ code, last }).toEqual({ code: 1, last: '0 passed, 1 failed, 0 skipped' });
  });

  test('takes no test at all for a failure', () => {
    const { code, last } = runOf(undefined);
    expect({ code, last }).toEqual({ code: 1, last: '0 passed, 1 failed, 0 skipped' });
  });

  test('takes an error outside any test for a failure', () => {
    const { code, last } = runOf(`test('a', () => { setTimeout(() => { throw new Error('later'); }, 0); });
      test('b', () => new Promise((done) => setTimeout(done, 50)));`);
    expect({ code, last }).toEqual({ code: 1, last: '2 passed, 1 failed, 0 skipped' });
  });

  const lane = `test('a', () => {}); describe.skip('Chromium: skipped, no browser found', () => { test('b', () => {}); });`;

  test('repeats why a lane was skipped', () => {
    const { code, lines, last } = runOf(lane);
    expect({ code, last }).toEqual({ code: 0, last: '1 passed, 0 failed, 1 skipped' });
    expect(lines).toContain('SKIPPED one.test.js: Chromium: skipped, no browser found (1)');
  });

  test('does not let a lane be skipped with CI=true', () => {
    const { code, last } = runOf(lane, { CI: 'true' });
    expect({ code, last }).toEqual({ code: 1, last: '1 passed, 1 failed, 1 skipped' });
  });
});
