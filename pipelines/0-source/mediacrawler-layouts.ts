/** What MediaCrawler writes, by platform: the columns of its exports since 2026-07, in their order, and what they mean. */

export interface Layout {
  readonly platform: string;
  readonly what: 'content' | 'comment';
  /** For people: 微博 帖子. */
  readonly name: string;
  /** Tables of its SQLite and MySQL stores. */
  readonly tables: readonly string[];
  /** Columns in order since 2026-07; older files lack creator_hash and have more. */
  readonly columns: readonly string[];
  /** Columns that together tell it from every other layout, in old files as well. */
  readonly marks: readonly string[];
  /** Where each part of a post is; `text` may be several, the first that says something counts. */
  readonly id: string;
  readonly title?: string;
  readonly text: readonly string[];
  readonly time: readonly string[];
  readonly url?: string;
  readonly counts: Readonly<Record<string, string>>;
  /** For comments: the work they stand under, and the comment they answer. */
  readonly under?: string;
  readonly answers?: string;
}

const list = (columns: string): readonly string[] => columns.split(' ');

export const LAYOUTS: readonly Layout[] = [
  {
    platform: 'weibo',
    what: 'comment',
    name: '微博评论',
    tables: ['weibo_note_comment'],
    columns: list(
      'comment_id create_time create_date_time note_id content sub_comment_count comment_like_count last_modify_ts parent_comment_id creator_hash nickname',
    ),
    marks: list('comment_id note_id content comment_like_count'),
    id: 'comment_id',
    text: ['content'],
    time: ['create_date_time', 'create_time'],
    counts: { like: 'comment_like_count', comment: 'sub_comment_count' },
    under: 'note_id',
    answers: 'parent_comment_id',
  },
  {
    platform: 'weibo',
    what: 'content',
    name: '微博帖子',
    tables: ['weibo_note'],
    columns: list(
      'note_id content create_time create_date_time liked_count comments_count shared_count last_modify_ts note_url creator_hash nickname source_keyword',
    ),
    marks: list('note_id content liked_count comments_count shared_count'),
    id: 'note_id',
    text: ['content'],
    time: ['create_date_time', 'create_time'],
    url: 'note_url',
    counts: { like: 'liked_count', comment: 'comments_count', repost: 'shared_count' },
  },
  {
    platform: 'xhs',
    what: 'content',
    name: '小红书笔记',
    tables: ['xhs_note'],
    columns: list(
      'note_id type title desc video_url time last_update_time creator_hash nickname liked_count collected_count comment_count share_count image_list tag_list last_modify_ts note_url source_keyword xsec_token',
    ),
    marks: list('note_id title desc liked_count collected_count'),
    id: 'note_id',
    title: 'title',
    text: ['desc'],
    time: ['time', 'last_update_time'],
    url: 'note_url',
    counts: { like: 'liked_count', comment: 'comment_count', repost: 'share_count' },
  },
  {
    platform: 'xhs',
    what: 'comment',
    name: '小红书评论',
    tables: ['xhs_note_comment'],
    columns: list(
      'comment_id create_time note_id content creator_hash nickname sub_comment_count pictures parent_comment_id last_modify_ts like_count',
    ),
    marks: list('comment_id note_id content like_count'),
    id: 'comment_id',
    text: ['content'],
    time: ['create_time'],
    counts: { like: 'like_count', comment: 'sub_comment_count' },
    under: 'note_id',
    answers: 'parent_comment_id',
  },
  {
    platform: 'douyin',
    what: 'comment',
    name: '抖音评论',
    tables: ['douyin_aweme_comment'],
    columns: list(
      'comment_id create_time aweme_id content creator_hash nickname sub_comment_count like_count last_modify_ts parent_comment_id pictures',
    ),
    marks: list('comment_id aweme_id content'),
    id: 'comment_id',
    text: ['content'],
    time: ['create_time'],
    counts: { like: 'like_count', comment: 'sub_comment_count' },
    under: 'aweme_id',
    answers: 'parent_comment_id',
  },
  {
    platform: 'douyin',
    what: 'content',
    name: '抖音作品',
    tables: ['douyin_aweme'],
    columns: list(
      'aweme_id aweme_type title desc create_time creator_hash nickname liked_count collected_count comment_count share_count last_modify_ts aweme_url cover_url video_download_url music_download_url note_download_url source_keyword',
    ),
    marks: list('aweme_id desc liked_count'),
    id: 'aweme_id',
    title: 'title',
    text: ['desc'],
    time: ['create_time'],
    url: 'aweme_url',
    counts: { like: 'liked_count', comment: 'comment_count', repost: 'share_count' },
  },
  {
    platform: 'bilibili',
    what: 'content',
    name: 'B站视频',
    tables: ['bilibili_video'],
    columns: list(
      'video_id video_type title desc create_time creator_hash nickname liked_count disliked_count video_play_count video_favorite_count video_share_count video_coin_count video_danmaku video_comment last_modify_ts video_url video_cover_url source_keyword',
    ),
    marks: list('video_id title desc video_play_count video_danmaku'),
    id: 'video_id',
    title: 'title',
    text: ['desc'],
    time: ['create_time'],
    url: 'video_url',
    counts: {
      like: 'liked_count',
      comment: 'video_comment',
      repost: 'video_share_count',
      view: 'video_play_count',
    },
  },
  {
    platform: 'bilibili',
    what: 'comment',
    name: 'B站评论',
    tables: ['bilibili_video_comment'],
    columns: list(
      'comment_id parent_comment_id create_time video_id content creator_hash nickname sub_comment_count like_count last_modify_ts',
    ),
    // Kuaishou's comments have the same columns but this one.
    marks: list('comment_id video_id content parent_comment_id sub_comment_count'),
    id: 'comment_id',
    text: ['content'],
    time: ['create_time'],
    counts: { like: 'like_count', comment: 'sub_comment_count' },
    under: 'video_id',
    answers: 'parent_comment_id',
  },
  {
    platform: 'bilibili',
    what: 'content',
    name: 'B站动态',
    tables: ['bilibili_up_dynamic'],
    columns: list('dynamic_id creator_hash user_name text type pub_ts total_comments total_forwards total_liked'),
    marks: list('dynamic_id text pub_ts total_forwards'),
    id: 'dynamic_id',
    text: ['text'],
    time: ['pub_ts'],
    counts: { like: 'total_liked', comment: 'total_comments', repost: 'total_forwards' },
  },
  {
    platform: 'kuaishou',
    what: 'content',
    name: '快手视频',
    tables: ['kuaishou_video'],
    columns: list(
      'video_id video_type title desc create_time creator_hash nickname liked_count viewd_count last_modify_ts video_url video_cover_url video_play_url source_keyword',
    ),
    marks: list('video_id title desc viewd_count'),
    id: 'video_id',
    title: 'title',
    text: ['desc'],
    time: ['create_time'],
    url: 'video_url',
    counts: { like: 'liked_count', view: 'viewd_count' },
  },
  {
    platform: 'kuaishou',
    what: 'comment',
    name: '快手评论',
    tables: ['kuaishou_video_comment'],
    columns: list('comment_id create_time video_id content creator_hash nickname sub_comment_count last_modify_ts'),
    marks: list('comment_id video_id content sub_comment_count'),
    id: 'comment_id',
    text: ['content'],
    time: ['create_time'],
    counts: { comment: 'sub_comment_count' },
    under: 'video_id',
  },
  {
    platform: 'tieba',
    what: 'comment',
    name: '贴吧回帖',
    tables: ['tieba_comment'],
    columns: list(
      'comment_id parent_comment_id content creator_hash user_nickname publish_time sub_comment_count note_id note_url tieba_id tieba_name tieba_link',
    ),
    marks: list('comment_id content publish_time note_id tieba_name'),
    id: 'comment_id',
    text: ['content'],
    time: ['publish_time'],
    counts: { comment: 'sub_comment_count' },
    under: 'note_id',
    answers: 'parent_comment_id',
  },
  {
    platform: 'tieba',
    what: 'content',
    name: '贴吧主帖',
    tables: ['tieba_note'],
    columns: list(
      'note_id title desc note_url publish_time creator_hash user_nickname tieba_name tieba_link total_replay_num total_replay_page source_keyword',
    ),
    marks: list('note_id title desc publish_time total_replay_num'),
    id: 'note_id',
    title: 'title',
    text: ['desc'],
    time: ['publish_time'],
    url: 'note_url',
    counts: { comment: 'total_replay_num' },
  },
  {
    platform: 'zhihu',
    what: 'comment',
    name: '知乎评论',
    tables: ['zhihu_comment'],
    columns: list(
      'comment_id parent_comment_id content publish_time sub_comment_count like_count dislike_count content_id content_type creator_hash user_nickname',
    ),
    marks: list('comment_id content publish_time content_id content_type'),
    id: 'comment_id',
    text: ['content'],
    time: ['publish_time'],
    counts: { like: 'like_count', comment: 'sub_comment_count' },
    under: 'content_id',
    answers: 'parent_comment_id',
  },
  {
    platform: 'zhihu',
    what: 'content',
    name: '知乎内容',
    tables: ['zhihu_content'],
    columns: list(
      'content_id content_type content_text content_url question_id title desc created_time updated_time voteup_count comment_count source_keyword creator_hash user_nickname',
    ),
    marks: list('content_id content_type content_text voteup_count'),
    id: 'content_id',
    title: 'title',
    text: ['content_text', 'desc'],
    time: ['created_time', 'updated_time'],
    url: 'content_url',
    counts: { like: 'voteup_count', comment: 'comment_count' },
  },
];

const IN_PATH = /(?:^|[\\/])bili(?:bili)?[\\/]/i;

/**
 * The layout a table's columns are of: by the name of its table, else the one with the most marks of those that are there in full.
 * Bilibili's oldest comments have the columns of Kuaishou's; the folder they lie in decides.
 */
export function layoutOf(columns: readonly string[], table = '', path = ''): Layout | undefined {
  const names = new Set(columns);
  const named = LAYOUTS.find((layout) => layout.tables.includes(table) && names.has(layout.id));
  if (named !== undefined) return named;
  const found = LAYOUTS.filter(({ marks }) => marks.every((mark) => names.has(mark))).reduce<Layout | undefined>(
    (best, layout) => (best === undefined || layout.marks.length > best.marks.length ? layout : best),
    undefined,
  );
  if (found?.platform !== 'kuaishou' || !IN_PATH.test(path)) return found;
  return LAYOUTS.find(({ platform, what }) => platform === 'bilibili' && what === found.what);
}
