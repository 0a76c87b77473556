export interface DiffPart {
  readonly text: string;
  readonly is: 'same' | 'ins' | 'del';
}

/** Signs one by one, numbers as wholes: 10点 became 12点, not 1 with another second digit. */
const signsOf = (text: string): readonly string[] => text.match(/\d+|\D/gu) ?? [];

/** How one wording became another, sign by sign: the longest common subsequence. Both are one sentence long. */
export function diffOf(from: string, to: string): DiffPart[] {
  const [a, b] = [signsOf(from), signsOf(to)];
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const parts: { text: string; is: DiffPart['is'] }[] = [];
  const add = (is: DiffPart['is'], sign: string): void => {
    const last = parts.at(-1);
    if (last?.is === is) last.text += sign;
    else parts.push({ text: sign, is });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a[i]!);
      i++;
      j++;
    } else if (i < a.length && (j === b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) add('del', a[i++]!);
    else add('ins', b[j++]!);
  }
  return parts;
}
