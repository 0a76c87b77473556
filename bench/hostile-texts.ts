const UNITS = 1_000_000;

const again = (part: string): string => part.repeat(Math.ceil(UNITS / part.length)).slice(0, UNITS);

/** Signs drawn by a fixed rule (xorshift), so that every run measures the same texts. */
function drawn(first: number, last: number): string {
  const units = new Uint16Array(UNITS);
  let state = 0x2545f491;
  for (let at = 0; at < UNITS; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    units[at] = first + ((state >>> 0) % (last - first + 1));
  }
  return new TextDecoder('utf-16le').decode(units);
}

function surrogates(): string {
  let text = '';
  for (let at = 0; at < UNITS; at += 4) text += '\ud83d\ud83d\ude00\udc00';
  return text;
}

/** Texts of a million units that were written to make some step slow. Invented, none is a post. */
export const hostileTexts = (): readonly (readonly [name: string, text: string])[] => [
  ['one sign', again('哈')],
  ['one letter', again('a')],
  ['one digit', again('7')],
  ['blanks', again(' ')],
  ['line ends', again('\n')],
  ['ideographic blanks', again('\u3000')],
  ['full stops', again('。')],
  ['quotes', again('“"')],
  ['zero-width signs', again('\u200b')],
  ['marks that sit on one sign', again('\u0336')],
  ['direction controls', again('\u202e')],
  ['open brackets', again('[')],
  ['nested brackets', '['.repeat(UNITS / 2) + ']'.repeat(UNITS / 2)],
  ['emoticons', again('[泪]')],
  ['unclosed emoticons', again('[一二三四五六七八九')],
  ['at signs', again('@')],
  ['mentions', again('@某某 ')],
  ['mentions without a blank', again('@某')],
  ['forwards', again('//@')],
  ['forwards with names', again('//@某某:转发微博')],
  ['forwards without an end', again('//@某某某某某某某某某某某某某某某某某某某某某某')],
  ['reply heads', again('回复@某某:')],
  ['forwarded words', again('转发微博 ')],
  ['links', again('https://')],
  ['link letters', again('h')],
  ['slashes', again('/')],
  ['colons', again('://')],
  ['placeholders', again('<url')],
  ['book titles', again('《')],
  ['book titles closed late', '《'.repeat(UNITS - 1) + '》'],
  ['markdown', again('**_`[a](b)#')],
  ['html', again('<a href="x">&amp;')],
  ['JSON', again('{"a":[')],
  ['the beginning of a cue word', again('求好心')],
  ['a cue word', again('救命')],
  ['cue words broken', again('自*杀')],
  ['cue words broken by blanks', again('自 杀')],
  ['cue words of life', again('跳楼轻生被困走失救命')],
  ['signs apart', again('有 人 ')],
  ['signs in parts', again('弓虽')],
  ['parts of signs', again('氵')],
  ['the beginning of a place', again('内蒙古自治')],
  ['places', again('洛阳市洛龙区')],
  ['places with one name', again('城关镇')],
  ['a list of places', again('洛阳、郑州、')],
  ['words that are places', again('合作中方大关')],
  ['traditional signs', again('東門樓廣')],
  ['letters beyond the plane', again('\u{1d400}')],
  ['surrogates', surrogates()],
  ['random Chinese signs', drawn(0x4e00, 0x9fa5)],
  ['random letters', drawn(0x20, 0x7e)],
  ['random signs of all planes', drawn(0x0001, 0xd7ff)],
];
