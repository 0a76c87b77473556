import { NEEDS } from '../domain/post.ts';
import type { Shape } from './read-shape.ts';
import type { CueSums } from './sum-cues.ts';

const MOST = 3;
/** A text this short cannot hold many words: one request beside one trouble or person weighs more there. */
const SHORT = 60;

const upTo = (most: number, value: number): number => (value > most ? most : value);
const both = (a: number, b: number): number => (a > 0 && b > 0 ? Math.sqrt(a * b) : 0);
const OTHERS = NEEDS.filter((need) => need !== '求助').map((need) => `need.${need}`);

/** Fills `into` with the PLEA_PARTS (ports/weights.ts) of one text; none of them alone makes a plea. */
export function weighParts(cues: CueSums, shape: Shape, danger: number, into: Float64Array): void {
  const sum = (label: string, most: number): number => upTo(most, cues.get(label) ?? 0);
  const cry = sum('plea.cry', MOST);
  const ask = sum('plea.ask', MOST);
  const contact = upTo(MOST, (cues.get('plea.contact') ?? 0) + shape.phones);
  const who = sum('plea.who', MOST);
  const trouble = sum('plea.trouble', MOST);
  let others = 0;
  for (const label of OTHERS) others += Math.max(0, cues.get(label) ?? 0);
  into[0] = 1;
  into[1] = cry;
  into[2] = ask;
  into[3] = contact;
  into[4] = who;
  into[5] = trouble;
  into[6] = sum('plea.not', 2 * MOST);
  into[7] = shape.headline ? 1 : 0;
  into[8] = both(cry, trouble);
  into[9] = both(ask, trouble);
  into[10] = both(who, trouble);
  into[11] = both(contact, trouble);
  into[12] = both(cry, who);
  into[13] = upTo(MOST, Math.max(0, danger));
  into[14] = upTo(MOST, others);
  const request = cry + ask > 0 && who + trouble > 0 && into[6] === 0;
  into[15] = request ? Math.max(0, 1 - shape.length / SHORT) : 0;
}

/** How likely a text is a plea, as a logit. `numbers` are those of PLEA_PARTS (ports/weights.ts). */
export function pleaLogit(parts: Float64Array, numbers: Float32Array): number {
  let logit = 0;
  for (let k = 0; k < parts.length; k++) logit += (parts[k] as number) * (numbers[k] as number);
  return logit;
}
