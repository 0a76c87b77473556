/** An incident by its letter, at the moment it was opened. */
export interface DayMark {
  readonly letter: string;
  readonly at: number;
}

interface MarkBox {
  readonly letters: string;
  readonly left: number;
  readonly width: number;
}

/** Letters whose boxes would cover one another share one box. `right` is as far as a box may reach. */
export function boxesOf(
  marks: readonly DayMark[],
  x: (at: number) => number,
  widthOf: (letters: string) => number,
  right: number,
): readonly MarkBox[] {
  const groups: { letters: string; from: number; to: number }[] = [];
  for (const mark of [...marks].sort((a, b) => a.at - b.at)) {
    const at = x(mark.at);
    const last = groups.at(-1);
    if (
      last !== undefined &&
      at - widthOf(mark.letter) / 2 < (last.from + last.to) / 2 + widthOf(last.letters) / 2 + 2
    ) {
      last.letters += ` ${mark.letter}`;
      last.to = at;
    } else groups.push({ letters: mark.letter, from: at, to: at });
  }
  return groups.map(({ letters, from, to }) => {
    const width = widthOf(letters);
    return { letters, width, left: Math.min((from + to) / 2 - width / 2, right - width) };
  });
}
