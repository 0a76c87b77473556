import { DISTRICTS } from '../places.ts';
import type { Script } from './script.ts';

export const CANTEEN: Script = {
  key: 'canteen',
  districts: [DISTRICTS.yichuan],
  slots: {
    school: ['伊川云栖实验学校', '伊川县云栖实验学校', '伊川水寨镇云栖实验学校'],
    bad: ['饭菜发酸', '肉是馊的', '菜里有虫', '米饭夹生', '鸡腿没熟', '一顿饭三口肉', '汤里漂着头发'],
    ill: ['孩子拉肚子', '班里好几个孩子肚子疼', '孩子回来就吐了', '孩子饿着回家'],
  },
  topics: ['学校食堂'],
  remarks: ['我家孩子也说', '家长群吵起来了', '食堂该查', '教育局看看', '孩子的饭不能马虎'],
  beats: [
    {
      from: 1,
      to: 118,
      posts: 82,
      copies: 0.15,
      texts: [
        '{school}食堂{bad}，{ill}，交的餐费去哪了',
        '投诉{school}食堂，{bad}，家长要求看后厨',
        '孩子在{school}上学，说食堂{bad}，不敢吃',
        '{school}家长群，{nn}个家长反映食堂{bad}',
        '伊川县教育局能不能查查{school}的食堂，{bad}',
        '{school}食堂换了承包公司以后就{bad}，{ill}',
        '给老师反映{school}食堂{bad}，老师说她也吃这个',
        '{ill}，医生问吃了什么，{school}食堂的饭，{bad}',
        '{school}食堂说要整改，{n}天了还是{bad}',
        '{school}一个月餐费{nn}0块，食堂{bad}',
      ],
    },
    {
      from: 10,
      to: 110,
      posts: 12,
      channels: [['hotline', 1]],
      texts: [
        '【投诉】市民反映：伊川县水寨镇云栖实验学校食堂{bad}，{ill}，诉求市场监管和教育部门检查。',
        '【举报】市民反映：伊川县云栖实验学校食堂承包方使用过期食材，{bad}。',
        '【建议】市民建议：伊川县云栖实验学校食堂公开后厨视频，家长轮流陪餐。',
      ],
    },
  ],
};
