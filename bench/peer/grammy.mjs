import { conversations, createConversation } from '@grammyjs/conversations';
import { Bot } from 'grammy';

const botInfo = {
  id: 1,
  is_bot: true,
  first_name: 'Peer',
  username: 'peer_bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
};

let messageId = 0;
const sent = (chat) => ({ ok: true, result: { message_id: ++messageId, date: 0, chat: { id: chat, type: 'private' } } });

/** Answers every call to Telegram at once, before grammY gets near the network: the cheapest way, which echo is given. */
const stubApi = async (_call, _method, payload) => sent(payload.chat_id);

/**
 * The same one step further out. The conversations plugin makes its own API object inside a conversation and hands it no transformer,
 * so its calls can only be answered in the place of fetch.
 */
const stubFetch =
  (heard) =>
  async (_url, { body }) => {
    const { chat_id: chat, text } = JSON.parse(body);
    heard?.(text);
    return { json: async () => sent(chat) };
  };

/** Hands over one text as Telegram would. */
function createTelegram(bot) {
  let updateId = 0;
  return (chat, text) => {
    const entities = text.startsWith('/') ? { entities: [{ type: 'bot_command', offset: 0, length: text.length }] } : {};
    const from = { id: chat, is_bot: false, first_name: '王芳' };
    const message = { message_id: ++updateId, date: 0, chat: { id: chat, type: 'private', first_name: '王芳' }, from, text, ...entities };
    return bot.handleUpdate({ update_id: updateId, message });
  };
}

/** The least that a bot can do: says what it hears. `overFetch` shows what answering in the place of fetch costs. */
export function createEcho({ overFetch = false } = {}) {
  const bot = new Bot('1:peer', { botInfo, ...(overFetch ? { client: { fetch: stubFetch() } } : {}) });
  if (!overFetch) bot.api.config.use(stubApi);
  bot.on('message:text', (ctx) => ctx.reply(ctx.msg.text));
  return createTelegram(bot);
}

const teams = ['花园', '图书角', '社区食堂', '上门看望老人'];

/** The same six questions as the plugin's guide would have them written. `adapter` keeps its state; without one that stays in memory. */
export function createPeer({ adapter, heard } = {}) {
  const bot = new Bot('1:peer', { botInfo, client: { fetch: stubFetch(heard) } });
  bot.use(conversations(adapter === undefined ? {} : { storage: { type: 'key', version: 1, adapter } }));
  bot.use(createConversation(six));
  bot.command('six', (ctx) => ctx.conversation.enter('six'));
  return createTelegram(bot);
}

async function six(conversation, ctx) {
  const ask = async (question, wrong, read, choices = []) => {
    const keyboard = choices.length === 0 ? {} : { reply_markup: { keyboard: [choices], one_time_keyboard: true } };
    await ctx.reply([question, ...choices.map((choice, at) => `${at + 1} ${choice}`)].join('\n'), keyboard);
    for (;;) {
      const { msg } = await conversation.waitFor('message:text');
      const answer = read(msg.text.trim());
      if (answer !== undefined) return answer;
      await ctx.reply(wrong);
    }
  };
  const oneOf = (choices) => (text) => choices[Number(text) - 1] ?? choices.find((choice) => choice === text);

  const name = await ask('怎么称呼您？', '请写您的名字。', (text) => (text.length <= 20 ? text : undefined));
  const team = await ask('想参加哪个小组？', '请回前面的数字。', oneOf(teams), teams);
  const hours = await ask('每周能来几个小时？', '请回一个数字，1到40。', (text) =>
    /^([1-9]|[1-3]\d|40)$/u.test(text) ? Number(text) : undefined,
  );
  const mornings = await ask('上午方便吗？', '请回1或2。', oneOf(['是', '不']), ['是', '不']);
  const from = await ask('从哪天开始？比如 2026-08-01', '请写年月日。', (text) => (/^\d{4}-\d\d-\d\d$/u.test(text) ? text : undefined));
  const remarks = await ask('还有什么要说的吗？', '请写几个字。', (text) => (text.length <= 100 ? text : undefined), ['跳过']);
  const lines = [`称呼：${name}`, `小组：${team}`, `每周小时：${hours}`, `上午：${mornings}`, `开始：${from}`, `备注：${remarks}`];
  await ask(['请看看对不对：', ...lines].join('\n'), '请回1或2。', oneOf(['对，登记', '改一下']), ['对，登记', '改一下']);
  await ctx.reply('登记好了，谢谢您！');
}
