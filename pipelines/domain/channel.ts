import type { Channel } from './account.ts';

const LINK = /^https?:\/\/[^\s]+$/;
const MOST = 12;

/** 微博 @平安洛龙 https://weibo.com/x；微信公众号 平安洛龙. One cell of a table, one line of a form. */
export const sayChannels = (channels: readonly Channel[]): string =>
  channels.map(({ platform, handle, link }) => [platform, handle, link].filter(Boolean).join(' ')).join('；');

/** Reads what `sayChannels` writes. @returns a sentence that says what is wrong where it can't be read. */
export function readChannels(text: string): readonly Channel[] | { readonly because: string } {
  const channels: Channel[] = [];
  for (const part of text.split(/[；;\n]/).filter((one) => one.trim() !== '')) {
    const [platform = '', ...rest] = part.trim().split(/\s+/);
    const link = rest.find((word) => /^[a-z]+:/i.test(word));
    const handle = rest.filter((word) => word !== link).join(' ');
    if (handle === '') return { because: `“${part.trim()}”读不出，请写成“微博 @名称 https://网址”，几个之间用；隔开` };
    if (link !== undefined && !LINK.test(link)) return { because: `网址“${link}”应以 http:// 或 https:// 开头` };
    channels.push({ platform, handle, ...(link === undefined ? {} : { link }) });
  }
  return channels.length > MOST ? { because: `平台账号最多写 ${MOST} 个` } : channels;
}
