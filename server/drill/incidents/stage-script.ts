import type { Dice } from '../dice.ts';
import { CHANNELS, type Draft } from '../drill-post.ts';
import { fill } from '../fill.ts';
import { WORDS } from '../words.ts';
import { titleOf } from '../chatter/chat.ts';
import { AROUND, CITIZENS, type Beat, type Script } from './script.ts';

const MINUTE = 60_000;
/** Of those a script does not say, log10. */
const FOLLOWERS = { official: 4.2, media: 4.4, verified: 4, ordinary: 2.3 } as const;

/** The script's posts, in the order of time. `start` is the drill's begin, epoch ms. */
export function stageScript(script: Script, dice: Dice, start: number): Draft[] {
  const moments = script.beats
    .flatMap((beat) => Array.from({ length: beat.posts }, () => ({ beat, at: start + momentOf(beat, dice) })))
    .sort((a, b) => a.at - b.at);
  const drafts: Draft[] = [];
  for (const { beat, at } of moments) {
    const handsOn = drafts.length > 0 && dice.chance(beat.copies ?? 0);
    drafts.push(handsOn ? copyOf(chooseRead(drafts, dice), script, beat, dice, at) : speak(script, beat, dice, at));
  }
  return drafts;
}

function momentOf({ from, to, shape }: Beat, dice: Dice): number {
  const along = dice.next();
  const share = shape === 'rise' ? Math.sqrt(along) : shape === 'burst' ? along ** 2.2 : along;
  return Math.floor((from + (to - from) * share) * MINUTE);
}

function speak(script: Script, beat: Beat, dice: Dice, at: number): Draft {
  const district = dice.pick(beat.districts ?? script.districts);
  const core = dice.pick(beat.texts);
  const bare = beat.by !== undefined || beat.channels !== undefined;
  const said = bare ? core : `${dice.pick(AROUND.before)}${core}${dice.pick(AROUND.after)}`;
  const text = fill(said, dice, { at, district, slots: script.slots });
  const by = beat.by ?? 'ordinary';
  const channel = CHANNELS[dice.weighed(beat.channels ?? CITIZENS)];
  const kind =
    channel === CHANNELS.hotlist
      ? 'hotlist'
      : channel === CHANNELS.wechat
        ? 'article'
        : channel === CHANNELS.douyin && dice.chance(0.4)
          ? 'comment'
          : 'post';
  return {
    at,
    channel,
    kind,
    text,
    ...(kind === 'article' ? { title: titleOf(text) } : {}),
    author: authorOf(by, channel.prefix, dice, beat.followers),
    reach: beat.reach ?? dice.next() ** 2 * (by === 'ordinary' ? 0.5 : 1),
    ...(beat.poi !== undefined ? { poi: beat.poi } : dice.chance(0.3) ? { poi: `洛阳·${district.name}` } : {}),
    ...(script.topics && channel === CHANNELS.weibo && dice.chance(0.4) ? { topics: script.topics } : {}),
    incident: script.key,
  };
}

const authorOf = (
  kind: Draft['author']['kind'],
  prefix: string,
  dice: Dice,
  followers = FOLLOWERS[kind] - 0.5 + dice.next(),
): Draft['author'] => ({
  key: `${prefix}-${kind === 'ordinary' ? 'u' : kind}${dice.whole(1, kind === 'ordinary' ? 9000 : 400)}`,
  kind,
  followersLog10: Math.round(10 * followers) / 10,
});

/** What is read most is handed on most; a work order is read by nobody but the office. */
const chooseRead = (drafts: readonly Draft[], dice: Dice): Draft =>
  dice.weighed(drafts.map((draft) => [draft, draft.channel === CHANNELS.hotline ? 0 : draft.reach + 0.05] as const));

function copyOf(original: Draft, script: Script, beat: Beat, dice: Dice, at: number): Draft {
  const author = authorOf('ordinary', original.channel.prefix, dice);
  const reach = dice.next() ** 3 * 0.2;
  if (beat.pasted || original.channel !== CHANNELS.weibo) {
    const channel = CHANNELS[dice.weighed(CITIZENS)];
    return { at, channel, kind: 'post', text: slip(original.text, dice), author, reach, incident: script.key };
  }
  const remark = fill(dice.pick(script.remarks), dice, { at, slots: script.slots });
  const nick = dice.pick(WORDS['nick'] ?? []);
  return {
    at,
    channel: CHANNELS.weibo,
    kind: 'repost',
    text: `${remark}//@${nick}：${original.text}`,
    author,
    reach,
    incident: script.key,
    forwards: original,
  };
}

/** The small changes of copying by hand: a sign more or less, a word in front. */
function slip(text: string, dice: Dice): string {
  const change = dice.whole(0, 4);
  if (change === 0) return text;
  if (change === 1) return `转：${text}`;
  if (change === 2) return text.replace(/。$/, '！');
  if (change === 3) return `${text}🙏`;
  return text.replace('，', ' ');
}
