/**
 * What passwords are made of that are tried first: words of leaked lists as they are known everywhere, and what people here write, put
 * together by us (pinyin, keyboards, lucky numbers, roles of an office). Small letters, and as a keyboard writes them.
 */
const WORDS = `
password passwd passw0rd p@ssw0rd pass word login welcome letmein master monkey dragon shadow sunshine princess football baseball superman
batman trustno1 whatever hello freedom secret mustang michael jordan hunter ranger killer cookie summer winter spring autumn flower lovely
iloveyou loveme admin administrator root user guest test temp demo default changeme system server manager operator support service account
oracle mysql linux windows microsoft google apple huawei xiaomi tencent alibaba weibo weixin wechat taobao alipay qq douyin
abc qwe asd zxc qaz wsx edc computer internet network office public private company security safety china chinese beijing2008 asdf qwer zxcv
qwerty qwertyuiop asdfghjkl zxcvbnm 1qaz2wsx 1qaz 2wsx 3edc 4rfv qazwsx qazwsxedc 1q2w3e4r 1q2w3e 1q2w3e4r5t q1w2e3r4 zaq12wsx qweasd qweasdzxc
asdzxc qwe123 asd123 zxc123 abc123 123abc abcd1234 aa123456 a123456 admin123 root123 test123 pass123 woaini123
woaini woaiwojia woaizhongguo woaini1314 wobuzhidao woshishui woshi woshiwo nihao nihaoma xiexie zaijian mima wodemima mimashi haoma
caonima shabi laogong laopo baobao baobei qinai xiaoming zhangsan lisi wangwu zhaoliu wangwei liwei zhangwei lina wangfang
zhongguo zhonghua zhongguoren renmin weirenminfuwu zuguo gongchandang dangyuan zhengfu shizhengfu xianzhengfu quzhengfu zhengwu
gongan paichusuo jingcha jiaojing xiaofang xuanchuan xuanchuanbu wangxin wangxinban fabu fuwu rexian zhiban zhibanshi guanliyuan
guanli xitong yonghu denglu zhanghao ceshi shenji bangongshi bangong jiedao xiangzhen shequ cunweihui duban yuqing wenbida wenbida123
beijing shanghai tianjin chongqing hebei shanxi liaoning jilin heilongjiang jiangsu zhejiang anhui fujian jiangxi shandong henan hubei
hunan guangdong guangxi hainan sichuan guizhou yunnan xizang shaanxi gansu qinghai ningxia xinjiang neimenggu taiwan xianggang aomen
guangzhou shenzhen hangzhou nanjing wuhan chengdu xian zhengzhou luoyang kaifeng nanyang xinyang shangqiu zhoukou zhumadian pingdingshan
anyang jiaozuo xuchang luohe sanmenxia puyang hebi xinxiang jiyuan qingdao jinan suzhou wuxi ningbo wenzhou changsha hefei fuzhou xiamen
nanchang kunming guiyang lanzhou yinchuan xining wulumuqi lasa haerbin changchun shenyang dalian shijiazhuang taiyuan huhehaote nanning haikou
123456 123456789 12345678 1234567890 123123 123321 112233 147258369 147258 159753 159357 789456 456789 987654321 654321 321321 741852963 963852741
520 521 1314 5201314 1314520 521521 520520 7758521 7758258 666 888 168 518 998 12345 12315 12369 110 119 120 1949 2008 8888 6666 9999 5678
问必答 密码 我的密码 管理员 我爱你 中国 人民 为人民服务 值班 办公室 政府 公安 发布 测试
`;
export const COMMON_PASSWORDS: readonly string[] = WORDS.split(/\s+/u).filter((word) => word !== '');

/** Rows that fingers and counting run along, forward and back. */
export const RUNS: readonly string[] = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop[]',
  'asdfghjkl;',
  'zxcvbnm,./',
  '!@#$%^&*()_+',
];
