import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import { openDesk } from '../../server/adapters/desk/sqlite-desk.ts';
import { buildNotifyRunner } from '../../server/notify-runner.ts';

/**
 * What the server does to tell people, on a clock of its own: the file `now` says how many ms have passed, so that half an hour of
 * failures is over in seconds. Says `ready` once it runs.
 */
const [dir = '', hosts = ''] = process.argv.slice(2);
const now = (): number => Number(readFileSync(join(dir, 'now'), 'utf8'));
const runner = buildNotifyRunner({
  config: { varDir: dir, notifyHosts: hosts },
  clock: { now },
  steady: now,
  desk: openDesk(join(dir, 'desk.sqlite')),
  sources: { silences: () => [], list: () => [] },
  account: () => undefined,
  regionName: (code: RegionCode) => code,
  drill: false,
  log: { warn: () => undefined },
});
writeSync(1, 'ready\n');
for (;;) {
  await runner.round();
  await new Promise((resolve) => setTimeout(resolve, 5));
}
