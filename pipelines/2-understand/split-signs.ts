/**
 * 拆字: a sign written as its two parts, so that a word is not found. Each entry is the sign and its parts; the table is
 * our own. "Sure" pairs stood nowhere in 12.8 million signs of ordinary posts, titles and messages, so they are always
 * put together; the others are ordinary neighbours too (女子) and count only where they make a cue word.
 */
const SURE =
  '强弓虽 骗马扁 跳足兆 楼木娄 诉讠斥 诉言斥 访讠方 访言方 法氵去 淹氵奄 溺氵弱 洛氵各 阳阝日 河氵可 桥木乔 村木寸 镇钅真 煤火某 烧火尧 炸火乍 贪今贝 赂贝各 垃土立 踪足宗 割害刂 吊口巾 难又隹 病疒丙 孩子亥 ' +
  '钱钅戋 政正攵 税禾兑 救求攵 死歹匕 助且力 投扌殳 报扌艮 拆扌斥 拖扌它 打扌丁 抢扌仓 扰扌尤 抓扌爪 护扌户 污氵亏 漏氵屚 滩氵难 沟氵勾 江氵工 湖氵胡 海氵每 汉氵又 沙氵少 洪氵共 泄氵世 溃氵贵 没氵殳 沉氵冗 ' +
  '活氵舌 治氵台 涉氵步 渴氵曷 湘氵相 浙氵折 淮氵隹 深氵罙 源氵原 波氵皮 泥氵尼 油氵由 汽氵气 浪氵良 消氵肖 清氵青 讨讠寸 记讠己 诈讠乍 说讠兑 谣讠䍃 谎讠荒 证讠正 议讠义 评讠平 话讠舌 请讠青 谁讠隹 让讠上 ' +
  '警敬言 谢言射 钢钅岗 银钅艮 铁钅失 锁钅肖 钓钅勺 针钅十 饿饣我 饭饣反 饱饣包 馆饣官 饶饣尧 院阝完 险阝佥 防阝方 阴阝月 陕阝夹 陵阝夌 隐阝急 陈阝东 邮由阝 都者阝 郊交阝 郑关阝 邓又阝 部咅阝 郭享阝 利禾刂 ' +
  '制制刂 别另刂 到至刂 刑开刂 判半刂 剑佥刂 刺朿刂 刮舌刂 你亻尔 们亻门 他亻也 住亻主 伤亻力 低亻氐 供亻共 保亻呆 信亻言 停亻亭 健亻建 传亻专 偷亻俞 假亻叚 债亻责 倒亻到 作亻乍 件亻牛 份亻分 仇亻九 忙忄亡 ' +
  '怕忄白 情忄青 恨忄艮 惊忄京 慌忄荒 悔忄每 快忄夬 慢忄曼 狗犭句 猫犭苗 狼犭良 犯犭㔾 猪犭者 猛犭孟 道辶首 这辶文 还辶不 过辶寸 进辶井 远辶元 近辶斤 送辶关 退辶艮 迫辶白 逃辶兆 逼辶畐 遇辶禺 连辶车 运辶云 ' +
  '达辶大 迁辶千 疯疒风 疼疒冬 痛疒甬 疫疒殳 癌疒嵒 症疒正 疗疒了 花艹化 药艹约 草艹早 苦艹古 菜艹采 落艹洛 荒艹巟 范艹氾 苏艹办 莞艹完 蓝艹监 安宀女 家宀豕 官宀㠯 灾宀火 完宀元 密宓山 宝宀玉 富宀畐 店广占 ' +
  '庭广廷 府广付 库广车 床广木 座广坐 阅门兑 国囗玉 围囗韦 固囗古 园囗元 图囗冬 因囗大 团囗才 圈囗卷 恐巩心 怒奴心 急刍心 忘亡心 患串心 想相心 忍刃心 念今心 悲非心 慰尉心 感咸心 怨夗心 杀乂木 杀乂朩 机木几 ' +
  '枪木仓 棒木奉 梅木每 杨木昜 柳木卯 株木朱 杭木亢 校木交 标木示 检木佥 械木戒 梧木吾 桂木圭 榆木俞 横木黄 植木直 椎木隹 烟火因 烂火兰 炉火户 烦火页 焰火臽 炮火包 灼火勺 奶女乃 妇女彐 姑女古 姐女且 婚女昏 ' +
  '妙女少 威戌女 吃口乞 喝口曷 叫口丩 吵口少 告牛口 吐口土 喊口咸 唱口昌 喂口畏 嘴口觜 咳口亥 呼口乎 脏月庄 腐府肉 膝月桼 脑月㐫 时日寸 昨日乍 暖日爰 眼目艮 睡目垂 盯目丁 瞎目害 睹目者 瞒目㒼 眠目民 钉钅丁 ' +
  '错钅昔 钟钅中 铜钅同 镜钅竟 锅钅呙 链钅连 铅钅㕣 输车俞 辞舌辛 辟启辛 轨车九 载戈车 路足各 跟足艮 踩足采 距足巨 跨足夸 踢足易 蹲足尊 践足戋 蹈足舀 跪足危 躁足喿 对又寸 封圭寸 寻彐寸 导巳寸 射身寸 冷冫令 ' +
  '冻冫东 冰冫水 决冫夬 况冫兄 冲冫中 准冫隹 减冫咸 凉冫京 洁氵吉 滨氵宾 滴氵啇 漳氵章 潮氵朝 泸氵卢 灌氵雚 温氵昷 渭氵胃 济氵齐 浦氵甫 汕氵山 汝氵女 沪氵户 津氵聿 洋氵羊 涡氵呙 涪氵咅 浏氵刘 漯氵累 沂氵斤 ' +
  '沧氵仓 泗氵四 泊氵白 沈氵冘 渝氵俞 湛氵甚 淄氵甾 潍氵维 濮氵仆 沁氵心 汾氵分 沛氵市 洮氵兆 漠氵莫 渡氵度 坝土贝 场土昜 坑土亢 块土夬 堆土隹 塔土荅 墙土啬 埔土甫 坪土平 坡土皮 址土止 坎土欠 均土匀 坠队土 ' +
  '堡保土 墓莫土 型刑土 垄龙土 垦艮土 岭山令 岛鸟山 崩山朋 崖山厓 崂山劳 峰山夆 骚马蚤 驶马史 驴马户 鲁鱼日 鸡又鸟 鸭甲鸟 鹤隺鸟 鹏朋鸟 鸿江鸟 祸礻呙 福礻畐 神礻申 社礻土 礼礻乚 祝礻兄 视礻见 祈礻斤 被衤皮 ' +
  '裤衤库 补衤卜 袖衤由 初衤刀 裸衤果 衬衤寸 红纟工 纪纟己 约纟勺 级纟及 纳纟内 纱纟少 组纟且 细纟田 经纟圣 结纟吉 绝纟色 统纟充 绿纟录 线纟戋 给纟合 缴纟敫 绑纟邦 缺缶欠 罢罒去 罪罒非 置罒直 署罒者 粮米良 ' +
  '粘米占 糖米唐 种禾中 秒禾少 秋禾火 科禾斗 租禾且 积禾只 秩禾失 稳禾急 程禾呈 蚊虫文 蛇虫它 虾虫下 蛙虫圭 蚁虫义 蜂虫夆 虹虫工 蚌虫丰 购贝勾 败贝攵 财贝才 账贝长 贩贝反 赌贝者 赔贝咅 赚贝兼 贴贝占 赃贝庄 ' +
  '贱贝戋 贷代贝 费弗贝 货化贝 贺加贝 超走召 赶走干 起走己 越走戉 趋走刍 顶丁页 顺川页 项工页 顾厄页 顿屯页 颂公页 预予页 领令页 频步页 额客页 题是页 颜彦页 飘票风 魔麻鬼 魂云鬼 魅鬼未 鲍鱼包 黔黑今 黯黑音 ' +
  '数娄攵 教孝攵 放方攵 故古攵 效交攵 敌舌攵 敬苟攵 整敕正 攻工攵 收丩攵 改己攵 致至攵 ' +
  '洲氵州 洹氵亘 汴氵卞 池氵也 漕氵曹 港氵巷 澳氵奥 渤氵勃 澎氵彭 澄氵登 沽氵古 陇阝龙 锦钅帛 诸讠者 芳艹方 绍纟召 绵纟帛 扶扌夫 邯甘阝 郸单阝 郎良阝 邓登阝 宜宀且 郴林阝 淇氵其 洞氵同 浑氵军 沅氵元 溪氵奚 ' +
  '涿氵豕 滦氵栾 芜艹无 茂艹戊 莱艹来 菏艹河';
const ORDINARY =
  '好女子 贿贝有 圾土及 爆火暴 堵土者 轻车圣 困口木 镇金真 坏土不 吸口及 灶火土 ' +
  '炼火东 灯火丁 跌足失 资次贝 骑马奇 驱马区 妈女马 妹女未 肺月市 肝月干 烛火虫 呕口区 驾加马 贫分贝 转车专 辆车两 较车交';

/** How a sign may begin a split one, by its code unit. */
export const SPLIT = { none: 0, sure: 1, ordinary: 2, both: 3 } as const;

export const beginsSplit = new Uint8Array(65_536);
const whole = new Map<number, number>();
const isOrdinary = new Set<number>();

function enter(entries: string, kind: number): void {
  for (const entry of entries.split(' ')) {
    const first = entry.charCodeAt(1);
    const pair = first * 65_536 + entry.charCodeAt(2);
    beginsSplit[first] = (beginsSplit[first] as number) | kind;
    whole.set(pair, entry.charCodeAt(0));
    if (kind === SPLIT.ordinary) isOrdinary.add(pair);
  }
}
enter(SURE, SPLIT.sure);
enter(ORDINARY, SPLIT.ordinary);

/** The sign that two neighbours are the parts of, 0 for none. Ask `beginsSplit` of the first one before. */
export function wholeOf(first: number, second: number, withOrdinary: boolean): number {
  const pair = first * 65_536 + second;
  return !withOrdinary && isOrdinary.has(pair) ? 0 : (whole.get(pair) ?? 0);
}
