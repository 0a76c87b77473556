/** What a text says that tells one case from another: who, and where exactly. Every list is short, without repeats. */
export interface Particulars {
  /** Telephone numbers, digits only (and * where masked). */
  readonly phones: readonly string[];
  readonly names: readonly string[];
  /** Ages in years. */
  readonly ages: readonly number[];
  /** Roads, estates, villages and schools that are no divisions: 建业路, 金桂花园, 柳树屯村. */
  readonly spots: readonly string[];
  /** Numbers of buildings. */
  readonly houses: readonly number[];
  /** The one person a search or a rescue is about; null where none is named, or more than one. */
  readonly person: Person | null;
}

/** What a word for a person says of them: 奶奶 is an old woman, 老人 only old. */
export interface Person {
  readonly sex: 'woman' | 'man' | null;
  readonly age: 'child' | 'grown' | 'old' | null;
}

const KEPT = 6;

const PHONE = /1\d{2}[-\s]?[\d*xX]{4}[-\s]?\d{4}|(?:0\d{2,3}-)?\d{7,8}(?!\d)/g;
const NAMED = /(?:姓名|名字|名叫|本名|(?:老人|孩子|女儿|儿子|他|她)叫)[是叫：:\s]{0,3}([\p{Script=Han}]{2,3})/gu;
const AGED = /(\d{1,3}|[一二三四五六七八九十]{1,4})(?:多|余|来)?(?:周岁|岁)/gu;
const HOUSE = /(\d{1,3}|[一二三四五六七八九十]{1,3})(?:号楼|栋|幢)/gu;
/** Signs that end the words before a name: 被困在|金桂花园, 洛龙区|建业路. */
const NOT_IN_NAME =
  '\\s在从到于是的了去住和与有被困离往至给找问我们你他她这那个市区县镇乡省旁边近，。！？、：；“”‘’（）()【】《》#@\\d';
const SPOT = new RegExp(
  `((?:和[平顺谐睦美]|[^${NOT_IN_NAME}]{2})[^${NOT_IN_NAME}]{0,2}?(?:路(?![过人上况由线费途])|大街|大道|胡同|花园|家园|小区|社区|新城|名苑|佳苑|华庭|公寓|大厦|家属院|小学|中学|幼儿园|村(?![里委支])|屯))`,
  'gu',
);
const NO_SPOT =
  /(?:公路|马路|道路|铁路|线路|出路|思路|小路|半路|一路|高速路|网路|全村|农村|乡村|本小区|整个小区|各小区)$/u;

const SEARCH = /走失|走丢|失踪|失联|寻人|急寻|寻找|轻生|跳楼|自杀|被拐|拐走|离家出走/u;
const PERSONS: readonly (readonly [RegExp, Person])[] = [
  [/奶奶|外婆|姥姥|老太太?|老大妈|老奶奶/u, { sex: 'woman', age: 'old' }],
  [/爷爷|外公|姥爷|老大爷|老爷子|老头|老伯/u, { sex: 'man', age: 'old' }],
  [/母亲|妈妈|我妈|老妈/u, { sex: 'woman', age: null }],
  [/父亲|爸爸|我爸|老爸/u, { sex: 'man', age: null }],
  [/女儿|女孩|女童|小姑娘|闺女/u, { sex: 'woman', age: 'child' }],
  [/儿子|男孩|男童/u, { sex: 'man', age: 'child' }],
  [/妻子|老婆|媳妇|孕妇|女子/u, { sex: 'woman', age: 'grown' }],
  [/丈夫|老公|男子/u, { sex: 'man', age: 'grown' }],
  [/老人/u, { sex: null, age: 'old' }],
  [/孩子|小孩|儿童|宝宝|婴儿/u, { sex: null, age: 'child' }],
];

/** Reads a text once; linear. What comes after 2,000 characters does not count. */
export function particularsOf(text: string): Particulars {
  const read = text.length > 2_000 ? text.slice(0, 2_000) : text;
  return {
    phones: few([...read.matchAll(PHONE)].map(([phone]) => phone.replace(/[-\s]/g, '').replace(/x/gi, '*'))),
    names: few([...read.matchAll(NAMED)].map(([, name]) => name!)),
    ages: few([...read.matchAll(AGED)].map(([, age]) => numberOf(age!))),
    spots: spotsIn(read),
    houses: few([...read.matchAll(HOUSE)].map(([, house]) => numberOf(house!))),
    person: personIn(read),
  };
}

/** How such a name ends: what is looked for first, since most texts have none. */
const ENDING = /[路街道同园区城苑庭寓厦院学村屯]/u;
/** Signs of a name before its ending, at most. */
const BEFORE = 5;
const NO_SPOTS: readonly string[] = [];

/** The roads, estates, villages and schools that a text names. */
export function spotsIn(text: string): readonly string[] {
  const ending = text.search(ENDING);
  if (ending < 0) return NO_SPOTS;
  const found: string[] = [];
  SPOT.lastIndex = Math.max(0, ending - BEFORE - 1);
  for (let match = SPOT.exec(text); match !== null && found.length < KEPT; match = SPOT.exec(text)) {
    const spot = match[1]!;
    if (!NO_SPOT.test(spot) && !found.includes(spot)) found.push(spot);
  }
  return found;
}

/** By which a place is looked up: its last signs, since its name may carry some of the words before it (刚才建业路). */
export const spotKey = (spot: string): string => `spot ${spot.slice(/[路村屯]$/u.test(spot) ? -3 : -4)}`;

/** All that two posts of one case say. */
export const allOf = (a: Particulars, b: Particulars): Particulars => ({
  phones: few([...a.phones, ...b.phones]),
  names: few([...a.names, ...b.names]),
  ages: few([...a.ages, ...b.ages]),
  spots: few([...a.spots, ...b.spots]),
  houses: few([...a.houses, ...b.houses]),
  person: a.person === null ? b.person : b.person === null ? a.person : narrower(a.person, b.person),
});

const narrower = (a: Person, b: Person): Person => ({ sex: a.sex ?? b.sex, age: a.age ?? b.age });

const few = <T>(items: readonly T[]): readonly T[] => [...new Set(items)].slice(0, KEPT);

function personIn(text: string): Person | null {
  if (!SEARCH.test(text)) return null;
  const found = PERSONS.filter(([words]) => words.test(text)).map(([, person]) => person);
  const [first] = found;
  if (first === undefined) return null;
  // “老人” beside “奶奶” is the same person; a child beside an old man is somebody who tells of it, or a second one.
  let person = first;
  for (const other of found) {
    if (!agree(person.sex, other.sex) || !agree(person.age, other.age)) return null;
    person = narrower(person, other);
  }
  return person;
}

/** True where neither says otherwise. */
export const agree = <T>(a: T | null, b: T | null): boolean => a === null || b === null || a === b;

const DIGITS = '零一二三四五六七八九';

/** 七十二 → 72; digits as they are. */
function numberOf(text: string): number {
  if (/^\d/u.test(text)) return Number(text);
  const at = text.indexOf('十');
  if (at < 0) return DIGITS.indexOf(text.slice(0, 1));
  const tens = at === 0 ? 1 : DIGITS.indexOf(text.slice(at - 1, at));
  const ones = text.slice(at + 1, at + 2);
  return tens * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones));
}
