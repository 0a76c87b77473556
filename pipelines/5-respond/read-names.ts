import type { Span } from '../domain/fact.ts';

/** A name and what it stands for in the text: two texts differ only where the same role is filled differently. */
export interface Named extends Span {
  /** 事发地·镇, 救治医院, 负责人: what it is the name of, in words for people. */
  readonly role: string;
}

/** Words that end before a name begins. */
const EDGE =
  '在于从自向往至到经由的和与及或了是为有被对将把让请其该各本我同另又并且均已正仍现据经因故称说指中内外处边旁上下前后，。；：、！？（）“”《》\\s\\d';
const PLACE = new RegExp(
  `[^${EDGE}]{1,6}?(?:自治县|水库|大桥|小区|社区|街道|中学|小学|学校|广场|路口|隧道|化工园|园区|开发区|县(?!城|委|级)|镇(?!政|级)|乡(?!镇|村)|村(?!民|委|里|级)|路(?!口|段|面|人)|大街|河(?!道|水|边|堤)|区(?!域|间))`,
  'gu',
);
const LEAD = /^(?:事发|相关|有关|部分|周边|附近|涉事|多个|目前|全部)+/u;
/** Words that only say what kind of place: 城镇, 全县, 灾区, 公路. */
const NO_NAME =
  /^(?:[全本各某该外我]?[县镇乡村区]|城镇|乡镇|集镇|农村|乡村|.[灾城景库辖]?区|[公道马铁线半出思一]路|小区|社区|街道|学校|水库|.{0,2}(?:灾|城|景|库|辖|片|地|园)区)$/u;
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/自治县$|县$/u, '县'],
  [/街道$/u, '街道'],
  [/镇$|乡$/u, '乡镇'],
  [/社区$/u, '社区'],
  [/小区$/u, '小区'],
  [/村$/u, '村'],
  [/水库$/u, '水库'],
  [/大桥$/u, '桥'],
  [/中学$|小学$|学校$/u, '学校'],
  [/路$|大街$|路口$/u, '道路'],
  [/河$/u, '河流'],
  [/隧道$/u, '隧道'],
  [/广场$/u, '广场'],
  [/园区$|化工园$|开发区$/u, '园区'],
  [/区$/u, '区'],
];
const TO = /(?:转移到|转移至|安置到|安置至|安置在|安置于|疏散至|疏散到|撤离到|前往|搬到)[^，。；]{0,12}$/u;

/** The places a text names, each with whether it happened there or people were brought there. */
export function placesIn(text: string): Named[] {
  const found: Named[] = [];
  for (const clause of text.matchAll(/[^，。；！？\n]+/gu))
    for (const match of clause[0].matchAll(PLACE)) {
      const lead = LEAD.exec(match[0])?.[0].length ?? 0;
      const whole = match[0].slice(lead);
      const kind = KINDS.find(([ending]) => ending.test(whole))?.[1];
      if (kind === undefined || whole.length < 2 || NO_NAME.test(whole)) continue;
      const from = match.index + lead;
      // An office is not where it happened: 宜阳县水利局, 城关镇政府.
      if (
        /^(?:人民)?(?:政府|委|应急|公安|水利|教育|卫|交警|消防|住建|环保|生态|市场|交通|城管|文旅|派出所|融媒|发布|气象|供水|供电)/u.test(
          clause[0].slice(from + whole.length),
        )
      )
        continue;
      const role = TO.test(clause[0].slice(0, from)) ? `安置地·${kind}` : `事发地·${kind}`;
      const start = clause.index + from;
      found.push({ role, start, end: start + whole.length, text: whole });
    }
  return found;
}

const SURNAME =
  '[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公]';
const TITLE =
  '副局长|局长|副县长|县长|副市长|市长|副区长|区长|副镇长|镇长|副主任|主任|副所长|所长|大队长|支队长|队长|院长|校长|副校长|书记|总指挥|总经理|法定代表人|法人代表|负责人|责任人|联系人|发言人|司机|驾驶员';
const BEFORE = new RegExp(
  `(${TITLE})(?:为|是|系|：|:)?(${SURNAME}(?:某某?|[\\p{Script=Han}]{1,2}?))(?=$|[，。；、（）\\s]|表示|介绍|说|称|任|赶|带|到|已|被|（)`,
  'gu',
);
const AFTER = new RegExp(
  `(?:^|[，。；、：由]|联系|[局县市区镇院校队])(${SURNAME}(?:某某?|[\\p{Script=Han}]{1,2}?))(?=${TITLE})(${TITLE})`,
  'gu',
);

const OFFICE =
  '[\\p{Script=Han}]{2,16}?(?:局|委员会|公司|集团|医院|中心|派出所|支队|大队|政府|指挥部|调查组|研究院|检测院|厂)';
/** A body has a role only where the text says so; whoever publishes under the own name stands in every text and differs in each. */
const BODIES: readonly (readonly [role: string, RegExp])[] = [
  [
    '救治医院',
    /(?:送往|送至|送到|送医至|转至|在|就诊于)([\p{Script=Han}]{2,14}?医院)(?=救治|治疗|就诊|就医|抢救|接受|，|。|；)/gu,
  ],
  ['牵头单位', new RegExp(`由(${OFFICE})(?=牵头)`, 'gu')],
  ['调查单位', new RegExp(`由(${OFFICE})(?=(?:正在|负责|组织|开展|进行|展开)?(?:立案)?(?:调查|核查|处置|侦办))`, 'gu')],
  ['涉事单位', new RegExp(`(?:涉事(?:企业|单位|公司|工厂|商家)|肇事企业)(?:为|是|系|：)?(${OFFICE})`, 'gu')],
  ['责任单位', new RegExp(`责任单位(?:为|是|系|：)?(${OFFICE})`, 'gu')],
  ['施工单位', new RegExp(`施工单位(?:为|是|系|：)?(${OFFICE})`, 'gu')],
  ['检测机构', new RegExp(`(?:经|委托)(${OFFICE})(?=检测|监测|鉴定|化验)`, 'gu')],
];

/** People and bodies by the role the text gives them. */
export function namesIn(text: string): Named[] {
  const found: Named[] = [];
  const add = (role: string, match: RegExpExecArray, name: string): void => {
    const start = match.index + match[0].lastIndexOf(name);
    if (!found.some((known) => known.start === start))
      found.push({ role, start, end: start + name.length, text: name });
  };
  for (const match of text.matchAll(AFTER)) add(match[2]!, match, match[1]!);
  for (const match of text.matchAll(BEFORE)) add(match[1]!, match, match[2]!);
  for (const [role, pattern] of BODIES) for (const match of text.matchAll(pattern)) add(role, match, match[1]!);
  return found.sort((a, b) => a.start - b.start);
}

/** 县人民医院 and 宜阳县人民医院 may be one: the shorter is the end of the longer. 李某 may be 李明. */
export function isSameName(a: string, b: string): boolean {
  if (a === b || a.endsWith(b) || b.endsWith(a)) return true;
  const [some, full] = /某/u.test(a) ? [a, b] : [b, a];
  return /某/u.test(some) && some.charAt(0) === full.charAt(0);
}
