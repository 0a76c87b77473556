import { isWithin, type Divisions } from './divisions.ts';
import type { Gazetteer } from './gazetteer.ts';
import type { Folded } from './normalise.ts';
import { NAME, type PlaceName } from './place-names.ts';
import { universityAfter, type After, type Before } from './read-contexts.ts';

/** One place name found in the text, before anything is decided about it. Offsets are into the folded text. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly name: PlaceName;
  readonly after: After | null;
  readonly before: Before | null;
  /** It begins a sentence. */
  readonly opens: boolean;
  /** A comma or a full stop follows. */
  readonly pauses: boolean;
}

/** A text that names more places than this is a list, and its first names tell as much as all of them. */
const AT_MOST = 48;
/** What goes on behind 市, 区, 县 to make another word: 东方市场, 南山区域, 通化县城. */
const GOES_ON = new Set([...'场域民长委府政']);

const OPENING = new Set([...'。！？!?\n】…↓']);
const PAUSE = new Set([...'，,。：:']);

/** What makes a longer word of a place name that still means the place: 北京人, 海南岛, 洛阳城. */
const BEGINS_WORD = new Set([...'人市县区省州城镇乡村籍岛港湾东南西北话队站路台']);

/** In the place of an edge: nobody cut this part (a title behind the text), so any place may be one. */
const UNCUT = 2;

/** Marks where words begin and end; null where the words do not fit the text (it was folded, or never cut). */
function wordEdges(text: string, tokens: readonly string[]): Uint8Array | null {
  if (tokens.length === 0) return null;
  const edges = new Uint8Array(text.length + 1);
  edges[0] = 1;
  let at = 0;
  for (const token of tokens) {
    const start = text.indexOf(token, at);
    // A word further on than the next blanks means that these words are not this text's.
    if (start < 0 || start - at > 64) break;
    edges[start] = 1;
    at = start + token.length;
    edges[at] = 1;
    if (at >= text.length) break;
  }
  edges.fill(UNCUT, at);
  return edges;
}

/**
 * The edges of words as they lie in the folded text; null where characters were rewritten (traditional ones), since words cut
 * from the original need not be words here.
 */
export function edgesIn(folded: Folded, original: string, tokens: readonly string[]): Uint8Array | null {
  if (folded.rewritten) return null;
  const edges = wordEdges(original, tokens);
  const { origin } = folded;
  return edges === null || origin === null ? edges : Uint8Array.from(origin, (at) => edges[at] ?? 0);
}

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly name: PlaceName;
  /** One of two names that make an address: 山西|吉县 holds no 西吉县, wherever the tokeniser cuts. */
  bound: boolean;
}

/** Marks a province or a city with a part of it right behind. Both stand, whatever the words are. */
function bindAddresses(divisions: Divisions, hits: readonly Hit[]): void {
  for (let at = 0; at < hits.length; at++) {
    const wide = hits[at] as Hit;
    if (!wide.name.wide || (wide.name.kind !== NAME.full && wide.name.kind !== NAME.short)) continue;
    // In order of their beginnings, so what begins at its end comes soon.
    for (let next = at + 1; next < hits.length; next++) {
      const hit = hits[next] as Hit;
      if (hit.start > wide.end) break;
      if (hit.start < wide.end) continue;
      if (hit.name.kind !== NAME.full && (hit.name.kind !== NAME.short || hit.name.wordy)) continue;
      const parts = hit.name.readings.some((inner) =>
        wide.name.readings.some((outer) => inner.node !== outer.node && isWithin(divisions, inner.node, outer.node)),
      );
      if (!parts) continue;
      wide.bound = true;
      hit.bound = true;
    }
  }
}

/** The commonest family names that are seldom anything else: 张|兴义 is a person. */
const FAMILY_NAMES = new Set([
  ...'张王李赵刘陈杨黄周吴徐孙马朱胡郭何林罗郑梁谢宋唐许邓韩冯曹彭曾肖董袁潘蒋蔡杜叶程魏吕丁沈姚卢姜崔谭陆汪范廖贾夏韦邹孟熊秦邱尹薛闫段雷侯陶黎贺顾郝龚邵钱严覃戴莫萧盛',
]);

/** Family names that are also something else: they make a person of a county's name, not of a city's. */
const RARER_NAMES = new Set([...'费詹石高方白金江史易庄康常温路任于崔余游齐代安丁万向鲁牛樊葛']);

/** A family name that the tokeniser left alone, and no place before it. */
function isPersonal(hit: Hit, text: string, edges: Uint8Array): boolean {
  if (hit.end - hit.start !== 2 || hit.start === 0 || edges[hit.start - 1] !== 1) return false;
  const family = text.charAt(hit.start - 1);
  return FAMILY_NAMES.has(family) || (!hit.name.wide && RARER_NAMES.has(family));
}

/** Signs that are words by themselves, and begin the name of a city: 四|平方, 海|口罩. */
const WORDS_OF_ONE = new Set([...'大小上中下东南西北三四五六七八九十和长海河山江天日新']);

/** Whether the tokeniser cuts inside the name: 四|平方 holds no 四平, while 淮|北师大 only shows that it knows no 淮北. */
function isCutInside(hit: Hit, text: string, edges: Uint8Array): boolean {
  if (!WORDS_OF_ONE.has(text.charAt(hit.start))) return false;
  for (let at = hit.start + 1; at < hit.end; at++) if (edges[at] === 1) return true;
  return false;
}

/** Whether a name may stand here as a name: not the inside of a longer word. */
function fits(hit: Hit, text: string, edges: Uint8Array | null): boolean {
  if (edges === null) return hit.name.kind !== NAME.streetShort && !hit.name.wordy;
  const begins = edges[hit.start] !== 0;
  const ends = edges[hit.end] !== 0;
  const uncut = edges[hit.start] === UNCUT;
  switch (hit.name.kind) {
    case NAME.trap:
      return true;
    case NAME.full:
    case NAME.street:
    case NAME.place:
    case NAME.abroad:
    case NAME.generic:
      return begins ? ends || !GOES_ON.has(text.charAt(hit.end)) : ends;
    case NAME.phrase:
      return begins && ends;
    case NAME.short:
      if (uncut && (hit.name.wordy || (!hit.name.wide && hit.end - hit.start === 2))) return false;
      if (isPersonal(hit, text, edges)) return false;
      // 北京人, 甘肃兰州 may be one word: a well-known name may begin one, but 神木园 is not 神木.
      if (!begins || ends) return begins;
      if (hit.name.wordy) return false;
      // 在|唐|山下|线: what stands behind 在 is a place.
      if (isCutInside(hit, text, edges) && text.charAt(hit.start - 1) !== '在') return false;
      return hit.name.wide || BEGINS_WORD.has(text.charAt(hit.end));
    case NAME.streetShort:
      return begins && ends;
  }
}

/** The hits that may be names. A province or city that begins a longer word (甘肃兰州) leaves an edge behind it. */
function fitting(hits: readonly Hit[], text: string, edges: Uint8Array | null): Hit[] {
  const kept: Hit[] = [];
  for (const hit of hits) {
    if (!hit.bound && !fits(hit, text, edges)) continue;
    if ((hit.bound || hit.name.kind === NAME.short) && edges !== null) edges[hit.end] = 1;
    kept.push(hit);
    if (kept.length === AT_MOST * 8) break;
  }
  return kept;
}

/** Of names that overlap the one that reads on: 济南|市中区 rather than 济南市|中区. */
function choose(hits: readonly Hit[], edges: Uint8Array | null): Hit[] {
  const weight = (hit: Hit): number =>
    (hit.end - hit.start) * 2 + (edges === null ? 0 : (edges[hit.start] ?? 0) + (edges[hit.end] ?? 0));
  const chosen: Hit[] = [];
  for (const hit of hits) {
    const last = chosen.at(-1);
    if (last === undefined || hit.start >= last.end) {
      chosen.push(hit);
      continue;
    }
    if (hit.start === last.start) continue;
    if (hit.end <= last.end) continue;
    if (hit.name.kind === NAME.streetShort || last.name.kind === NAME.trap) continue;
    const shorter = hits.find((other) => other.start === last.start && other.end === hit.start);
    if (shorter !== undefined && !(last.bound && !hit.bound)) chosen.splice(-1, 1, shorter, hit);
    else if (last.bound !== hit.bound) {
      if (hit.bound) chosen.splice(-1, 1, hit);
    } else if (weight(hit) > weight(last)) chosen.splice(-1, 1, hit);
  }
  return chosen;
}

/** The place names of a folded text in order, traps and insides of longer words left out. */
export function readMentions(gazetteer: Gazetteer, text: string, edges: Uint8Array | null): Mention[] {
  const hits: Hit[] = [];
  gazetteer.finder.scan(text, (start, end, pattern) => {
    const name = gazetteer.names[pattern];
    if (name === undefined) return;
    hits.push({ start, end, name, bound: false });
  });
  if (hits.length === 0) return [];
  hits.sort((a, b) => a.start - b.start || b.end - a.end);
  bindAddresses(gazetteer.divisions, hits);
  const mentions: Mention[] = [];
  const passedOver = [...bookTitles(text), ...credits(text)];
  for (const { start, end, name } of choose(fitting(hits, text, edges), edges)) {
    if (name.kind === NAME.trap || passedOver.some(([open, close]) => open < start && end <= close)) continue;
    mentions.push({
      start,
      end,
      name,
      after: whatFollows(gazetteer, text, end, edges),
      before: gazetteer.contexts.before(text, start),
      opens: start === 0 || OPENING.has(text.charAt(start - 1)),
      pauses: PAUSE.has(text.charAt(end)),
    });
    if (mentions.length === AT_MOST) break;
  }
  return mentions;
}

function whatFollows(gazetteer: Gazetteer, text: string, end: number, edges: Uint8Array | null): After | null {
  return universityAfter(text, end) ?? gazetteer.contexts.after(text, end, edges);
}

type Stretch = readonly [open: number, close: number];

/** Titles of books, films and papers name places where nothing happens: 《…》. */
function bookTitles(text: string): Stretch[] {
  const titles: Stretch[] = [];
  for (let open = text.indexOf('《'); open >= 0 && titles.length < AT_MOST;) {
    const close = text.indexOf('》', open);
    if (close < 0) break;
    titles.push([open, close]);
    open = text.indexOf('《', close);
  }
  return titles;
}

const CREDIT = /[（(](?:总台)?(?:央视)?记者[^（()）\n]{0,30}[）)]/gu;

/** Whose report it is: names of people, some of which are places too (…记者 李永康）). */
const credits = (text: string): Stretch[] =>
  text.includes('记者') ? [...text.matchAll(CREDIT)].map(({ index, 0: all }) => [index, index + all.length]) : [];
