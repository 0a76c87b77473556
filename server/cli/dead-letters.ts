import { systemClock } from '../adapters/system-clock.ts';
import { readConfig } from '../config.ts';
import type { ReplayAsk } from '../contract/sources.ts';
import { letterRow } from '../door-services.ts';
import { openFrontDoor, type FrontDoor } from '../front-door.ts';
import { replayLetters } from '../replay-letters.ts';
import { EXIT, type Streams } from './lines.ts';

export interface LetterFlags {
  readonly source?: string;
  readonly limit?: string;
  readonly id?: readonly string[];
  /** `old=right` */
  readonly rename?: readonly string[];
  /** `field=value`; JSON, or else words. */
  readonly set?: readonly string[];
  readonly row?: string;
}

/** Refused rows, newest first and masked, one JSON line each; how many there are on stderr. */
export const listLetters = (flags: LetterFlags, streams: Streams): Promise<number> =>
  withFront((front) => {
    const limit = Math.max(1, Math.min(10_000, Math.trunc(Number(flags.limit ?? 50)) || 50));
    const query = { limit, ...(flags.source !== undefined && { source: flags.source }) };
    for (const letter of front.inbox.letters.list(query))
      streams.stdout.write(`${JSON.stringify(letterRow(letter))}\n`);
    const { kept, lost } = front.inbox.letters.count();
    streams.stderr.write(`死信共 ${kept} 行${lost > 0 ? `，另有 ${lost} 行因超过上限已移出` : ''}\n`);
    return Promise.resolve(EXIT.ok);
  });

/** Tries refused rows again, mended or as they came. Exit code 3 where some are still refused. */
export function replayLettersCommand(flags: LetterFlags, streams: Streams): Promise<number> {
  const refuse = (because: string): Promise<number> => {
    streams.stderr.write(`${because}\n`);
    return Promise.resolve(EXIT.usage);
  };
  const seqs = flags.id?.map(Number);
  if (seqs?.some((seq) => !Number.isInteger(seq) || seq < 1) === true) return refuse('--id 应为死信的编号');
  if (flags.row !== undefined && seqs?.length !== 1) return refuse('--row 只能与一个 --id 同用');
  const rename = pairsOf(flags.rename);
  const set = pairsOf(flags.set);
  if (rename === undefined || set === undefined) return refuse('--rename 与 --set 应写成 名称=内容');
  const ask: ReplayAsk = {
    ...(seqs !== undefined && { seqs }),
    ...(flags.source !== undefined && { source: flags.source }),
    mending: {
      rename: Object.fromEntries(rename),
      set: Object.fromEntries(set.map(([field, words]) => [field, valueOf(words)])),
      ...(flags.row !== undefined && { row: flags.row }),
    },
  };
  return withFront(async (front) => {
    const answer = await replayLetters(front, ask, systemClock);
    streams.stdout.write(`${JSON.stringify(answer)}\n`);
    streams.stderr.write(`死信还剩 ${front.inbox.letters.count().kept} 行\n`);
    return answer.rejected > 0 ? EXIT.rejected : EXIT.ok;
  });
}

/** undefined where one is no pair. */
function pairsOf(given: readonly string[] = []): [string, string][] | undefined {
  const pairs = given.map((text): [string, string] => [
    text.slice(0, text.indexOf('=')),
    text.slice(text.indexOf('=') + 1),
  ]);
  return given.some((text) => text.indexOf('=') < 1) ? undefined : pairs;
}

function valueOf(words: string): unknown {
  try {
    return JSON.parse(words) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return words;
    throw error;
  }
}

async function withFront(work: (front: FrontDoor) => Promise<number>): Promise<number> {
  const front = openFrontDoor(readConfig(process.env).varDir, systemClock);
  try {
    return await work(front);
  } finally {
    await front.close();
  }
}
