import { command, menuChoices, type Command, type Request } from '../../command/index.js';
import { leavesOf, managedEvents, type EventView, type SignUps, type SignUpView } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { ageOn } from '../../understand/index.js';
import { details, fullnessLines, moment } from './cards.js';
import type { SignupEffects } from './effects.js';
import { readerOf } from './menus.js';
import { chooseEvent, staffOnly } from './staff.js';
import { nameOf } from './tellings.js';

/** Lines of a roster in one message; a longer one is paged. */
const rosterLines = 40;

/** `/roster [event] [page]`: who comes and who waits, with full names; looking is written down. */
export const rosterCommand = (signUps: SignUps, effects: SignupEffects): Command<Tx> =>
  command(
    { name: 'roster', words: ['名单', 'roster'], ...staffOnly },
    {
      load: async (tx, { who, args, now }) => {
        const events = await managedEvents(tx, who.communityId, now);
        const [ref = ''] = args.split(' ');
        const event = events.find((one) => one.ref === ref) ?? (events.length === 1 ? events[0] : undefined);
        return {
          events,
          event,
          people: event ? await signUps.ofEvent(tx, event.id) : [],
          leaves: event ? await leavesOf(tx, event) : null,
        };
      },
      decide: ({ events, event, people, leaves }, request) => {
        if (!event) return chooseEvent(events, request, 'roster', 'roster');
        const { t, args } = request;
        const reader = readerOf(request);
        const lines = event.scopes.flatMap((scope) => {
          const here = people.filter((person) => person.scope === scope.key);
          const [session] = scope.sessions;
          const head =
            event.signUpFor === 'single'
              ? [t('event.roster.session', { number: session.number, when: moment(session.startsAt, session.timeZone, reader) })]
              : [];
          return here.length > 0 ? [...head, ...here.map((person, at) => rosterLine(person, at + 1, event, request))] : [];
        });
        const asked = Number(args.split(' ')[1]);
        const pages = Math.max(1, Math.ceil(lines.length / rosterLines));
        const page = Number.isInteger(asked) && asked >= 1 && asked <= pages ? asked : 1;
        const text = [
          event.title,
          ...details(event, reader),
          ...fullnessLines(event, reader),
          ...leaveLines(event, leaves ?? new Map<string, number>(), request),
          '',
          ...(lines.length === 0 ? [t('event.roster.none')] : lines.slice((page - 1) * rosterLines, page * rosterLines)),
        ].join('\n');
        const more = page < pages ? [{ label: t('turn.more'), line: `/roster ${event.ref} ${page + 1}` }] : [];
        const choices = menuChoices(t, [...more, { label: t('event.roster.manage'), line: `/manage-event ${event.ref}` }]);
        return { say: [{ text, choices }], effects: [effects.seen.make({ eventId: event.id })] };
      },
    },
  );

/** Who has asked for leave, in numbers: the place is theirs, and they do not come to that session. */
const leaveLines = ({ sessions }: EventView, leaves: ReadonlyMap<string, number>, { t }: Request): string[] =>
  sessions.flatMap(({ id, number }) => {
    const count = leaves.get(id) ?? 0;
    return count > 0 ? [t('event.roster.leave', { number, count })] : [];
  });

function rosterLine(person: SignUpView, n: number, event: EventView, request: Request): string {
  const { t } = request;
  const [{ startsWall, timeZone }] = event.sessions;
  const age = person.birthDate === null ? '' : t('event.roster.age', { age: ageOn(person.birthDate, startsWall.slice(0, 10)) });
  const until = person.until === null ? '' : moment(person.until, timeZone, readerOf(request));
  const status = person.status === 'confirmed' ? '' : t('event.roster.status', { status: t(`signup.status.${person.status}`, { until }) });
  return t('event.roster.line', { n, name: nameOf(person, t), age, status, registrant: person.registrantName });
}
