import { buildProgram } from '../../server/cli/main.ts';

/** `wenbida watch DIR` in a process that can be killed. */
await buildProgram(process, (code) => (process.exitCode = code)).parseAsync(['watch', ...process.argv.slice(2)], {
  from: 'user',
});
