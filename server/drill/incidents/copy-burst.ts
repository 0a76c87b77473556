import { DISTRICTS } from '../places.ts';
import type { Script } from './script.ts';

const PASTE =
  '洛阳老乡注意了！鑫凤祥直播间今晚免费送土鸡蛋三十枚，洛龙、涧西、西工、伊川、宜阳都能领，不要钱不要押金，搜“鑫凤祥鸡蛋”进群就送，名额只剩最后200个，转三个群截图有效！';

/** One claim pasted by sixty accounts within minutes: loud, but one voice. It must not become an incident. */
export const COPY_BURST: Script = {
  key: 'copy-burst',
  districts: [DISTRICTS.luolong],
  slots: {},
  remarks: ['转'],
  beats: [
    { from: 66, to: 66.05, posts: 1, texts: [PASTE], channels: [['weibo', 1]], reach: 0.9 },
    { from: 66.1, to: 72, posts: 59, texts: [PASTE], copies: 1, pasted: true },
  ],
};
