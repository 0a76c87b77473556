/** How rows get in: files imported by hand, a watched folder, HTTP with a token, weibo-crawler's push. */
export const WAYS = ['file', 'folder', 'http', 'weibo-crawler'] as const;
export type Way = (typeof WAYS)[number];
