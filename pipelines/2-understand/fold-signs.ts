/**
 * What one sign is read as, whoever reads it: `normalise.ts` for places and `learning/folding.ts` for the heads build
 * their tables from these lists. Signs are UTF-16 code units.
 */

/** Signs that take no room on a screen, marks that only sit on other signs, and controls: they are left out. */
const UNSEEN: readonly (readonly [first: number, last: number])[] = [
  [0x0000, 0x0008],
  [0x000e, 0x001f],
  [0x007f, 0x007f],
  [0x00ad, 0x00ad],
  [0x0300, 0x036f],
  [0x0483, 0x0489],
  [0x061c, 0x061c],
  [0x064b, 0x065f],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180e],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x20d0, 0x20ff],
  [0x302a, 0x302f],
  [0x3099, 0x309a],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
];

/**
 * Pairs of a look-alike and the sign it passes for, where Unicode knows no ordinary form: radicals of the supplement,
 * parts of signs, katakana that are drawn like signs.
 */
const LOOK_ALIKE_SIGNS =
  '⻄西⻔门⻋车⻓长⻘青⻢马⻅见⻜飞⻥鱼⻦鸟⻩黄⻬齐⻰龙⻳龟⺠民⺟母⻉贝⻚页⻛风⻝食⻨麦⻮齿⻁虎⻤鬼⻆角⻣骨⺫目⺼肉⻊足⻏阝⻖阝' +
  '⺡氵⺘扌⺅亻⺖忄⺨犭⻈讠⻐钅⻌辶⺾艹⺮竹⺭礻⻂衤⺉刂⺗心⺣灬⻗雨⺌小ロ口エ工カ力ニ二ハ八ト卜タ夕';

/** Letters of other scripts that look like Latin ones, in lower case. */
const LOOK_ALIKE_LETTERS =
  'аaеeоoрpсcуyхxіiѕsјjкkмmтtвbнhԁdԛqԝwһhαaοoρpυuνvιiκkτtβbεeıiɑaɡgⅼlᴀaʙbᴄcᴅdᴇeғfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrᴛtᴜuᴠvᴡwᴢz';

export const isUnseen = (unit: number): boolean => UNSEEN.some(([first, last]) => unit >= first && unit <= last);

const pairsOf = (pairs: string): Map<string, string> => {
  const map = new Map<string, string>();
  for (let at = 0; at < pairs.length; at += 2) map.set(pairs.charAt(at), pairs.charAt(at + 1));
  return map;
};
const SIGNS = pairsOf(LOOK_ALIKE_SIGNS);
const LETTERS = pairsOf(LOOK_ALIKE_LETTERS);

/** An accented letter without its accent, where that is a Latin one. */
function withoutAccent(sign: string): string {
  const [base = sign] = sign.normalize('NFD');
  return /^[a-z]$/i.test(base) ? base : sign;
}

/** The ordinary form of one seen sign: compatibility forms (full width, radicals …) and look-alikes undone; else itself. */
export function plainSign(sign: string): string {
  const known = SIGNS.get(sign);
  if (known !== undefined) return known;
  const plain = sign.normalize('NFKC');
  const one = withoutAccent(plain.length === 1 ? plain : sign);
  const lower = one.toLowerCase();
  return LETTERS.get(lower) ?? SIGNS.get(one) ?? one;
}

export const isHigh = (unit: number): boolean => (unit & 0xfc00) === 0xd800;

/** What a pair of surrogates is read as: one sign for styled letters and compatibility ideographs, 0 for unseen ones, -1: as it is. */
export function foldPair(high: number, low: number): number {
  if ((low & 0xfc00) !== 0xdc00) return -1;
  const code = ((high - 0xd800) << 10) + (low - 0xdc00) + 0x10000;
  if (code >= 0xe0000 && code < 0xe1000) return 0;
  // Letters on a dark ground have no compatibility form: 🅰 🅐.
  if (code >= 0x1f150 && code <= 0x1f169) return 0x61 + code - 0x1f150;
  if (code >= 0x1f170 && code <= 0x1f189) return 0x61 + code - 0x1f170;
  const isStyled =
    (code >= 0x1d400 && code <= 0x1d7ff) ||
    (code >= 0x1f110 && code <= 0x1f14f) ||
    (code >= 0x2f800 && code <= 0x2fa1f);
  if (!isStyled) return -1;
  const plain = String.fromCodePoint(code).normalize('NFKC');
  return plain.length === 1 ? plain.charCodeAt(0) : -1;
}
