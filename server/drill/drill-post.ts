import type { AuthorKind, PostKind } from '../../pipelines/domain/post.ts';

/** A canonical post, as `wenbida import` and POST /api/v1/posts take it. Author keys are raw; intake pseudonymises. */
export interface DrillPost {
  readonly id: string;
  readonly platform: string;
  readonly kind: PostKind;
  readonly text: string;
  readonly title?: string;
  /** ISO 8601 in UTC, with milliseconds. */
  readonly time: string;
  readonly seenAt: string;
  readonly parent?: string;
  readonly root?: string;
  readonly author: { readonly key: string; readonly kind: AuthorKind; readonly followersLog10?: number };
  readonly counts: { readonly like: number; readonly comment: number; readonly repost: number; readonly view?: number };
  readonly hints?: { readonly province?: string; readonly poi?: string };
  readonly topics?: readonly string[];
  readonly source: string;
}

/** A post that has no id yet: ids are numbered in the order of time. `forwards` is the draft it hands on. */
export interface Draft {
  readonly at: number;
  readonly channel: Channel;
  readonly kind: PostKind;
  readonly text: string;
  readonly title?: string;
  readonly author: DrillPost['author'];
  /** 0 nobody cares … 1 everybody does. */
  readonly reach: number;
  readonly poi?: string;
  readonly topics?: readonly string[];
  readonly forwards?: Draft;
  /** The planted incident it belongs to; never part of a post, so that nothing downstream can peek. */
  readonly incident?: string;
}

/** A platform together with the source that brings it. */
export interface Channel {
  readonly platform: string;
  readonly source: string;
  readonly prefix: string;
}

export const CHANNELS = {
  weibo: { platform: '微博', source: '微博检索', prefix: 'wb' },
  douyin: { platform: '抖音', source: '抖音导出', prefix: 'dy' },
  tieba: { platform: '贴吧', source: '贴吧导出', prefix: 'tb' },
  xiaohongshu: { platform: '小红书', source: '小红书导出', prefix: 'xhs' },
  wechat: { platform: '微信公众号', source: '公众号订阅', prefix: 'gzh' },
  hotline: { platform: '12345热线', source: '12345 工单', prefix: 'rx' },
  hotlist: { platform: '热榜', source: '省内热榜', prefix: 'rb' },
} as const satisfies Record<string, Channel>;
export type ChannelName = keyof typeof CHANNELS;
