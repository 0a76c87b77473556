import { mendRow } from '../pipelines/1-intake/mend-row.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeadLetterShelf, KeptLetter } from '../pipelines/ports/dead-letters.ts';
import type { RawRow } from '../pipelines/ports/source.ts';
import type { ReplayAnswer, ReplayAsk } from './contract/sources.ts';
import type { FrontDoor } from './front-door.ts';

const PAGE = 500;

interface Held {
  readonly letter: KeptLetter;
  readonly row: RawRow;
}

/**
 * Tries refused rows again, mended or as they came. Those that are taken (or are known by now) leave the shelf; the others stay as
 * they came, with the newer reason. @throws InboxFull: what was not reached stays as it is
 */
export async function replayLetters(
  front: Pick<FrontDoor, 'inbox' | 'replay'>,
  { seqs, source, mending = {} }: ReplayAsk,
  clock: Clock,
): Promise<ReplayAnswer> {
  const { letters: shelf } = front.inbox;
  const answer = { replayed: 0, accepted: 0, duplicate: 0, rejected: 0, skipped: 0 };
  for (const page of chosen(shelf, seqs, source)) {
    const bySource = new Map<string, Held[]>();
    for (const letter of page) {
      const { raw, row } = letter;
      if (letter.door === 'index' || raw === undefined) {
        answer.skipped++;
        continue;
      }
      const mended = mendRow(raw, mending);
      const held = bySource.get(letter.source) ?? [];
      bySource.set(letter.source, held);
      held.push({
        letter,
        row: 'broken' in mended ? { row, broken: mended.broken, raw } : { row, value: mended.value, raw },
      });
    }
    for (const [name, held] of bySource) await again(name, held);
  }
  return answer;

  async function again(name: string, held: readonly Held[]): Promise<void> {
    const outcomes = await front.replay.accept(
      held.map(({ row }) => row),
      name,
    );
    const done: number[] = [];
    outcomes.forEach(({ outcome, because }, at) => {
      const letter = held[at]?.letter;
      if (letter === undefined) return;
      answer.replayed++;
      answer[outcome]++;
      if (outcome !== 'rejected') done.push(letter.seq);
      else if (letter.raw !== undefined)
        shelf.bury([{ ...letter, raw: letter.raw, at: clock.now(), because: because ?? letter.because }]);
    });
    shelf.remove(done);
  }
}

function* chosen(
  shelf: DeadLetterShelf,
  seqs: readonly number[] | undefined,
  source: string | undefined,
): Generator<readonly KeptLetter[]> {
  if (seqs !== undefined) {
    yield seqs.flatMap((seq) => shelf.get(seq) ?? []);
    return;
  }
  // By page from the newest; a letter that stays keeps its number, so each is met once.
  let before: number | undefined;
  for (;;) {
    const page = shelf.list({
      limit: PAGE,
      ...(source !== undefined && { source }),
      ...(before !== undefined && { before }),
    });
    if (page.length === 0) return;
    before = page.at(-1)?.seq;
    yield page;
  }
}
