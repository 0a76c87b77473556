/** weibo.com/<user id>/<post id>, also under m. and www. */
const WEIBO = /^https?:\/\/(?:www\.|m\.)?weibo\.(?:com|cn)\/\d{5,12}\/([A-Za-z0-9]{6,24})(?:[/?#]|$)/i;
/** A key shorter than this is part of too many addresses by chance. */
const TELLING = 5;

/**
 * An address that leads to the post and no longer names its author: Weibo's has a form without the user id; any other that holds
 * the author's id is given up, because the id must not lie in the store.
 */
export function urlWithoutAuthor(url: string, authorKey: string | undefined): string | undefined {
  const weibo = WEIBO.exec(url)?.[1];
  if (weibo !== undefined) return `https://m.weibo.cn/status/${weibo}`;
  if (authorKey === undefined || authorKey.length < TELLING) return url;
  return url.includes(authorKey) || url.includes(encodeURIComponent(authorKey)) ? undefined : url;
}
