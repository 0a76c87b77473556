import { DISTRICTS } from '../places.ts';
import type { Script } from './script.ts';

export const CRASH: Script = {
  key: 'crash',
  districts: [DISTRICTS.xigong],
  slots: {
    spot: ['西工区锦川路快速路', '西工锦川路快速路', '西工区锦川路快速路下桥口', '西工区王城路街道锦川路快速路'],
    crash: ['三车相撞', '三车相撞', '三车追尾', '三车连环相撞'],
    jam: ['堵死了', '只剩一条道能走', '堵到槐影街了', '一动不动', '后面全是红灯'],
    hurt: ['有人受伤坐在路边', '救护车来了', '看到有人被抬上救护车', '安全气囊都弹出来了', '车头都瘪了'],
  },
  topics: ['西工车祸', '锦川路'],
  remarks: ['绕行', '注意安全', '希望人没事', '刚从那过', '难怪这么堵', '锦川路又出事'],
  beats: [
    {
      from: 49,
      to: 62,
      posts: 52,
      shape: 'burst',
      copies: 0.25,
      texts: [
        '{spot}{crash}，{hurt}，{jam}',
        '刚刚{spot}出车祸了，{crash}，大家绕行',
        '{spot}{crash}，{jam}，别往这边走了',
        '就在我前面，{spot}{crash}，吓得手抖，{hurt}',
        '车祸！{spot}{crash}，{hurt}，交警还没到',
        '{spot}车祸，{clock}，{crash}，{jam}',
        '西工锦川路快速路车祸，{hurt}，希望没大事',
        '{jam}，一问才知道{spot}{crash}',
      ],
    },
    {
      from: 60,
      to: 90,
      posts: 30,
      copies: 0.4,
      texts: [
        '{spot}三车相撞的车祸，事故车拖走了两辆，还剩一辆',
        '西工锦川路快速路车祸现场在清理玻璃，慢行',
        '西工{spot}{crash}的原因是什么，是不是地上结冰了',
        '{spot}车祸，交警在指挥，慢慢能走了',
      ],
    },
    {
      from: 70,
      to: 71,
      posts: 1,
      by: 'official',
      followers: 4.4,
      reach: 0.7,
      channels: [['weibo', 1]],
      poi: '洛阳·西工区',
      texts: ['【路况】西工交警：西工区王城路街道锦川路快速路三车相撞，两人轻伤已送医，占用一条车道，请绕行槐影街。'],
    },
  ],
};
