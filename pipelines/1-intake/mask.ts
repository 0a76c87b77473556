/**
 * What in a public text says how to reach or find one person. Hotlines (110, 12345), times, dates and amounts are none of it;
 * a landline of an office is masked like any other, because the text does not say whose it is.
 */
export const PERSONAL_KINDS = ['phone', 'idCard', 'plate', 'wechat', 'qq', 'home'] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

export interface PersonalSpan {
  readonly kind: PersonalKind;
  /** UTF-16 offsets of what is hidden. */
  readonly start: number;
  readonly end: number;
}

const D = '[0-9０-９]';
const NOT_IN_NUMBER = '(?<![0-9０-９])';
const NUMBER_ENDS = '(?![0-9０-９])';
const LETTER = 'A-HJ-NP-Za-hj-np-z';
const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const HAN_NUMBER = '一二三四五六七八九十';

/**
 * Each pattern hides its group `hide`, or all of it. Every repetition is bounded and none is nested, so each is linear in the
 * text. Order matters: what an earlier one has taken is not looked at again.
 */
const PATTERNS: readonly (readonly [PersonalKind, RegExp])[] = [
  [
    'idCard',
    new RegExp(
      `${NOT_IN_NUMBER}[1-9]\\d{5}(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dXx](?![\\dA-Za-z])`,
      'dgu',
    ),
  ],
  [
    'phone',
    new RegExp(`${NOT_IN_NUMBER}[1１][3-9３-９]${D}(?<hide>[-—. ]?${D}{4}[-—. ]?${D}{4})${NUMBER_ENDS}`, 'dgu'),
  ],
  [
    'phone',
    new RegExp(`(?<=(?:\\+|00)?86[- ]?)[1１][3-9３-９]${D}(?<hide>[-—. ]?${D}{4}[-—. ]?${D}{4})${NUMBER_ENDS}`, 'dgu'),
  ],
  ['phone', new RegExp(`${NOT_IN_NUMBER}[（(]?0${D}{2,3}[）)]?(?<hide>[-— ]?[2-8]${D}{6,7})${NUMBER_ENDS}`, 'dgu')],
  [
    'phone',
    new RegExp(
      `(?:电话|座机|手机|致电|拨打|联系|号码)(?:是|为|：|:| ){0,2}(?<hide>[2-8]${D}{6,7})${NUMBER_ENDS}`,
      'dgu',
    ),
  ],
  [
    'plate',
    new RegExp(
      `[${PROVINCES}][${LETTER}](?<hide>[·•. -]?(?=[A-Za-z0-9]{0,5}[0-9])[A-HJ-NP-Za-hj-np-z0-9]{4,5}(?:[A-HJ-NP-Za-hj-np-z0-9]|[挂学警港澳]))(?![A-Za-z0-9])`,
      'dgu',
    ),
  ],
  [
    'wechat',
    /(?:微信|薇信|威信|[VvＶ]信|wechat|weixin|(?<![A-Za-z])[vw]x)(?:号|账号|ID|id){0,1}(?:是|为|：|:| ){0,3}(?<hide>[A-Za-z][-_A-Za-z0-9]{5,19})(?![-_A-Za-z0-9])/dgiu,
  ],
  [
    'qq',
    new RegExp(`(?<![A-Za-z])[Qq]{2}(?:群|号){0,1}(?:是|为|：|:| ){0,3}(?<hide>[1-9]${D}{4,10})${NUMBER_ENDS}`, 'dgu'),
  ],
  // 3号楼2单元501室, 12栋1203, 二单元三零一 is too rare to be worth its mistakes.
  [
    'home',
    new RegExp(
      `(?<hide>(?:(?:${D}{1,2}|[${HAN_NUMBER}]{1,3}|[A-Za-z])[ ]?单元[ -]?)?${NOT_IN_NUMBER}${D}{3,4})[ ]?(?:室|号房|房间)`,
      'dgu',
    ),
  ],
  [
    'home',
    new RegExp(
      `(?:号楼|栋|幢|座|单元)[ -]?(?<hide>${D}{3,4})(?![0-9０-９]|[ ]?[年月日元块万米个名人层路次户家台辆分点:：.％%])`,
      'dgu',
    ),
  ],
  [
    'home',
    new RegExp(
      `(?:小区|家园|花园|公寓|新村|社区|住在|家住|[苑里院])[ ]?${D}{1,3}(?<hide>[-—]${D}{1,2}[-—]${D}{3,4})${NUMBER_ENDS}`,
      'dgu',
    ),
  ],
  [
    'home',
    new RegExp(`(?:家住|住址|家庭地址)[^，。！？；,!?;\\n*0-9]{0,30}(?<hide>${D}{1,5})[ ]?号(?!楼|线|院|公路)`, 'dgu'),
  ],
];

/** Nothing below can match without one of these, and most texts have none. */
const MAYBE = /[0-9０-９]{3}|[0-9０-９]\s?号|微信|薇信|威信|[vＶ]信|wechat|weixin|[vw]x/iu;

/** Where the text names a way to one person, in order, without overlaps. */
export function findPersonal(text: string): readonly PersonalSpan[] {
  if (!MAYBE.test(text)) return NONE;
  const found: PersonalSpan[] = [];
  for (const [kind, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices?.groups?.['hide'] ?? match.indices?.[0] ?? [0, 0];
      if (found.every((span) => end <= span.start || start >= span.end)) found.push({ kind, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

const NONE: readonly PersonalSpan[] = [];
const HIDDEN = /[\p{L}\p{N}]/gu;

/**
 * The text with all of that starred out, of the same length, so that offsets into it still hold. Masking again changes nothing;
 * a text that names nobody comes back as it is.
 */
export function mask(text: string): string {
  const spans = findPersonal(text);
  if (spans.length === 0) return text;
  let masked = '';
  let at = 0;
  for (const { start, end } of spans) {
    masked += text.slice(at, start) + text.slice(start, end).replace(HIDDEN, (letter) => '*'.repeat(letter.length));
    at = end;
  }
  masked += text.slice(at);
  // A name that ran on into a number only shows once the number is gone: 微信abc_12345A13812345678.
  return masked === text ? text : mask(masked);
}

/** The words of a text, as its tokeniser cut them, without those that lie in what is masked: a search never finds a person by number. */
export function withoutPersonal(text: string, tokens: readonly string[]): readonly string[] {
  const spans = findPersonal(text);
  if (spans.length === 0) return tokens;
  let at = 0;
  return tokens.filter((token) => {
    const start = text.indexOf(token, at);
    // A word that is not in the text as it stands was changed by the tokeniser; only digits could then be part of a number.
    if (start === -1) return !/[0-9０-９]{3}/u.test(token);
    at = start + token.length;
    return !spans.some((span) => start < span.end && at > span.start);
  });
}
