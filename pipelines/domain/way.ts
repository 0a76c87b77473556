/** How rows get in: files imported by hand, a watched folder, HTTP with a token, weibo-crawler's push, a feed fetched by its address. */
export const WAYS = ['file', 'folder', 'http', 'weibo-crawler', 'feed'] as const;
export type Way = (typeof WAYS)[number];
