import { fold } from './clean.js';

/** What a person may say at any point of a dialog, in either language whatever the dialog's own is. Only whole messages count. */
const words = {
  back: '返回|上一步|上一题|后退|回上一步|back|go back|previous',
  leave:
    '退出|不报了|不填了|不要了|算了|取消|不弄了|结束|不想填了|不报名了|leave|cancel|quit|exit|stop|never mind|nevermind|not now|no thanks',
  skip: '跳过|略过|不填|skip|pass',
  help: '帮忙|帮助|帮帮我|怎么填|不懂|help|help me|?|??|???',
  restart: '重来|重新开始|从头来|重新填|重填|start again|start over|restart',
  more: '更多|下一页|还有吗|more|next|next page',
  /** An optional written answer that says that there is none. */
  nothing: '没有|无|暂无|没|none|nothing|n/a',
  yes: '是|是的|是我|对|对的|好|好的|可以|行|嗯|要|yes|y|yep|ok|okay|sure|right',
  no: '不|不是|不要|不用|否|不对|没有|不行|不可以|no|n|nope',
  confirm: '确认|确定|没问题|没错|发布|提交|confirm|correct|done|publish',
  keep: '存草稿|存成草稿|存为草稿|保存草稿|先存着|save draft|save as draft|keep as draft',
  change: '改|要改|修改|改一下|不对|不|不是|有错|change|edit|wrong|no',
  continue: '接着填|继续|接着|接着来|continue|go on|carry on',
  all: '全部|都|都要|都报|全都报|都去|两个都|两个都报|所有|all|both|everyone|all of them',
  add: '加一个|再加一个|加|添加|还有一个|加一个孩子|add|add one|another|add a child|add another',
  done: "就这些|没了|没有了|没有|就这|就这样|够了|好了|that is all|that's all|done|no more|no",
  agree: '同意|我同意|agree|i agree',
  thanks:
    '谢谢|谢谢你|谢谢您|谢谢啦|谢谢了|谢谢小邻|谢啦|谢了|多谢|感谢|太感谢了|非常感谢|辛苦了|辛苦啦|麻烦了|thanks|thank you|thanks a lot|thank you very much|thx|ty|cheers|🙏|🌹|❤',
  noted:
    '好的|好的好的|好嘞|好哒|好吧|嗯|嗯嗯|哦|哦哦|噢|收到|收到了|知道了|晓得了|明白|明白了|了解|没事了|ok|okay|k|got it|noted|👍|👌|😊|🙂|😄',
  /** A yes when something is open, a "fine" when nothing is. */
  agreed: '好|好啊|好呀|行|可以|没问题|sure|fine|great|alright|all right',
  refuse: '不同意|我不同意|拒绝|disagree|i disagree|do not agree|i do not agree|refuse',
} as const;

/** The name of a group of words that mean one thing. */
export type Word = keyof typeof words;

const folded: ReadonlyMap<Word, ReadonlySet<string>> = new Map(
  (Object.keys(words) as Word[]).map((word) => [word, new Set(words[word].split('|').map(fold))]),
);

/** Whether the whole message says this. */
export function means(text: string, word: Word): boolean {
  return folded.get(word)?.has(fold(text)) ?? false;
}

/** The first of these that the whole message says. */
export function wordOf<W extends Word>(text: string, among: readonly W[]): W | undefined {
  const said = fold(text);
  return among.find((word) => folded.get(word)?.has(said));
}
