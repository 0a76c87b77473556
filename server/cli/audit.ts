import { readConfig } from '../config.ts';
import { openTrail } from '../people-services.ts';
import { EXIT, type Streams } from './lines.ts';

/** {"whole","rows"|"row","head"|"because"}; exit code 1 where a line is not as it was written. */
export function verifyAudit(noted: readonly string[], streams: Streams): number {
  const wrong = noted.find((hash) => !/^[0-9a-f]{64}$/.test(hash));
  if (wrong !== undefined) {
    streams.stderr.write(`--head 要写 audit head 打印的64位十六进制数，不是“${wrong.slice(0, 80)}”\n`);
    return EXIT.usage;
  }
  const trail = openTrail(readConfig(process.env).varDir);
  try {
    const verdict = trail.verify(noted);
    streams.stdout.write(`${JSON.stringify(verdict)}\n`);
    streams.stderr.write(verdict.whole ? `${verdict.rows}条，全部如写下时\n` : `${verdict.because}\n`);
    return verdict.whole ? EXIT.ok : EXIT.fault;
  } finally {
    trail.close();
  }
}

/** {"n","hash"} */
export function auditHead(streams: Streams): number {
  const trail = openTrail(readConfig(process.env).varDir);
  try {
    streams.stdout.write(`${JSON.stringify(trail.head())}\n`);
    return EXIT.ok;
  } finally {
    trail.close();
  }
}
