import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../server/package-root.ts';

/** One invented sentence with what is true of it. */
export interface Sentence {
  readonly text: string;
  /** The rules get it wrong, and it is kept so that this is seen; once they get it right, the mark must go. */
  readonly wrong?: true;
}

/** The sentences of test/golden/NAME.jsonl. */
export const readSentences = <S extends Sentence>(name: string): S[] =>
  readFileSync(join(packageRoot(), `test/golden/${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as S);

/** Those the rules must get right, and those they are known to get wrong. */
export const divide = <S extends Sentence>(rows: readonly S[]): { right: S[]; wrong: S[] } => ({
  right: rows.filter((row) => row.wrong !== true),
  wrong: rows.filter((row) => row.wrong === true),
});
