import type { AuthorKind } from '../../../pipelines/domain/post.ts';
import type { ChannelName } from '../drill-post.ts';
import type { District } from '../places.ts';

/** One wave of posts about one thing. */
export interface Beat {
  /** Minutes after the drill's begin. */
  readonly from: number;
  readonly to: number;
  /** Posts of this wave, copies included. */
  readonly posts: number;
  /** How they arrive: all along, thicker towards the end, or at once and then ebbing. Default `even`. */
  readonly shape?: 'even' | 'rise' | 'burst';
  readonly texts: readonly string[];
  /** Who speaks; ordinary people where left out. */
  readonly by?: AuthorKind;
  /** Followers of an office or a paper, log10: 4 for a county's, 5 for a city's, 6 for a province's. */
  readonly followers?: number;
  readonly districts?: readonly District[];
  readonly channels?: readonly (readonly [ChannelName, number])[];
  /** The share of posts that hand on an earlier one of the incident instead of saying something of their own. */
  readonly copies?: number;
  /** Hand on the text as it stands, with a letter or a sign changed, instead of forwarding it. */
  readonly pasted?: true;
  /** 0…1; how far a post of this wave is read. */
  readonly reach?: number;
  readonly poi?: string;
}

/** A planted incident: who says what, where and when. Every event is invented. */
export interface Script {
  readonly key: string;
  readonly districts: readonly District[];
  readonly slots: Readonly<Record<string, readonly string[]>>;
  readonly topics?: readonly string[];
  /** What people add when they forward it. */
  readonly remarks: readonly string[];
  readonly beats: readonly Beat[];
}

/** Words around what ordinary people say, so that no two say it alike. Work orders, offices and pasted texts stay bare. */
export const AROUND = {
  before: [
    '',
    '',
    '',
    '',
    '',
    '',
    '刚刚，',
    '急！',
    '说一下，',
    '我在{short}，',
    '{daypart}，',
    '{kin}说，',
    '{clock}，',
    '有人看到吗，',
    '提醒一下，',
  ],
  after: [
    ...[
      '',
      '',
      '',
      '',
      '',
      '。',
      '！',
      '！！',
      '，急',
      '，大家注意',
      '，转给{kin}看看',
      '，都{nn}分钟了',
      '，{kin}也在问',
    ],
    ...[
      '，有后续我再发',
      '，谁在附近说一声',
      '，睡不着',
      '[抱拳]',
      '😟',
      '，我也是听{kin}说的',
      '，评论里看看',
      '，{estate}这边',
    ],
  ],
} as const;

export const CITIZENS: readonly (readonly [ChannelName, number])[] = [
  ['weibo', 50],
  ['douyin', 24],
  ['tieba', 16],
  ['xiaohongshu', 10],
];
