import { NOTICE_KIND_NAMES, type Notice } from '../domain/notice.ts';
import { sayTime } from '../domain/shanghai-time.ts';
import { TIER_NAMES } from '../domain/tier.ts';

export interface Wording {
  /** WENBIDA_PUBLIC_URL, without a slash at its end; absent: no link. */
  readonly publicUrl?: string;
  readonly drill: boolean;
}

export interface Worded {
  readonly title: string;
  readonly text: string;
  readonly link: string | null;
}

const TITLE_MOST = 60;
/** In a line of a digest. */
const LINE_TITLE = 24;
const LINE_PLACE = 16;
/** Signs that an office program could read as markup, or as calling somebody by name (`<at user_id="all">`, `<@all>`, @所有人), as their full-width twins. */
const TWINS: Readonly<Record<string, string>> = { '<': '＜', '>': '＞', '@': '＠', '[': '［', ']': '］', '`': '｀' };
/** Controls, marks that turn the direction of writing, zero-width signs, line separators: one blank each. */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]+/gu;

/** Text out of posts as plain text that stays on its line and calls nobody. */
export const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(UNSEEN, ' ')
    .replace(/[<>@[\]`]/g, (sign) => TWINS[sign] ?? sign)
    .trim();

const cut = (text: string, most: number): string => {
  const signs = [...text];
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`;
};

/** One notice as a message. `nth`: which of its incident this is on its channel; from 2 on it is an update. */
export function wordNotice(notice: Notice, nth: number, wording: Wording): Worded {
  const { place, rung, incidentKind, says, due, id } = notice;
  const facts = [place, rung === null ? '' : `${TIER_NAMES[rung]}级扩散`, incidentKind ?? ''].filter(
    (one) => one !== '',
  );
  return {
    title: headOf(notice, nth, wording),
    text: [
      ...(facts.length === 0 ? [] : [plain(facts.join('，'))]),
      ...says.map((one) => plain(one)),
      ...(due === null ? [] : [`时限：${sayTime(due)}前`]),
      `编号${plain(id)}${nth > 1 && notice.kind !== 'shiftNote' ? `，本事件第${nth}条` : ''}`,
    ].join('\n'),
    link: linkOf(notice.path, wording),
  };
}

/** Several at once, the urgent first, else by time: what waited for the morning, or for room on a robot. A line each, at most some 220 bytes long. */
export function wordDigest(
  notices: readonly { readonly notice: Notice; readonly nth: number }[],
  because: string,
  wording: Wording,
): Worded {
  const sorted = [...notices].sort(
    (a, b) => Number(b.notice.lifeAtRisk) - Number(a.notice.lifeAtRisk) || a.notice.at - b.notice.at,
  );
  const lines = sorted.map(({ notice, nth }, at) => {
    const title = headOf({ ...notice, title: cut(plain(notice.title), LINE_TITLE) }, nth, { drill: false });
    const place = notice.place === '' ? '' : `，${cut(plain(notice.place), LINE_PLACE)}`;
    const due = notice.due === null ? '' : `，${sayTime(notice.due)}前`;
    return `${at + 1}、${title}${place}${due}（${plain(notice.id)}）`;
  });
  return {
    title: `${wording.drill ? '【演练】' : ''}【汇总】${notices.length}条，${because}`,
    text: lines.join('\n'),
    link: linkOf('wall', wording),
  };
}

function headOf({ kind, lifeAtRisk, title }: Notice, nth: number, { drill }: Pick<Wording, 'drill'>): string {
  const isUpdate = nth > 1 && kind !== 'page' && kind !== 'shiftNote';
  const name = kind === 'alert' && isUpdate ? '更新' : NOTICE_KIND_NAMES[kind];
  const marks = [
    ...(drill ? ['演练'] : []),
    ...(lifeAtRisk ? ['急'] : []),
    isUpdate && name !== '更新' ? `更新·${name}` : name,
  ];
  return `${marks.map((mark) => `【${mark}】`).join('')}${cut(plain(title), TITLE_MOST)}`;
}

const linkOf = (path: string, { publicUrl }: Pick<Wording, 'publicUrl'>): string | null =>
  publicUrl === undefined ? null : `${publicUrl}/${path}`;
