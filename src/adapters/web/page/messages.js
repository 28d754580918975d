/** The lists of messages, `{ chat: message[] }`, after one event. A message is there once; a change to one that is not there is left out. */
export function after(lists, { name, chat, message }) {
  const list = lists[chat] || [];
  const at = list.findIndex(({ id }) => id === message.id);
  if (at < 0) return name === 'message' ? { ...lists, [chat]: [...list, message] } : lists;
  if (name === 'message') return lists;
  const changed = {
    ...list[at],
    ...message,
    choices: message.choices,
    mention: message.mention,
    file: message.file,
    changes: (list[at].changes || 0) + 1,
  };
  return { ...lists, [chat]: list.map((old, index) => (index === at ? changed : old)) };
}

/** How many messages of others stand behind the last one that was read. */
export function unreadAfter(list, seen, me) {
  const from = list.findIndex(({ id }) => id === seen) + 1;
  return list.slice(from).filter(({ sender }) => sender !== me).length;
}

/** Lists that came anew, with the earlier messages that stood there before and reach up to them: who reads back keeps their place. */
export function withEarlier(old, oldBefore, lists, before) {
  const kept = { lists: { ...lists }, before: { ...before } };
  for (const [chat, list] of Object.entries(lists)) {
    const from = list.length > 0 ? (old[chat] || []).findIndex(({ id }) => id === list[0].id) : -1;
    if (from <= 0) continue;
    kept.lists[chat] = [...old[chat].slice(0, from), ...list];
    kept.before[chat] = oldBefore[chat];
  }
  return kept;
}
