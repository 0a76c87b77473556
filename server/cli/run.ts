import { main } from './main.ts';
import { sentenceOf } from './sentence.ts';

// A reader such as `head` may close the pipe early: that is its right and no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
// What fails behind a running command (a full disk, an index of another tokeniser) ends it, in one sentence as well. Nothing
// accepted is lost by that: the next start reads on from the inbox.
process.on('uncaughtException', (error: unknown) => {
  process.stderr.write(`wenbida: ${sentenceOf(error)}\n`);
  if (process.env.WENBIDA_LOG === 'debug' && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  end(1);
});
end(await main(process.argv.slice(2), process));

/** Ends once everything said has left: threads that a refused start leaves behind would hold the process for ever. */
function end(code: number): void {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}
