import type { Dice } from '../dice.ts';
import { CHANNELS, type Channel, type ChannelName, type Draft } from '../drill-post.ts';
import { fill, hourOfDay } from '../fill.ts';
import { DISTRICT_WEIGHTS } from '../places.ts';
import { OPENERS, TAILS } from '../words.ts';
import { STREET_AND_SKY } from './street-and-sky.ts';
import { TABLE_AND_HOME } from './table-and-home.ts';
import type { Topic } from './topic.ts';
import { TOWN_HALL } from './town-hall.ts';

export const TOPICS: readonly Topic[] = [...TABLE_AND_HOME, ...STREET_AND_SKY, ...TOWN_HALL];

/** Posts in each hour of the day, from midnight: a city that sleeps, has lunch, and talks most after supper. */
const HOURLY = [
  180, 90, 50, 35, 35, 70, 180, 330, 420, 440, 450, 500, 560, 480, 430, 430, 440, 500, 600, 680, 760, 720, 600, 360,
] as const;

const USUAL: readonly (readonly [ChannelName, number])[] = [
  ['weibo', 42],
  ['douyin', 22],
  ['tieba', 14],
  ['xiaohongshu', 16],
  ['wechat', 2],
];

const inHours = ({ hours }: Topic, hour: number): boolean => {
  if (hours === undefined) return true;
  const [from, to] = hours;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
};

/** Everyday talk over [from, to), both epoch ms, as thick as the hour of the day has it. Not sorted. */
export function chat(dice: Dice, from: number, to: number): Draft[] {
  const drafts: Draft[] = [];
  for (let at = from; at < to; at += 60_000) {
    const due = (HOURLY[hourOfDay(at)] ?? 0) / 60;
    const posts = Math.floor(due) + (dice.chance(due % 1) ? 1 : 0);
    for (let post = 0; post < posts; post += 1) drafts.push(talk(dice, at + Math.floor(dice.next() * 60_000)));
  }
  return drafts.filter(({ at }) => at < to);
}

function talk(dice: Dice, at: number): Draft {
  const hour = hourOfDay(at);
  const topic = dice.weighed(TOPICS.filter((one) => inHours(one, hour)).map((one) => [one, one.weight] as const));
  const district = dice.weighed(DISTRICT_WEIGHTS);
  const channel: Channel = CHANNELS[topic.channels === undefined ? dice.weighed(USUAL) : dice.pick(topic.channels)];
  const core = dice.pick(topic.texts);
  const said = topic.bare ? core : `${dice.pick(OPENERS)}${core}${dice.pick(TAILS)}`;
  const text = fill(said, dice, { at, district });
  const long = channel === CHANNELS.wechat;
  return {
    at,
    channel,
    kind: long ? 'article' : channel === CHANNELS.douyin && dice.chance(0.5) ? 'comment' : 'post',
    text,
    ...(long ? { title: titleOf(text) } : {}),
    author: {
      key: `${channel.prefix}-u${dice.whole(1, 4200)}`,
      kind: topic.about === '公告和文章' && dice.chance(0.7) ? 'official' : 'ordinary',
      followersLog10: Math.round(10 + dice.next() * 25) / 10,
    },
    reach: dice.next() ** 3 * 0.3,
    ...(dice.chance(0.25) ? { poi: `洛阳·${district.name}` } : {}),
  };
}

export const titleOf = (text: string): string =>
  text.replace(/^【([^】]*)】/, '$1：').split(/[，。！？]/, 1)[0] ?? text;
