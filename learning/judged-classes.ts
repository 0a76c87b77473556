import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DUTY_CLASS_NAMES } from '../pipelines/2-understand/duty-classes.ts';
import { packageRoot } from '../server/package-root.ts';
import { readMessages, type MessageRow } from './data-sets.ts';

const FILE = 'learning/gold/message-classes.jsonl';

/** How a judged message is found again without its text being kept. */
const keyOf = (row: MessageRow): string =>
  createHash('sha256').update(`${row.title}\n${row.text}`).digest('hex').slice(0, 16);

export interface JudgedMessage extends MessageRow {
  /** An index into DUTY_CLASS_NAMES; -1 where the message belongs to none of the seven. */
  readonly label: number;
}

/** Unlabelled messages that we judged by reading, after the manner of the labelled ones (learning/gold/README.md). */
export function readJudgedMessages(data: string): JudgedMessage[] {
  const lines = readFileSync(join(packageRoot(), FILE), 'utf8').trim().split('\n');
  const labels = new Map(
    lines.map((line) => {
      const { key, class: name } = JSON.parse(line) as { key: string; class: string };
      return [key, DUTY_CLASS_NAMES.findIndex((each) => each === name)];
    }),
  );
  return readMessages(data).flatMap((row) => {
    const key = keyOf(row);
    const label = labels.get(key);
    labels.delete(key);
    return label === undefined ? [] : [{ ...row, label }];
  });
}
