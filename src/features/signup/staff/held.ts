import { menu, command, effect, menuChoices, tell, type Command, type Request } from '../../../command/index.js';
import { touchCards } from '../../../delivery/index.js';
import { asLocale } from '../../../i18n/index.js';
import { audit } from '../../../people/index.js';
import { changeStatus, eventById, eventByRef, type EventView, type SignUps, type SignUpView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { guardiansBeside, type Beside } from '../places/guardians.js';
import { holdAnew, holdOf, untilWords } from '../places/holds.js';
import { serveLine, type LineParts } from '../places/line.js';
import { readerOf } from '../words/menus.js';
import { staffOnly } from '../form/manage.js';
import { heldOf, namesOf } from '../words/tellings.js';

const hidden = { words: [], hidden: true, ...staffOnly } as const;

/** Staff hold a place longer, or let it go: effects. */
export function createHeldEffects(parts: LineParts) {
  const { planner, signUps } = parts;

  /** Holds a place anew, as if it had just been taken. */
  const extend = effect<Tx, { signUpIds: readonly string[]; eventId: string }>(
    'hold.extend',
    async (tx, { signUpIds, eventId }, context) => {
      const { communityId, now } = context;
      const event = await eventById(tx, eventId);
      for (const id of signUpIds) {
        const signUp = await signUps.byId(tx, id);
        const scope = event?.scopes.find(({ key }) => key === signUp?.scope);
        if (!event || !scope) continue;
        await holdAnew(tx, planner, { event, scope, ids: [id] }, { communityId, now });
      }
      await audit(tx, context, 'hold.extend', eventId);
    },
  );

  const release = effect<Tx, { signUpIds: readonly string[]; eventId: string; scope: string }>(
    'hold.release',
    async (tx, { signUpIds, eventId, scope }, context) => {
      const { communityId, now } = context;
      for (const id of signUpIds) await changeStatus(tx, { id, from: ['held'], to: 'released', until: null, now });
      await serveLine(tx, parts, { communityId, eventId, scope, now, anew: true });
      await touchCards(tx, eventId);
      await audit(tx, context, 'hold.release', eventId);
    },
  );

  return { extend, release };
}

/** The effects by name. */
export type HeldEffects = ReturnType<typeof createHeldEffects>;

/** Places in one scope that one person holds: what staff decide about together. */
type Together = readonly [SignUpView, ...SignUpView[]];

function together(held: readonly SignUpView[]): Together[] {
  const groups = new Map<string, [SignUpView, ...SignUpView[]]>();
  for (const one of held) {
    const key = `${one.registrantId} ${one.scope}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

const heldIn = async (tx: Tx, signUps: SignUps, event: EventView): Promise<SignUpView[]> =>
  (await signUps.ofEvent(tx, event.id)).filter(({ status }) => status === 'held');

/** `/held EVENT`: the places that are held, by whom and until when. */
export const heldCommand = (signUps: SignUps): Command<Tx> =>
  command(
    { name: 'held', ...hidden },
    {
      load: async (tx, { who, args }) => {
        const event = await eventByRef(tx, who.communityId, args);
        return event && { event, held: together(await heldIn(tx, signUps, event)) };
      },
      decide: (found, request) => {
        const { t } = request;
        if (!found) return menu(t('signup.gone'), menuChoices(t, []));
        const { event, held } = found;
        const back = { label: t('event.roster.manage'), line: `/manage-event ${event.ref}` };
        if (held.length === 0) return menu(t('signup.held.none', { title: event.title }), menuChoices(t, [back]));
        const items = held.map((theirs) => ({ label: heldLabel(theirs, event, request), line: `/held-by ${theirs[0].id}` }));
        return menu(t('signup.held.some', { title: event.title }), menuChoices(t, [...items, back]));
      },
    },
  );

function heldLabel(theirs: Together, event: EventView, request: Request): string {
  const reader = readerOf(request);
  const [{ registrantName, until }] = theirs;
  const time = untilWords(until, event, reader);
  return request.t('signup.held.by', { name: registrantName, names: namesOf(theirs, reader), until: time });
}

/** What is held together with one place, read under the event's lock. */
const loadTogether =
  (signUps: SignUps) =>
  async (tx: Tx, { who, args }: Request): Promise<{ event: EventView; theirs: Together; guardians: readonly Beside[] } | null> => {
    const one = await signUps.byId(tx, args);
    const event = one && (await eventById(tx, one.eventId));
    if (!event || !one || !(await eventByRef(tx, who.communityId, event.ref))) return null;
    const theirs = together(await heldIn(tx, signUps, event)).find((some) => some.some(({ id }) => id === one.id));
    return theirs ? { event, theirs, guardians: await guardiansBeside(tx, who.communityId, theirs) } : null;
  };

const gone = ({ t }: Request) => menu(t('signup.held.gone'), menuChoices(t, []));

/** `/held-by PLACE`: longer, or let go. */
export const heldByCommand = (signUps: SignUps): Command<Tx> =>
  command(
    { name: 'held-by', ...hidden },
    {
      load: loadTogether(signUps),
      decide: (found, request) => {
        if (!found) return gone(request);
        const { t } = request;
        const { event, theirs } = found;
        const missing = theirs[0].heldFor === 'consent' ? 'consent' : 'participant';
        const items = [
          { label: t('signup.held.onPaper'), line: `/sign-up-for ${event.ref} ${theirs[0].registrantId}` },
          { label: t('signup.held.extend'), line: `/hold-extend ${theirs[0].id}` },
          { label: t('signup.held.release'), line: `/hold-release ${theirs[0].id}` },
          { label: t('signup.held.all'), line: `/held ${event.ref}` },
        ];
        const text = [event.title, heldLabel(theirs, event, request), t(`signup.held.missing.${missing}`)].join('\n');
        return menu(text, menuChoices(t, items));
      },
    },
  );

/** `/hold-extend PLACE`: holds it as long as if it had just been taken, and tells its holder. */
export const holdExtendCommand = (signUps: SignUps, effects: HeldEffects): Command<Tx> =>
  command(
    { name: 'hold-extend', ...hidden },
    {
      load: loadTogether(signUps),
      decide: (found, request) => {
        if (!found) return gone(request);
        const { t, now, texts } = request;
        const { event, theirs } = found;
        const [{ registrantId, registrantLocale, revision, id, scope: key }] = theirs;
        const scope = event.scopes.find((one) => one.key === key) ?? event.scopes[0];
        const { until } = holdOf(event, scope, now);
        const theirReader = { t: texts(registrantLocale), locale: asLocale(registrantLocale), now };
        const about = { names: heldOf(theirs, theirReader), title: event.title, until: untilWords(until, event, theirReader) };
        return {
          ...menu(
            t('signup.held.extended', { until: untilWords(until, event, readerOf(request)) }),
            menuChoices(t, [{ label: t('signup.held.all'), line: `/held ${event.ref}` }]),
          ),
          effects: [
            effects.extend.make({ signUpIds: theirs.map((one) => one.id), eventId: event.id }),
            tell({
              personId: registrantId,
              kind: 'change',
              text: theirReader.t('signup.held.toldExtended', about),
              key: `hold.extended:${id}:${revision}`,
            }),
          ],
        };
      },
    },
  );

/** `/hold-release PLACE`: gives it to whoever waits, and tells its holder. */
export const holdReleaseCommand = (signUps: SignUps, effects: HeldEffects): Command<Tx> =>
  command(
    { name: 'hold-release', ...hidden },
    {
      load: loadTogether(signUps),
      decide: (found, request) => {
        if (!found) return gone(request);
        const { t, texts } = request;
        const { event, theirs, guardians } = found;
        const [{ registrantId, registrantLocale, revision, id, scope }] = theirs;
        // Those who were asked for their consent hear of it too.
        const told = [{ personId: registrantId, locale: registrantLocale, theirs }, ...guardians].map((one) => {
          const their = { t: texts(one.locale), locale: asLocale(one.locale) };
          const text = their.t('signup.held.toldReleased', { names: heldOf(one.theirs, their), title: event.title });
          const key = `hold.released:${id}:${revision}${one.personId === registrantId ? '' : `:${one.personId}`}`;
          return tell({ personId: one.personId, kind: 'change', text, key });
        });
        return {
          ...menu(t('signup.held.released'), menuChoices(t, [{ label: t('signup.held.all'), line: `/held ${event.ref}` }])),
          effects: [effects.release.make({ signUpIds: theirs.map((one) => one.id), eventId: event.id, scope }), ...told],
        };
      },
    },
  );
