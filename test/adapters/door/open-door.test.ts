import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe } from 'vitest';
import { openDoor, type Door } from '../../../server/adapters/door/open-door.ts';
import { checkpointsSuite, countsBookSuite, sourceBookSuite } from '../../suites/door-suite.ts';

let dir: string;
const opened: Door[] = [];
const open = (): Door => {
  const door = openDoor(join(dir, 'door.sqlite'), { mostCounted: 8 });
  opened.push(door);
  return door;
};
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-door-'));
});
afterEach(() => {
  for (const door of opened.splice(0)) door.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('the door in SQLite', () => {
  sourceBookSuite(() => open().book);
  countsBookSuite(() => open().counts, 8);
  checkpointsSuite(() => open().checkpoints);
});
