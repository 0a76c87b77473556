/** What people call the platforms that crawlers name in Latin. Any other name is shown as it came. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['weibo', '微博'],
  ['douyin', '抖音'],
  ['kuaishou', '快手'],
  ['xhs', '小红书'],
  ['bilibili', 'B站'],
  ['bili', 'B站'],
  ['tieba', '贴吧'],
  ['zhihu', '知乎'],
  ['wechat', '微信'],
  ['toutiao', '头条'],
  ['12345', '12345热线'],
  ['rss', '订阅源'],
]);

export const platformName = (platform: string): string => NAMES.get(platform.toLowerCase()) ?? platform;
