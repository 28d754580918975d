import { readFullName } from './names.js';

/** Answers, wishes and things of a form: said where a name is asked for, they are none. */
const saidInstead = new RegExp(
  `^(?:${[
    '我?(?:不)?同意|好的?|好[吧啊呀嘞]|行|可以|是的?|对的?|嗯+|要|不要了?|不用了?|不是|不行|不|没有?|没有了|知道了?|不知道|收到|谢谢|算了|随便',
    '删除|删掉|取消|确认|确定|提交|发送|返回|继续|更多|全部|跳过|修改|完成|结束|添加|登录|注册|签到|请假|活动|报名|社区|名单',
    '名字|姓名|孩子姓名|大名|小名|乳名|生日|年龄|性别|男生?|女生?|家长|监护人|本人|自己|测试',
    'yes|no|ok|okay|sure|agree|i agree|disagree|delete|name|test',
  ].join('|')})$`,
  'iu',
);

/** Words of questions and sentences that stand in nobody's name; 何时, 几道 and 不凡 may. */
const inSentences =
  /什么|怎么|怎样|咋|为啥|啥时|多少|谁|哪[里儿个天些]|几[点岁号个月时]|有没有|有无|能不能|可不可以|是不是|会不会|要不要|不知道|不清楚|不晓得|不记得|忘记|没想好|不是|不要|不去|不来|不想|不能|不用|不对|不同意|报名|取消|活动|课程|上课|名额|候补|撤回|出生|身份证|电话|手机号|幼儿园|兴趣班|夏令营|孩子|小孩|小朋友|男孩|女孩|双胞胎/u;
const sentence =
  /^(?:我|你|您|咱|俺|这|那个|[他她](?:是|的|要)|请问|帮[我忙]|给我|麻烦|别人|人家|邻居|还没|没有|暂时)|[吗呢吧]$|课$|家的$/u;
const inEnglish = /^(?:when|what|how|where|why|which|who|is there|are there|do you|does|my|our|the|i|i'm|i am|please)\s/iu;

/** Who somebody is to the family, instead of a name. Whole, since 孙子涵 and 安吉儿 are names. */
const kin = new RegExp(
  `^(?:大|小|二|老|[一两三四]个|家里)?(?:的)?(?:${[
    '宝宝|宝贝|娃娃?|小娃|儿子|女儿|闺女|姑娘|丫头|小子|孙子|孙女儿?|外孙|外孙[女子]|外甥女?|侄[子女儿]|老[大二三]|[大二三]宝|哥哥?|姐姐?|弟弟?|妹妹?',
    '妈妈?|爸爸?|爸妈|爷爷?|奶奶?|姥姥|姥爷|外公|外婆|老人|学生|小学生',
  ].join('|')})$`,
  'u',
);

const n = '[〇零一二三四五六七八九十廿\\d]';
/** A day, where only Chinese digits are left of it: other digits are refused in names anyway. */
const day = new RegExp(
  `^(?:农历|阴历|公历|阳历)?(?:${n}{2,4}年(?:${n}{1,3}月(?:份)?)?(?:初?${n}{1,3}[日号]?)?|${n}{1,3}月(?:份)?初?${n}{1,3}[日号]?)$`,
  'u',
);

/**
 * Reads the name of a child as it stands in papers. What is plainly none is refused: answers and commands, questions and sentences, days, and who the
 * child is to somebody. `calls` says which texts are words of commands with something behind them: 活动 书法.
 */
export function readChildName(text: string, calls: (text: string) => boolean = () => false): ReturnType<typeof readFullName> {
  const read = readFullName(text);
  if (!read.ok) return read;
  const said = read.name.replace(/\s+/gu, ' ');
  const none = [saidInstead, inSentences, sentence, inEnglish, kin, day].some((pattern) => pattern.test(said));
  return none || (/\p{Script=Han}/u.test(said) && calls(said)) ? { ok: false, reason: 'notAName' } : read;
}
