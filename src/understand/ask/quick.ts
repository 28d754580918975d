import { englishNumber } from '../dates/englishDays.js';
import { readName } from '../names.js';
import { normalize } from '../normalize.js';
import { parseNumber } from '../numbers.js';

/** A sign-up or its end in one line, as people write it in groups. */
export type QuickSignUp =
  /**
   * `names` as written; empty: the writer. `children` and `extra` come along with the writer. `places`: so many, as `+2` adds them to a
   * list; whether the writer is one of them is not said.
   */
  | {
      readonly type: 'join';
      readonly names: readonly string[];
      readonly children?: number;
      readonly extra?: number;
      readonly places?: number;
    }
  | { readonly type: 'leave' };

const longest = 60;
const mostNames = 10;
const mostGuests = 20;

const numeral = '(\\d{1,2}|[一二两三四五六七八九十俩]{1,2})';
const child = '(?:孩子|小孩|小朋友|娃娃?|儿子|女儿|孙子|孙女|外孙女?|宝宝)';
const grownUp = '(?:大人|老人|家人|家属|朋友|人|老伴|爱人|老公|老婆|妻子|丈夫|妈妈|爸爸|爸妈|我?妈|我?爸|爷爷|奶奶|邻居|闺蜜)';
const join = '(?:(?:一起|一块儿?|都)?(?:报名|参加|来|去))?';
const bareJoin = /^(?:我(?:要|想)?|帮我)?报(?:个|一下)?名(?:参加)?(?:吧|啦|啊|一下)?$|^\+1$|^(?:sign me up|count me in|i'?m in|join)$/i;
const bring = new RegExp(
  `^(?:我(?:要|想)?(?:报名)?|报名)?[\\s,]*带(?:上|着)?\\s?(?:${numeral}\\s?)?(?:个|名|位)(${child}|${grownUp})(?:一起|过)?${join}$`,
);
const plus = /^(?:报名|我(?:要)?报名)?\s?\+\s?(\d{1,2})$/;
const counted = new RegExp(`^(?:我(?:要|想)?)?报(?:个|一下)?名\\s?${numeral}\\s?(?:个人?|人|位|名)(?:名额)?$`);
const together = new RegExp(
  `^(?:报名\\s?)?我(?:和|跟|带着?|同)(?:我)?(?:家)?(?:的)?(?:${numeral}\\s?个)?(${child}|${grownUp})(?:两个人?|俩|一起)?${join}$`,
);
const family = new RegExp(
  `^(?:报名\\s?)?(?:我们|我家|咱们?)?(?:一家)?${numeral}(?:口人?|个人?)?(?:报名|参加|都去|一起去)$|^(?:报名\\s?)?(?:我们|我)一家${numeral}口$|^(?:报名\\s?)?我(?:们)?(俩|两个|仨)(?:报名|参加|都去)?$`,
);
const withNames = /^(?:我(?:要|想)?|请|麻烦)?(?:帮(?:我|忙)?|给|替)?\s?报(?:个|一下)?名\s?([:,]?)\s?(.{1,50})$/;
const forNames = /^(?:我(?:要|想)?|请|麻烦)?(?:帮|给|替)(.{2,40}?)报(?:个|一下)?名$/;
const forOwn = new RegExp(`^(?:我(?:要|想)?|请|麻烦)?(?:帮|给|替)(?:我)?(?:们)?(?:家)?(?:的)?(${child}|${grownUp})报(?:个|一下)?名$`);
const english = /^(?:please\s)?(?:sign up|register|join|book(?: a place)? for)[:\s]\s?(.{2,50})$/i;
const englishGuests =
  /^(?:i'?m |i am |i'?ll )?(?:coming |come )?(?:with|bringing|bring)\s(\d{1,2}|one|two|three|four|five|an?)\s(kids?|children|child|friends?|guests?|adults?|people)$/i;
const separator = /\s*(?:[、,;/&]|和|跟|与|\s)\s*/;
const ill = '(?:(?:我家?|我们家?|家里)?(?:孩子|小孩|宝宝|娃娃?|老人|儿子|女儿|孙子|孙女)?(?:生?病|发烧|感冒|不舒服)了?)';
const excuse = `(?:(?:不好意思|抱歉|对不起|sorry|临时有事|突然有事|有事|家里有事|${ill})[\\s,。!]*)*`;
const leave = new RegExp(
  `^${excuse}(?:我们?|我家)?(?:今天|明天|后天|这次|周[一二三四五六日天])?(?:不去了|去不了了?|不来了|来不了了?|不参加了|参加不了了?|没法[来去]了?|不能[来去]了|不报了|要取消|取消(?:报名)?(?:吧|一下|了)?|退出(?:报名)?|退报|帮我取消(?:报名)?(?:一下)?|(?:i\\s)?(?:can'?t|cannot) (?:come|make it|attend)(?: (?:anymore|any more|after all))?|(?:please )?cancel(?: (?:it|my (?:place|sign-?up|registration)))?|i'?m (?:not coming|out)|count me out)$`,
  'i',
);

// After 报名 these are no names.
const noName =
  /[吗嘛呢么吧啊呀?!]|怎么|什么|如何|哪|谁|几|多少|成功|失败|截止|时间|地点|方式|电话|费|表|链接|人数|名额|活动|已|完成|完了|开始|结束|处|点|的|了|过|不|没|别|要|请|可以|能|还|也|都|从|到|在|取消|一下|参加|课|班|二维码|码|系统|群|须知|条件|信息|资料|入口|通道|通知/;
const surname =
  /^[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦昌马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房丁邓洪包左石崔吉龚程邢裴陆翁荀甄曲封储靳段焦侯宓全班仰秋仲宫宁仇栾祖武符刘景詹龙叶幸司黎薄白蒲赖卓蔺屠蒙池乔阳胥闻党翟谭贡姬申冉桑桂牛寿边燕冀浦尚农温庄晏柴瞿阎慕连习艾鱼容向古易廖居衡步耿满匡文寇广欧沃利蔚越隆师巩聂关荆红游竺权盖益桓公肖付闫邝覃仝佟]/u;

const countOf = (words: string | undefined): number => {
  if (words === undefined) return 1;
  const read = parseNumber(words, { min: 1, max: mostGuests });
  return read.ok ? read.value : Number.NaN;
};

const guests = (kind: string, many: number): QuickSignUp | null => {
  if (!(many >= 1 && many <= mostGuests)) return null;
  return new RegExp(`^${child}$`).test(kind) ? { type: 'join', names: [], children: many } : { type: 'join', names: [], extra: many };
};

const placesOf = (places: number): QuickSignUp | null => (places >= 1 && places <= mostGuests ? { type: 'join', names: [], places } : null);

/** Names in a list; undefined where one of them is none. `sure`: a space or a colon says that names follow. */
function namesIn(words: string, sure: boolean): readonly string[] | undefined {
  const listed = words.split(separator).filter((word) => word !== '');
  // A Latin name has spaces of its own.
  const parts = /^[\p{Script=Latin} .'’-]+$/u.test(words) ? [words.trim()] : listed;
  if (parts.length === 0 || parts.length > mostNames) return undefined;
  const names: string[] = [];
  for (const part of parts) {
    const read = readName(part);
    if (!read.ok || noName.test(part) || /\d/.test(part) || (/\p{Script=Han}/u.test(part) && !/^[\p{Script=Han}·]{2,8}$/u.test(part)))
      return undefined;
    if (/^\p{Script=Latin}/u.test(part) && !/^\p{Lu}/u.test(part)) return undefined;
    if (!sure && !((surname.test(part) || /^[老小阿]./u.test(part)) && Array.from(part).length <= 4)) return undefined;
    names.push(read.name);
  }
  return [...new Set(names)];
}

/**
 * Reads a whole message of a group that signs somebody up or off: `报名 张三`, `报名张三、李四`, `带2个孩子`, `+2`, `我和老伴`; `我不去了`, `取消`, `来不了了`. Null for everything else:
 * 怎么报名, 报名了吗, 老王也报名 and 爬山的扣1 are not for the bot.
 */
export function readQuickSignUp(text: string): QuickSignUp | null {
  if (text.length > longest * 2) return null;
  const said = normalize(text).replace(/[。.!~\s]+$/, '');
  if (said === '' || said.length > longest) return null;
  if (leave.test(said)) return { type: 'leave' };
  if (bareJoin.test(said)) return { type: 'join', names: [] };
  const more = plus.exec(said);
  const many = more ?? counted.exec(said);
  if (many !== null) return placesOf(countOf(many[1]));
  const brought = bring.exec(said);
  if (brought !== null) return guests(brought[2] ?? '', countOf(brought[1]));
  const both = together.exec(said);
  if (both !== null) return guests(both[2] ?? '', countOf(both[1]));
  const all = family.exec(said);
  if (all !== null)
    return guests('', countOf((all[1] ?? all[2] ?? all[3] ?? '').replace('两个', '两').replace('俩', '两').replace('仨', '三')) - 1);
  const friends = englishGuests.exec(said);
  if (friends !== null) return guests(/kid|child/i.test(friends[2] ?? '') ? '孩子' : '', englishNumber(friends[1]) ?? Number.NaN);
  // 孙子 is no name.
  if (forOwn.test(said)) return null;
  const named = withNames.exec(said) ?? undefined;
  const separated = named !== undefined && (named[1] !== '' || /名\s/.test(said));
  const words = named?.[2] ?? forNames.exec(said)?.[1] ?? english.exec(said)?.[1];
  const names = words === undefined ? undefined : namesIn(words, named === undefined ? english.test(said) : separated);
  return names === undefined ? null : { type: 'join', names };
}

const named = "([\\p{Script=Han}·]{2,8}?|\\p{Lu}[\\p{L}\\p{M}'’. -]{1,30}?)";
const leaveNamed = new RegExp(
  `^${excuse}(?:${named}(?:今天|明天|这次|这一?节)?(?:不去了|去不了了?|不来了|来不了了?|不参加了|不报了)|(?:不带|取消|退掉)${named}(?:的?报名)?了?|(?:please )?cancel ${named})$`,
  'iu',
);

/** Whom or what a whole message in private gives back: 张三不去了, 取消书法班; '' where it is not said: 我不去了. Null: nothing is given back. */
export function readGivingBack(text: string): string | null {
  if (text.length > longest) return null;
  const said = normalize(text).replace(/[。.!~\s]+$/, '');
  if (leave.test(said)) return '';
  const [, ...whom] = leaveNamed.exec(said) ?? [];
  return whom.find((one) => one !== undefined)?.replace(/^(?:我|我的)(?=.)/, '') ?? null;
}

/** Whether a whole message says that somebody of one's own is to be signed up, without a name: 我要给孙子报名. In private that is a wish; in a group others may be meant. */
export const signsUpOwn = (text: string): boolean => text.length <= longest && forOwn.test(normalize(text).replace(/[。.!~\s]+$/, ''));

/** Whether somebody who is no child of one's own is to be signed up, without a name: 给邻居报名. */
export const signsUpOther = (text: string): boolean => {
  const kind = text.length <= longest ? forOwn.exec(normalize(text).replace(/[。.!~\s]+$/, ''))?.[1] : undefined;
  return kind !== undefined && !new RegExp(`^${child}$`).test(kind);
};

/** Words that begin like a surname and are none. */
const noSurname =
  /^(?:谢谢|多谢|感谢|明天|明早|明晚|后天|今天|周[一二三四五六日天末]|星期.|小邻|老师|老人|小孩|小朋友|安排|全部|全家|马上|时间|和谐|高兴)/u;

/** Whether a word is surely somebody's name, also where it could be an event's: 张三, 老王, Anna, and neither 钢琴 nor 谢谢. */
export const isSurelyName = (word: string): boolean => {
  if (/^\p{Script=Latin}/u.test(word)) return /^\p{Lu}[\p{Ll}'’.-]/u.test(word);
  return Array.from(word).length <= 4 && !noSurname.test(word) && (/^[老小阿]./u.test(word) || surname.test(word));
};

const otherMind =
  /^(?:算了[,\s]*)?(?:不用了?|我?(?:又)?(?:改变?主意|变卦)了?|(?:i(?:'ve| have)? )?changed my mind)(?:[,\s]*(?:不去|不来|不报)了)?$/i;

/** Whether a whole message says that somebody has thought better of it, without saying of what: 不用了, 我改主意了. */
export const changedMind = (text: string): boolean => text.length <= longest && otherMind.test(normalize(text).replace(/[。.!~\s]+$/, ''));
