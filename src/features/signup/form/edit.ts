import { menu, command, menuChoices, pagesOf, tell, type Command, type Item } from '../../../command/index.js';
import { chatsWithCard } from '../../../delivery/index.js';
import { asLocale } from '../../../i18n/index.js';
import { groupChats, namesakes, peopleHere } from '../../../people/index.js';
import { eventDetails, isOver } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { placesOf, schedule } from '../words/cards.js';
import type { EditEffects } from './edit.effects.js';
import { joined } from './edit.told.js';
import { answersOf } from './form.js';
import { staffOnly } from './manage.js';

const hidden = { words: [], hidden: true, ...staffOnly } as const;

/** Opens the form of an event, filled with what it is. */
export const editCommand = (): Command<Tx> =>
  command(
    { name: 'edit', ...hidden },
    {
      load: (tx, { who, args }) => eventDetails(tx, who.communityId, args),
      decide: (event, { t, now }) => {
        if (!event || isOver(event, now) || event.status === 'cancelled') return menu(t('signup.gone'), menuChoices(t, []));
        const { title, ref, revision, deadlineWall, sessions } = event;
        const place = joined([...new Set(sessions.map((session) => session.place))]);
        const answers = { ...answersOf(event), place, deadline: deadlineWall === null ? null : { wall: deadlineWall } };
        return { open: { dialog: 'edit', seed: { ref, revision }, answers, remarks: [t('edit.remark', { title })] } };
      },
    },
  );

/** Who is meant by the teacher's name: staff choose, nothing is guessed. `/teacher REF`, `/teacher REF PAGE`. */
export const teacherCommand = (): Command<Tx> =>
  command(
    { name: 'teacher', ...hidden },
    {
      load: async (tx, { who, args }) => {
        const [ref = '', page = ''] = args.split(' ');
        const event = await eventDetails(tx, who.communityId, ref);
        const known = event?.teacher ? await namesakes(tx, who.communityId, event.teacher) : [];
        return event && { event, known, page };
      },
      decide: (found, { t }) => {
        if (!found || found.event.teacher === null) return menu(t('signup.gone'), menuChoices(t, []));
        const { event, known, page } = found;
        const { teacher, teacherId, ref } = event;
        const linked = known.find(({ personId }) => personId === teacherId);
        const items: Item[] = known.map(({ personId, name, roles }) => ({
          label: t(roles.length > 0 ? 'event.teacher.member' : 'event.teacher.resident', { name }),
          line: `/teacher-is ${ref} ${personId}`,
        }));
        const nobody = { label: t('event.teacher.nobody'), line: `/teacher-is ${ref} -` };
        const head = teacherId === null ? 'event.teacher.who' : 'event.teacher.whoNow';
        const paging = { ...pagesOf('teacher', page), more: (next: number) => `/teacher ${ref} ${next}` };
        return menu(t(head, { teacher: teacher ?? '', name: linked?.name ?? teacher ?? '' }), menuChoices(t, [...items, nobody], paging));
      },
    },
  );

/** Says who the teacher is (`/teacher-is REF PERSON`), or that nobody known is (`-`); both hear of it. */
export const teacherIsCommand = (effects: EditEffects): Command<Tx> =>
  command(
    { name: 'teacher-is', ...hidden },
    {
      load: async (tx, { who, args }) => {
        const [ref = '', personId = ''] = args.split(' ');
        const event = await eventDetails(tx, who.communityId, ref);
        const known = event?.teacher ? await namesakes(tx, who.communityId, event.teacher) : [];
        const chosen = known.find((one) => one.personId === personId)?.personId ?? null;
        const people = await peopleHere(
          tx,
          who.communityId,
          [chosen, event?.teacherId].filter((id) => typeof id === 'string'),
        );
        return event && (chosen !== null || personId === '-') ? { event, chosen, people } : null;
      },
      decide: (found, request) => {
        const { t, texts, who, now } = request;
        if (!found) return menu(t('signup.gone'), menuChoices(t, []));
        const { event, chosen, people } = found;
        const { title, ref, teacherId, revision } = event;
        const back = menuChoices(t, [{ label: t('event.roster.manage'), line: `/manage-event ${ref}` }]);
        if (chosen === teacherId) return menu(t('event.teacher.same'), back);
        const about = (id: string | null, key: 'told' | 'leftOut') => {
          const person = id === null || id === who.personId ? undefined : people.get(id);
          if (!person) return [];
          const reader = { t: texts(person.locale), locale: asLocale(person.locale), now };
          const values = { title, when: schedule(event, reader), place: placesOf(event, reader.t) };
          const text = reader.t(`event.teacher.${key}`, values);
          return [tell({ personId: person.personId, kind: 'change', text, key: `${key}:${event.id}:${revision}:${person.personId}` })];
        };
        const said =
          chosen === null
            ? t('event.teacher.unlinked', { title })
            : t('event.teacher.linked', { title, name: people.get(chosen)?.name ?? '' });
        return {
          ...menu(said, back),
          effects: [effects.teach.make({ eventId: event.id, teacherId: chosen }), ...about(chosen, 'told'), ...about(teacherId, 'leftOut')],
        };
      },
    },
  );

/** In which groups the card stands, to bring it into more or take it out: `/cards REF`. */
export const cardsCommand = (): Command<Tx> =>
  command(
    { name: 'cards', ...hidden },
    {
      load: (tx, { who, args }) => loadCards(tx, who.communityId, args.split(' ')[0] ?? ''),
      decide: (found, { t, args }) => {
        if (!found) return menu(t('signup.gone'), menuChoices(t, []));
        const { event, groups } = found;
        const items = groups.map(({ id, name, there }) => ({
          label: t(there ? 'event.cards.take' : 'event.cards.add', { group: name ?? t('event.group') }),
          line: `/${there ? 'card-take' : 'card-add'} ${event.ref} ${id}`,
        }));
        const page = args.split(' ')[1] ?? '';
        const paging = { ...pagesOf('cards', page), more: (next: number) => `/cards ${event.ref} ${next}` };
        return menu(t('event.cards.where', { title: event.title }), menuChoices(t, items, paging));
      },
    },
  );

/** Brings the card into a group (`/card-add REF GROUP`), or takes it out (`/card-take REF GROUP`): it closes there. */
export const cardInGroupCommand = (name: 'card-add' | 'card-take', effects: EditEffects): Command<Tx> =>
  command(
    { name, ...hidden },
    {
      load: async (tx, { who, args }) => {
        const [ref = '', id = ''] = args.split(' ');
        const found = await loadCards(tx, who.communityId, ref);
        const group = found?.groups.find((one) => one.id === id);
        return found && group ? { event: found.event, group } : null;
      },
      decide: (found, { t, now }) => {
        if (!found || (name === 'card-add' && isOver(found.event, now))) return menu(t('signup.gone'), menuChoices(t, []));
        const { event, group } = found;
        const { platform, account, chat, there } = group;
        const back = menuChoices(t, [{ label: t('event.manage.cards'), line: `/cards ${event.ref}` }]);
        const values = { group: group.name ?? t('event.group'), title: event.title };
        const effect = name === 'card-add' ? effects.addCard : effects.takeCard;
        // Pressed twice, or by two: it is as they wanted it.
        const effectsOf =
          there === (name === 'card-take') ? [effect.make({ eventId: event.id, address: { platform, account, chat } })] : [];
        return { effects: effectsOf, ...menu(t(name === 'card-add' ? 'event.cards.added' : 'event.cards.taken', values), back) };
      },
    },
  );

async function loadCards(tx: Tx, communityId: string, ref: string) {
  const event = await eventDetails(tx, communityId, ref);
  if (!event) return null;
  const standing = await chatsWithCard(tx, event.id);
  const groups = (await groupChats(tx, communityId)).map(({ id, title, platform, account, chat }) => ({
    id,
    name: title,
    platform,
    account,
    chat,
    there: standing.some((one) => one.platform === platform && one.account === account && one.chat === chat),
  }));
  return { event, groups };
}
