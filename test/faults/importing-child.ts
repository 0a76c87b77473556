import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openInbox } from '../../server/adapters/inbox/sqlite-inbox.ts';
import { openPseudonyms } from '../../server/adapters/secrets/pseudonyms.ts';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { importFiles } from '../../server/cli/import.ts';
import { createIntake } from '../../server/intake.ts';

/** What `wenbida import` does, and one line on stdout after each batch is answered: the ids answered as accepted. */
const [dir = '', file = ''] = process.argv.slice(2);
const inbox = openInbox(join(dir, 'inbox.sqlite'));
const intake = createIntake({ inbox, keyed: openPseudonyms(dir, systemClock).keyed, clock: systemClock });
process.exitCode = await importFiles(
  [file],
  { format: 'auto' },
  {
    async accept(rows, source) {
      const outcomes = await intake.accept(rows, source);
      const accepted = outcomes.filter(({ outcome }) => outcome === 'accepted').map(({ id }) => id);
      writeSync(1, `${JSON.stringify(accepted)}\n`);
      return outcomes;
    },
    stdout: process.stderr,
    stderr: process.stderr,
  },
);
await inbox.close();
