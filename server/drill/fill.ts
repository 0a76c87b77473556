import type { Dice } from './dice.ts';
import { DISTRICT_WEIGHTS, INVENTED, type District } from './places.ts';
import { WORDS } from './words.ts';

export interface Setting {
  /** Epoch ms. */
  readonly at: number;
  /** Where the speaker is; chosen by population where it is left out. */
  readonly district?: District;
  /** More slots, first in line. */
  readonly slots?: Readonly<Record<string, readonly string[]>>;
}

const CHINA = 8 * 3_600_000;
export const hourOfDay = (at: number): number => Math.floor(((at + CHINA) % 86_400_000) / 3_600_000);

/** 今天早上, 下午, 今晚 …: what a person would say at that moment. */
export function dayPart(at: number): string {
  const hour = hourOfDay(at);
  if (hour < 5) return '半夜';
  if (hour < 9) return '今天早上';
  if (hour < 12) return '今天上午';
  if (hour < 14) return '今天中午';
  return hour < 18 ? '今天下午' : '今晚';
}

/** 8点半, 晚上9点多: some minutes before or at that moment, in words. */
export function clockWords(at: number): string {
  const hour = hourOfDay(at);
  const part = hour < 5 ? '凌晨' : hour < 12 ? '上午' : hour < 18 ? '下午' : '晚上';
  const minute = new Date(at).getUTCMinutes();
  return `${part}${hour % 12 === 0 ? 12 : hour % 12}点${minute < 20 ? '' : minute < 40 ? '半' : '多'}`;
}

/**
 * A template with its `{slots}` filled; what fills a slot may have slots of its own.
 * @throws RangeError where a template names a slot that nobody fills.
 */
export function fill(template: string, dice: Dice, { at, district, slots = {} }: Setting): string {
  const here = district ?? dice.weighed(DISTRICT_WEIGHTS);
  const around: Readonly<Record<string, readonly string[]>> = {
    short: [here.short],
    county: [here.name],
    town: here.towns,
    daypart: [dayPart(at)],
    clock: [clockWords(at)],
    n: [String(dice.whole(2, 9))],
    nn: [String(dice.whole(11, 58))],
  };
  return template.replace(/\{([a-zA-Z]+)\}/g, (_, slot: string) => {
    const words = slots[slot] ?? around[slot] ?? WORDS[slot] ?? (INVENTED as Record<string, readonly string[]>)[slot];
    if (words === undefined) throw new RangeError(`nobody fills {${slot}} in “${template}”`);
    const word = dice.pick(words);
    return word.includes('{') ? fill(word, dice, { at, district: here, slots }) : word;
  });
}
