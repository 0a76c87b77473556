import { describe, expect, test } from 'vitest';
import { buildFolding } from '../../learning/folding.ts';
import { loadWeights } from '../../server/adapters/models/load-weights.ts';

const folding = buildFolding();
const read = (sign: string): string => {
  const unit = folding[sign.charCodeAt(0)] as number;
  return unit === 0 ? '' : String.fromCharCode(unit);
};

describe('the folding of signs', () => {
  test('is the one that ships with the weights', () => {
    expect(Buffer.from(loadWeights().folding.buffer).equals(Buffer.from(folding.buffer))).toBe(true);
  });

  test.each([
    ['Ａ', 'a'],
    ['а', 'a'],
    ['Ο', 'o'],
    ['é', 'e'],
    ['ᴋ', 'k'],
    ['⻋', '车'],
    ['⼈', '人'],
    ['ロ', '口'],
    ['⺡', '氵'],
    ['東', '东'],
    ['豈', '岂'],
    ['\u3000', ' '],
    ['，', ','],
    ['\u200b', ''],
    ['\u0336', ''],
    ['\u202e', ''],
  ])('reads %s as "%s"', (sign, plain) => {
    expect(read(sign)).toBe(plain);
  });

  test('leaves ordinary signs and halves of pairs as they are', () => {
    for (const sign of [...'洛阳市停水三天。!abc…', '\ud83d', '\ude00']) expect(read(sign)).toBe(sign);
  });
});
