import type { Readable, Writable } from 'node:stream';
import { saySuggestion } from '../../pipelines/5-respond/say-suggestion.ts';
import { suggestTier } from '../../pipelines/5-respond/suggest-tier.ts';
import { buildMatrix } from '../../pipelines/5-respond/matrix.ts';
import { isRegionCode, type RegionCode } from '../../pipelines/domain/region.ts';
import type { AnswerCase } from '../../pipelines/domain/suggestion.ts';
import { AccountsError } from '../adapters/accounts/read-accounts.ts';
import { loadRegionNames } from '../load-gazetteer.ts';
import { readMatrix, sayFinding, type ReadMatrix } from '../read-matrix.ts';
import { EXIT, jsonLines, reject, writeOut } from './lines.ts';
import { readCase } from './read-case.ts';

const BATCH = 200;

export interface WhoAnswersFlags {
  readonly accounts: string;
  readonly home?: string;
  /** Text for people instead of JSON Lines. */
  readonly explain?: boolean;
}

/**
 * One suggestion a case, JSON Lines in and out, or text with `explain`; it explains and does nothing. A row that can't be read is named on stderr with its line, and
 * the rest goes on.
 * @returns 0 ok, 1 the accounts file is no good, 2 wrong use, 3 some rows were rejected.
 */
export async function whoAnswers(
  options: WhoAnswersFlags,
  stdin: Readable,
  stdout: Writable,
  stderr: Writable,
): Promise<number> {
  const { home } = options;
  if (home !== undefined && !isRegionCode(home)) {
    stderr.write(`wenbida: --home “${home}”不是区划代码，应是 6、9 或 12 位数字，如 410300\n`);
    return EXIT.usage;
  }
  const names = loadRegionNames();
  let read: ReadMatrix;
  try {
    read = readMatrix(options.accounts, names, home);
  } catch (error) {
    if (!(error instanceof AccountsError)) throw error;
    stderr.write(`wenbida: ${error.message}\n`);
    return EXIT.fault;
  }
  for (const finding of read.findings) if (finding.severity === 'hole') stderr.write(`提醒：${sayFinding(finding)}\n`);
  const matrix = buildMatrix(read.accounts, home);
  const regionName = (code: RegionCode): string => names.regionName(code);
  const write = (theCase: AnswerCase): string => {
    const suggestion = suggestTier(theCase, matrix, { regionName });
    if (options.explain !== true) return `${JSON.stringify(suggestion)}\n`;
    const lines = saySuggestion(suggestion, (id) => matrix.byId.get(id), regionName);
    return `【${theCase.id}】${theCase.text ?? ''}\n${lines.join('\n')}\n\n`;
  };
  let rejected = 0;
  const refuse = (line: number, because: string): void => {
    rejected++;
    reject({ stdin, stdout, stderr }, line, because);
  };
  for await (const lines of jsonLines(stdin, BATCH, refuse)) {
    let out = '';
    for (const { number, value } of lines) {
      const found = readCase(value);
      if ('because' in found) refuse(number, found.because);
      else out += write(found.theCase);
    }
    await writeOut(stdout, out);
  }
  return rejected > 0 ? EXIT.rejected : EXIT.ok;
}
