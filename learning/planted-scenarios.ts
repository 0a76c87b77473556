/**
 * What planted incidents are about, in words of our own. A post is put together from parts, so that no two need agree in more
 * than the thing itself; `{estate}`, `{road}`, `{school}`, `{person}` and `{age}` stand for what is invented for each incident.
 */
export interface Scenario {
  readonly kind: 'plea' | 'complaint' | 'accident' | 'rumor' | 'disaster';
  /** Each names the thing that happened; synonyms on purpose. */
  readonly happens: readonly string[];
  readonly details: readonly string[];
  readonly ends: readonly string[];
}

const phrases = (joined: string): string[] => joined.split('|');

export const SCENARIOS: readonly Scenario[] = [
  {
    kind: 'complaint',
    happens: phrases(
      '{estate}又停水了|我们{estate}已经断水两天|{estate}这边自来水一滴都没有|从昨晚开始{estate}停水到现在|{estate}整片停水，水龙头干的|谁知道{estate}停水要停到几点',
    ),
    details: phrases(
      '老人连做饭的水都没有|打水务热线一直占线|事先一张通知也没贴|孩子刚打完球没法洗澡|楼下超市的桶装水都被抢光了|物业说不知道原因|水压前几天就不对劲',
    ),
    ends: phrases('到底有没有人管|请供水公司给个说法|投诉了三次没人回|什么时候能恢复|这日子没法过了|希望尽快抢修'),
  },
  {
    kind: 'complaint',
    happens: phrases(
      '{road}这一带半夜有刺鼻异味|一开窗就是{road}化工厂飘来的臭味|{road}附近空气里全是刺鼻的味道|今晚{road}的异味特别重|{road}的化工异味又来了|闻到{road}那边一股恶臭',
    ),
    details: phrases(
      '熏得头疼睡不着|孩子一直咳嗽|关着窗户都挡不住|邻居也说嗓子难受|每到后半夜就开始排|味道像烧塑料|已经持续一个星期',
    ),
    ends: phrases(
      '环保部门能不能来测一下|请查一查是不是偷排|投诉过没有下文|住在这里真怕得病|有没有人一起去反映|求给个说法',
    ),
  },
  {
    kind: 'complaint',
    happens: phrases(
      '{estate}的工地又通宵施工|{estate}旁边打桩机响到凌晨三点|{estate}夜里施工噪音大得吓人|受不了{estate}门口的夜间施工了|{estate}工地噪音扰民又开始了|今夜{estate}外面还在施工，吵死人',
    ),
    details: phrases(
      '孩子明天还要考试|家里有心脏病老人|渣土车一辆接一辆|报过警，人走了又接着干|夜间许可证从来没公示|整栋楼都被吵醒|分贝仪测到七十多',
    ),
    ends: phrases('城管有没有人管|能不能依法处罚|请相关部门处理|真的忍无可忍|希望给居民一个交代|再不管就一起去投诉'),
  },
  {
    kind: 'complaint',
    happens: phrases(
      '{estate}项目拖欠我们工资半年|在{estate}干活的工钱一直不给|{estate}工地欠薪，三十多人没拿到钱|{estate}的包工头跑了，工资没着落|来讨{estate}项目的血汗钱|{estate}总包说没钱，欠薪没人认',
    ),
    details: phrases(
      '家里等着交学费|劳动合同都没签|去了几次项目部都锁着门|欠条上写得清清楚楚|工友里还有六十岁的|年前答应的现在不算了|一共欠了八十多万',
    ),
    ends: phrases('请劳动监察帮帮我们|只想要回自己的工钱|投诉没有结果|谁来给农民工做主|希望尽快解决|求关注'),
  },
  {
    kind: 'complaint',
    happens: phrases(
      '{school}食堂的饭吃坏了好多孩子|{school}今天一批学生上吐下泻|{school}学生午饭后腹泻呕吐|孩子在{school}吃完食堂就肚子疼|{school}食堂疑似食物中毒|听班级群说{school}好几个孩子呕吐送医',
    ),
    details: phrases(
      '家长都在医院排队|送餐公司说没问题|菜里见过虫子|老师让大家先不要声张|一个班有十几个请假|鸡肉吃着就是馊的|校门口围了很多家长',
    ),
    ends: phrases('请市场监管来查|学校必须给家长交代|孩子的事不是小事|要求公布检测结果|有没有官方通报|教育局管不管'),
  },
  {
    kind: 'accident',
    happens: phrases(
      '{road}一家饭店燃气爆炸|刚才{road}发生爆炸，响声很大|{road}那边突然炸了|{road}的门面爆炸起火|{road}疑似煤气罐爆炸|{road}一声巨响，店铺被炸开',
    ),
    details: phrases(
      '玻璃碎了一地|看到有人满脸是血被抬出来|消防车来了七八辆|隔一条街都震得晃|附近已经拉起警戒线|浓烟还在往外冒|救护车来来回回',
    ),
    ends: phrases('希望没有人伤亡|大家绕行|人没事就好|太吓人了|里面还有人吗|愿平安'),
  },
  {
    kind: 'accident',
    happens: phrases(
      '{road}公交车和货车相撞|{road}出车祸了，公交车头撞烂|一辆公交在{road}撞上大货车|{road}发生严重车祸|{road}路口公交车追尾货车|刚路过{road}，公交车被撞得变形',
    ),
    details: phrases(
      '车上有乘客受伤|司机被卡在驾驶室|两个方向都堵死了|路人帮着砸窗救人|交警正在疏导|地上散了一地的货|看到三辆救护车',
    ),
    ends: phrases('开车的注意绕行|愿伤者平安|这个路口早该装红绿灯|有没有人知道情况|开慢点吧各位|希望都没事'),
  },
  {
    kind: 'accident',
    happens: phrases(
      '{estate}高层着火了|{estate}三号楼冒黑烟起火|{estate}有住户家里失火|{estate}那栋楼火灾，火苗窜出窗户|{estate}着火，整个楼道都是烟|{estate}突发大火',
    ),
    details: phrases(
      '有人在阳台呼救|消防通道被私家车堵了|云梯车正在往上喷水|楼上的老人被背下来了|烟味几百米外都闻得到|听说是电动车充电引起|住户都跑到楼下',
    ),
    ends: phrases('祈祷没有人受伤|消防员注意安全|以后别在楼道充电了|愿平安|太揪心了|等官方通报'),
  },
  {
    kind: 'accident',
    happens: phrases(
      '{road}在建的脚手架坍塌|{road}工地塌了|{road}那个工地架子垮塌|{road}一处工地发生坍塌事故|{road}施工的楼板倒塌下来|轰的一声，{road}工地脚手架倒了',
    ),
    details: phrases(
      '有工人被压在下面|消防正在搜救|现场尘土很大|工友徒手在挖|家属哭着往里冲|吊车开进去了|说是有五六个人',
    ),
    ends: phrases('希望人都救出来|安全员在干什么|请严查|工人太不容易了|等通报|愿平安'),
  },
  {
    kind: 'disaster',
    happens: phrases(
      '暴雨下了一夜，{road}积水齐腰|{road}被水淹了|{road}内涝，水漫进一楼|这场暴雨把{road}变成河|{road}积水太深，车都泡了|暴雨还在下，{road}洪水涨上来了',
    ),
    details: phrases(
      '地下车库全进水|水里漂着电动车|停电了，手机快没电|邻居用门板转移老人|井盖被冲开了|超市一楼货全泡|救援的皮划艇到了',
    ),
    ends: phrases('大家千万别出门|什么时候来抽水|注意安全|求支援|排水系统该治治了|愿平安'),
  },
  {
    kind: 'disaster',
    happens: phrases(
      '{road}后山滑坡，路断了|山体滑坡埋了{road}一段|{road}发生滑坡，石头滚下来|{road}塌方，两边车都过不去|下雨引发{road}山体滑坡|{road}那里滑坡，泥石流冲到路上',
    ),
    details: phrases(
      '有一辆车差点被埋|挖掘机在清|电线杆倒了两根|山上还在掉石头|附近几户已经转移|手机信号断断续续|班车全停了',
    ),
    ends: phrases('过路的司机别走这边|多久能通|注意安全|希望没人受伤|请交通部门发布路况|愿平安'),
  },
  {
    kind: 'rumor',
    happens: phrases(
      '网传{school}门口有人抢小孩|听说{school}附近有陌生人拐孩子|群里都在传{school}小孩被面包车拐走|{school}门口抢孩子是真的吗|据说{school}已经丢了两个孩子|有人说{school}放学时孩子被抱走，求证',
    ),
    details: phrases(
      '家长群都炸了|说是外地牌照的白色面包车|视频看着不像我们这里|派出所还没说话|朋友的朋友亲眼看见|老师也转了|传得有鼻子有眼',
    ),
    ends: phrases('到底真的假的|有没有官方出来说一声|求辟谣|接孩子都注意点|不知道该不该信|警方能回应一下吗'),
  },
  {
    kind: 'rumor',
    happens: phrases(
      '网传{estate}自来水被污染不能喝|听说{estate}水源被投毒|群里在传{estate}的水检出有毒|{estate}的水有毒是真的吗|据说{estate}自来水超标喝了得病|有人转发说{estate}水厂出事，水不能喝',
    ),
    details: phrases(
      '超市的水都卖空了|说是内部朋友讲的|截图没有公章|水厂电话打不进去|看着颜色是有点黄|亲戚都打电话来问|小区群里吵翻了',
    ),
    ends: phrases('真的假的|求官方回应|别以讹传讹|到底能不能喝|是谣言吧|请水务局说句话'),
  },
  {
    kind: 'plea',
    happens: phrases(
      '求助！我{person}今天早上在{road}走失|寻人：{person}在{road}附近走丢了，有老年痴呆|帮忙扩散，家里老人从{road}走失至今未归|紧急寻人，{person}昨天在{road}走失|求扩散！老人在{road}走失一天了|急寻走失老人，最后出现在{road}',
    ),
    details: phrases(
      '穿灰色外套黑布鞋|今年{age}岁，身上没带手机|说话带外地口音|走路有点跛|头发全白，个子不高|可能坐公交走了|监控看到往东走',
    ),
    ends: phrases(
      '有看到的请联系家属或者报警|请好心人留意，联系电话见评论|求大家帮帮忙|见到请报警，万分感谢|家里人急疯了，请联系我们|帮忙转给附近的朋友，请留意',
    ),
  },
  {
    kind: 'plea',
    happens: phrases(
      '求救！我们一家被困在{estate}|{estate}还有老人被困在楼上，求救援|被困{estate}出不去，水快到二楼|求助，{estate}有孕妇被困|{estate}被困十几个人，快来救人|紧急求助，{estate}有孩子和老人被困',
    ),
    details: phrases(
      '手机只剩一格电|已经一天没吃东西|打救援电话一直忙|有个孩子在发烧|水还在往上涨|我们在房顶上|一共七个人',
    ),
    ends: phrases('求救援队联系我们|请帮忙扩散|快来人救救我们|谁能联系到救援，急|求求大家转给救援队|请联系电话见评论'),
  },
];

export const ESTATE_HEADS =
  '锦绣 金桂 翠湖 和顺 瑞景 龙泉 春晓 银河 东篱 望江 枫林 玉兰 朝晖 清荷 福临 星辰 云栖 碧波 丹桂 永兴'.split(' ');
export const ESTATE_TAILS = '花园 家园 新城 名苑 佳苑 华庭'.split(' ');
export const ROAD_NAMES =
  '建业 兴隆 滨湖 学苑 迎宾 凤鸣 青松 长乐 东明 金谷 文昌 康复 槐树 团结 育才 新民 柳林 南苑 北辰 通达'.split(' ');
export const VILLAGE_NAMES = '柳树屯 上河 赵家 石桥 杏花 马坊 下沟 东岭 槐林 小李家'.split(' ');
/** Openers that people use; most posts have none. */
export const OPENERS = [
  '',
  '',
  '',
  '',
  '刚刚，',
  '唉，',
  '各位，',
  '说个事，',
  '气死了，',
  '提醒一下：',
  '现场看到，',
  '朋友圈都在说，',
] as const;
/** Who is looked for: one person an incident. */
export const PERSONS = ['爷爷', '奶奶', '父亲', '母亲', '外公', '外婆'] as const;
