import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes this process the only server of a data folder: two flows over one inbox would take every post twice.
 * @returns gives the folder free again
 * @throws Error in one sentence where another running server has it
 */
export function lockFolder(dir: string): () => void {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, 'server.pid');
  const holder = holderOf(path);
  if (holder !== undefined && holder !== process.pid && isRunning(holder))
    throw new Error(
      `the data folder ${dir} is in use by another server (process ${holder}): stop it, or set WENBIDA_VAR to another folder`,
    );
  writeFileSync(path, `${process.pid}\n`);
  return () => {
    if (holderOf(path) === process.pid) rmSync(path, { force: true });
  };
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A process killed with -9 leaves its file behind; its number answers to nobody then. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
