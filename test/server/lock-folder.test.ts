import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '../../server/lock-folder.ts';

const aFolder = (): string => mkdtempSync(join(tmpdir(), 'lock-'));

test('a folder that another running server has is refused by name, process and remedy', () => {
  const dir = aFolder();
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  try {
    writeFileSync(join(dir, 'server.pid'), `${other.pid}\n`);
    expect(() => lockFolder(dir)).toThrow(`process ${other.pid}): stop it, or set WENBIDA_VAR`);
  } finally {
    other.kill();
  }
});

test('what a killed server left behind keeps nobody out', () => {
  const dir = aFolder();
  writeFileSync(join(dir, 'server.pid'), '4194304\n');
  const free = lockFolder(dir);
  free();
  lockFolder(dir)();
});
