const corrected = '修改|更正|更新|变更|勘误|改期';
const mark = new RegExp(
  `^\\s*(?:[【[(（][^】\\])）\\n]{0,6}?(?:${corrected})(?:版|后|通知|公告)?[】\\])）]|(?:${corrected})(?:通知)?\\s?[:：])\\s*`,
  'u',
);
const greeting =
  /^\s*(?:(?:各位|亲爱的)?(?:家长|居民|邻居|邻里|朋友|同学)们?|大家|通知|注意|提醒|dear (?:parents|neighbours|all)|please note)(?:好|们好)?\s*[,，:：!！。]\s*/iu;
const turned =
  '(?:时间|日期|地点|地方|名额|人数|年龄|教室)?(?:临时)?(?:改期到|改期至|改到|改为|改成|改在|改至|换到|换成|换在|推迟到|推迟至|提前到|提前至|延期到|延期至|延到|调到|调整到|调整为|调整至|变更到|变更为)|(?:(?:has been |is |was )?(?:moved|changed|postponed|rescheduled) to)';
const turn = new RegExp(`\\s*(?:${turned})了?\\s*[:：]?\\s*`, 'iu');
/** What an event may change to: a number, a day, a time or a place. */
const toSomething =
  /[\d一二三四五六七八九十]|[周星期礼拜][一二三四五六日天]|明天|后天|上午|下午|晚上|[楼室场馆院厅园]|中心|day\b|tomorrow|room|hall/iu;
const longest = 120;

/** Whether a pasted text says of itself that it corrects an earlier one: `【更正】…`. */
export const isCorrection = (text: string): boolean => mark.test(text);

/** Whether a text says in a line that something is otherwise now: `美术课改到8月2日下午3点`, `各位家长，美术课地点改为三楼`. */
export function isChange(text: string): boolean {
  if (text.length > longest) return false;
  const [before = '', after] = text.replace(mark, '').replace(greeting, '').split(turn);
  return after !== undefined && before.trim() !== '' && toSomething.test(after);
}

const off =
  /不上了|不办了|停课|停办|取消了|取消[。.!！\s]*$|延期了?[。.!！\s]*$|要取消|得取消|改期|(?:is|are) (?:off|cancelled|postponed)/iu;

/** Whether a line says that something will not be, or not then: `明天沙尘，美术课不上了`, `通知：8月1日的美术课取消`. */
export const callsOff = (text: string): boolean => text.length <= 80 && !isCorrection(text) && off.test(text);

/** The same text without the words that say so, as an announcement would put it: what has changed stands on a line of its own. */
export function asAnnouncement(text: string): string {
  const plain = text.replace(mark, '');
  if (!isChange(text)) return plain;
  const said = plain.replace(greeting, '');
  const label = /时间|日期|地点|地方|名额|人数|年龄|教室/u.exec(turn.exec(said)?.[0] ?? '')?.[0];
  const names: Readonly<Record<string, string>> = { 地方: '地点', 教室: '地点', 日期: '时间', 人数: '名额' };
  return said.replace(turn, label === undefined ? '\n' : `\n${names[label] ?? label}：`);
}
