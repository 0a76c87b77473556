import { DUTIES, type Duty } from '../pipelines/domain/duty.ts';
import { NEEDS, type NeedKind } from '../pipelines/domain/post.ts';
import { CueFinder } from '../pipelines/2-understand/find-cues.ts';
import { TextReader } from '../pipelines/2-understand/read-text.ts';
import type { Cue } from '../pipelines/ports/weights.ts';

/** The sums of cue weights by label of one text. */
export class CueReader {
  readonly #text: TextReader;
  readonly #finder: CueFinder;
  readonly #cues: readonly Cue[];

  constructor(cues: readonly Cue[], folding: Uint16Array) {
    this.#text = new TextReader(folding);
    this.#finder = new CueFinder(cues, folding);
    this.#cues = cues;
  }

  of(text: string, title?: string): Map<string, number> {
    this.#text.read(text, title);
    this.#finder.find(this.#text);
    const sums = new Map<string, number>();
    for (let hit = 0; hit < this.#finder.count; hit++) {
      const cue = this.#cues[this.#finder.cues[hit] as number];
      if (cue !== undefined) sums.set(cue.label, (sums.get(cue.label) ?? 0) + cue.weight);
    }
    return sums;
  }
}

/** Duties of a citizen's message by the cue words of its title (twice) and text: shares over DUTIES, or null where unclear. */
export function dutyByCues(reader: CueReader, title: string, text: string): Float32Array | null {
  const inTitle = reader.of(title);
  const inText = reader.of(text.slice(0, 600));
  const shares = new Float32Array(DUTIES.length);
  let sum = 0;
  DUTIES.forEach((duty: Duty, d) => {
    const points = 2 * (inTitle.get(`duty.${duty}`) ?? 0) + Math.min(6, inText.get(`duty.${duty}`) ?? 0);
    shares[d] = points > 0 ? points ** 2 : 0;
    sum += shares[d];
  });
  if (sum < 9) return null;
  return shares.map((share) => share / sum);
}

const BY_TITLE: readonly (readonly [NeedKind, RegExp])[] = [
  ['举报', /举报|检举|实名/],
  ['求助', /求助|求救|救救|救命|帮帮/],
  ['建议', /建议|提议|能否增|希望增|希望能|增设|完善|加强|加快/],
  ['咨询', /咨询|请问|何时|什么时候|如何|怎么办理|是否|吗[?？]?$|多久|哪里|哪个|有没有/],
  ['投诉', /投诉|扰民|拖欠|不退|乱收|违规|欺骗|欺诈|无人管|没人管|不作为|强制|推诿|恶劣|太差|严重|坑|反映|拒/],
];

/** The kind a message's title states; null where it does not. */
export const needByTitle = (title: string): number | null => {
  const found = BY_TITLE.find(([, pattern]) => pattern.test(title));
  return found === undefined ? null : NEEDS.indexOf(found[0]);
};
