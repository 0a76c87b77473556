import type { Tier } from '../domain/tier.ts';

/** Peoples in the names of autonomous divisions, longest first, so that 蒙古族 goes before 蒙古. */
const PEOPLES = (
  '壮族 回族 苗族 瑶族 藏族 彝族 侗族 满族 傣族 黎族 畲族 羌族 佤族 水族 土族 白族 维吾尔 蒙古族 蒙古 哈萨克族 哈萨克 柯尔克孜 塔吉克 锡伯 ' +
  '朝鲜族 土家族 布依族 哈尼族 傈僳族 拉祜族 纳西族 景颇族 布朗族 仡佬族 仫佬族 毛南族 撒拉族 保安族 东乡族 裕固族 鄂温克族 鄂伦春 达斡尔族 ' +
  '达斡尔 独龙族 怒族 普米族 各族 阿昌族'
)
  .split(' ')
  .sort((a, b) => b.length - a.length);

const ENDINGS: Readonly<Partial<Record<Tier, readonly string[]>>> = {
  province: ['特别行政区', '自治区', '省', '市'],
  city: ['自治州', '地区', '市', '盟'],
  county: ['自治县', '自治旗', '林区', '地区', '新区', '特区', '矿区', '市', '区', '县', '旗'],
  town: ['街道', '镇', '乡', '苏木', '地区'],
};

/** Most names end in none of these: forty thousand streets need no closer look. */
const LAST_OF_PEOPLES = new Set(PEOPLES.map((people) => people.charAt(people.length - 1)));

function withoutPeoples(name: string): string {
  let rest = name;
  for (let cut = true; cut && LAST_OF_PEOPLES.has(rest.charAt(rest.length - 1));) {
    cut = false;
    for (const people of PEOPLES) {
      if (rest.endsWith(people) && rest.length - people.length >= 2) {
        rest = rest.slice(0, rest.length - people.length);
        cut = true;
        break;
      }
    }
  }
  return rest;
}

/** 洛龙区 → 洛龙, 阿坝藏族羌族自治州 → 阿坝; the name itself where less than two characters would be left (赵县). */
export function shortNameOf(name: string, tier: Tier): string {
  for (const ending of ENDINGS[tier] ?? []) {
    if (!name.endsWith(ending)) continue;
    const rest = withoutPeoples(name.slice(0, name.length - ending.length));
    if (rest.length >= 2) return rest;
  }
  return name;
}
