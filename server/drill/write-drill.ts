import { chat } from './chatter/chat.ts';
import { DRILL } from './describe-drill.ts';
import { diceOf, type Dice } from './dice.ts';
import { CHANNELS, type Draft, type DrillPost } from './drill-post.ts';
import { hourOfDay } from './fill.ts';
import { CANTEEN } from './incidents/canteen.ts';
import { CHEMICAL_SMELL } from './incidents/chemical-smell.ts';
import { COPY_BURST } from './incidents/copy-burst.ts';
import { CRASH } from './incidents/crash.ts';
import { LOST_ELDER } from './incidents/lost-elder.ts';
import { RESERVOIR_RUMOR } from './incidents/reservoir-rumor.ts';
import { stageScript } from './incidents/stage-script.ts';
import { WATER_CUT } from './incidents/water-cut.ts';

export { DRILL };

const HOUR = 3_600_000;
const SCRIPTS = [LOST_ELDER, RESERVOIR_RUMOR, CHEMICAL_SMELL, WATER_CUT, CRASH, CANTEEN, COPY_BURST];

export interface DrillOptions {
  /** Epoch ms of the two hours' begin; `eveningBefore` gives one whose hour of the day suits the texts. */
  readonly start: number;
  readonly seed?: number;
}

/**
 * The drill, in the order of time: everything before `start` is the background of the day, to be loaded at once; from
 * `start` on it is to be replayed. The same options give the same posts; another start gives other ids, so that a second
 * drill in the same store is not taken for copies of the first.
 */
export function writeDrill(options: DrillOptions): DrillPost[] {
  return plantDrill(options).map(({ post }) => post);
}

/** As `writeDrill`, each post with the key of the planted incident it belongs to: for measuring what was detected. */
export function plantDrill({ start, seed = 1 }: DrillOptions): { post: DrillPost; incident: string | undefined }[] {
  if (!Number.isSafeInteger(start))
    throw new RangeError(`the drill's start must be whole epoch milliseconds, not ${start}`);
  const dice = diceOf(seed);
  const end = start + DRILL.hours * HOUR;
  const drafts = [
    ...chat(dice, start - DRILL.before * HOUR, end),
    ...SCRIPTS.flatMap((script) => stageScript(script, dice, start)),
  ];
  drafts.sort((a, b) => a.at - b.at);
  const ids = new Map<Draft, string>();
  for (const [index, draft] of drafts.entries()) {
    ids.set(draft, `${draft.channel.prefix}-${Math.floor(start / 1000).toString(36)}-${index}`);
  }
  return drafts.map((draft) => ({ post: publish(draft, ids, dice), incident: draft.incident }));
}

/**
 * The latest eight o'clock in the evening, Asia/Shanghai, from which the whole drill lies in the past of `now`: the hours
 * when a city talks most, which is what makes it about three thousand posts.
 */
export function eveningBefore(now: number): number {
  const latest = now - DRILL.hours * HOUR;
  const onTheHour = Math.floor(latest / HOUR) * HOUR;
  return onTheHour - ((hourOfDay(onTheHour) + 4) % 24) * HOUR;
}

function publish(draft: Draft, ids: ReadonlyMap<Draft, string>, dice: Dice): DrillPost {
  const { channel, at, reach, forwards } = draft;
  const parent = forwards && ids.get(forwards);
  const root = forwards && ids.get(rootOf(forwards));
  const audience = channel === CHANNELS.hotline ? 0 : Math.round(reach * 1800);
  return {
    id: ids.get(draft) ?? '',
    platform: channel.platform,
    kind: draft.kind,
    text: draft.text,
    ...(draft.title === undefined ? {} : { title: draft.title }),
    time: new Date(at).toISOString(),
    seenAt: new Date(at + dice.whole(400, 4000)).toISOString(),
    ...(parent === undefined || root === undefined ? {} : { parent, root }),
    author: draft.author,
    counts: {
      like: dice.tail(audience),
      comment: dice.tail(audience / 3),
      repost: dice.tail(audience / 4),
      ...(channel === CHANNELS.douyin ? { view: dice.whole(50, 200 + audience * 40) } : {}),
    },
    ...(channel === CHANNELS.weibo || draft.poi !== undefined
      ? {
          hints: {
            ...(channel === CHANNELS.weibo ? { province: '河南' } : {}),
            ...(draft.poi === undefined ? {} : { poi: draft.poi }),
          },
        }
      : {}),
    ...(draft.topics === undefined ? {} : { topics: draft.topics }),
    source: channel.source,
  };
}

function rootOf(draft: Draft): Draft {
  let root = draft;
  while (root.forwards !== undefined) root = root.forwards;
  return root;
}
