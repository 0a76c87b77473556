import { DISTRICTS } from '../places.ts';
import type { Script } from './script.ts';

const { mengjin } = DISTRICTS;

export const WATER_CUT: Script = {
  key: 'water-cut',
  districts: [mengjin],
  slots: {
    area: ['孟津望塬片区', '孟津区望塬片区', '孟津平乐镇', '孟津送庄镇', '孟津会盟镇'],
    estate: ['望塬佳苑', '望塬新城', '槐影里', '碧梧新村'],
    need: ['老人没水做饭', '孩子没水喝', '没水冲厕所', '饭店没水开不了门', '老人下不了楼接水', '病人没水吃药'],
    ask: ['什么时候来水', '几点能来水', '有没有通知', '到底停到什么时候', '能不能给个准信'],
  },
  topics: ['孟津停水'],
  remarks: ['我家也停了', '孟津的水呢', '送水车在哪', '求准信', '平乐也没有', '供水公司回个话', '会盟这边还有一点'],
  beats: [
    {
      from: 4,
      to: 24,
      posts: 48,
      shape: 'rise',
      copies: 0.2,
      texts: [
        '{area}停水了，一点通知没有，{ask}',
        '孟津{estate}停水，{clock}开始的，{need}，{ask}',
        '又停水！{area}停水，打供水公司电话一直占线',
        '孟津{estate}停水了，做饭做到一半，供水公司也没个通知',
        '{area}水管爆了？路上都是水，家里停水，供水公司{ask}',
        '孟津{town}停水，{need}，供水公司能不能送水',
        '求助：{area}停水{n}个小时，{need}',
      ],
    },
    {
      from: 16,
      to: 50,
      posts: 10,
      channels: [['hotline', 1]],
      texts: [
        '【求助】市民反映：孟津区{town}{estate}停水，{need}，请协调送水。',
        '【投诉】市民反映：{area}停水未提前通知，供水公司电话无人接听，诉求尽快恢复供水。',
        '【咨询】市民来电询问：孟津区望塬片区停水{ask}。',
      ],
    },
    {
      from: 24,
      to: 42,
      posts: 56,
      copies: 0.3,
      texts: [
        '网传孟津全区要停水三天，真的假的，{ask}',
        '{area}停水，超市的水都卖完了',
        '孟津{estate}停水，物业说是主管道，{ask}',
        '孟津{town}停水，{need}，供水公司{ask}',
        '{area}停水，接水的排了{nn}个人',
        '孟津停水，看见供水公司抢修的车在{street}挖沟',
        '求助：{area}停水，{need}，哪里能接水',
        '{area}停水{n}个小时了，居民在等供水公司一个说法',
      ],
    },
    {
      from: 42,
      to: 43,
      posts: 1,
      by: 'official',
      followers: 4.1,
      reach: 0.9,
      channels: [['weibo', 1]],
      poi: '洛阳·孟津区',
      texts: [
        '【停水公告】孟津区供水公司：因望塬片区供水主管道破裂，平乐镇、送庄镇、会盟镇部分区域停水，正在抢修，预计5小时内恢复。送水点：望塬佳苑北门。“全区停水三天”不实。',
      ],
    },
    {
      from: 44,
      to: 110,
      posts: 62,
      shape: 'burst',
      copies: 0.4,
      texts: [
        '供水公司出公告了，{area}停水是主管道破了，5小时内修好',
        '孟津望塬佳苑北门送水车来了，{area}停水的快去接',
        '孟津{estate}停水，送水车够不到，{need}，能不能再来一辆',
        '{area}停水好了，就是有点浑，放一会儿再用',
        '孟津{town}还在停水，供水公司{ask}',
        '孟津停水，供水公司抢修的师傅在沟里泡着，也别骂他们了',
      ],
    },
  ],
};
