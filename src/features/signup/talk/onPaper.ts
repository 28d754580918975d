import { menu, command, effect, menuChoices, type Command } from '../../../command/index.js';
import { asLocale } from '../../../i18n/index.js';
import { communityById, paperOccasion, type Tasks } from '../../../people/index.js';
import type { Tx } from '../../../storage/index.js';
import { childrenOf, hidden, holdingOf, nothingHeld, type HandOnParts, type Holding } from './handOn.js';
import { untilWords } from '../places/holds.js';
import { readerOf } from '../words/menus.js';
import { namesOf } from '../words/tellings.js';

/** The occasion of places that are filled in on paper. */
const heldOccasion = (signUpIds: readonly string[]): string => `held:${[...signUpIds].sort().join(',')}`;

/** Whether staff have all of it among their tasks already. */
async function isTold(tx: Tx, tasks: Tasks, holding: Holding): Promise<boolean> {
  const { event, unnamed } = holding;
  const children = childrenOf(holding);
  const occasions = [
    ...(unnamed.length > 0 ? [heldOccasion(unnamed.map(({ id }) => id))] : []),
    ...(children.length > 0 ? [paperOccasion(event.id, children)] : []),
  ];
  for (const occasion of occasions) if (!(await tasks.isOpen(tx, occasion))) return false;
  return true;
}

/** Tells staff that a parent will come and fill in on paper what is missing. */
export function createOnPaper({ tasks, emit, texts, signUps }: HandOnParts) {
  return effect<
    Tx,
    { eventId: string; ref: string; title: string; unnamed: readonly string[]; dependantIds: readonly string[]; name: string }
  >('signup.onPaper', async (tx, { eventId, ref, title, unnamed, dependantIds, name }, context) => {
    const { communityId, actorId, now, newId } = context;
    if (dependantIds.length > 0) await emit(tx, { type: 'paper.asked', eventId, dependantIds, registrantId: actorId }, context);
    if (unnamed.length === 0) return;
    const { locale } = await communityById(tx, communityId);
    const t = texts(locale);
    const held = (await signUps.heldBy(tx, eventId, actorId)).filter(({ id }) => unnamed.includes(id));
    const about = t('signup.handOn.task', { names: namesOf(held, { t, locale: asLocale(locale) }), title });
    const payload = { name, about, line: `/held ${ref}`, label: t('signup.held.see') };
    const occasion = heldOccasion(unnamed);
    const key = `${occasion}:${await tasks.timesDone(tx, occasion)}`;
    await tasks.make(tx, { communityId, kind: 'paper', key, personId: actorId, payload }, { newId, now });
  });
}

/** `/on-paper EVENT`: a parent without a phone comes and signs. */
export const onPaperCommand = ({ signUps, tasks }: HandOnParts, effect: ReturnType<typeof createOnPaper>): Command<Tx> =>
  command(
    { name: 'on-paper', ...hidden },
    {
      load: async (tx, request) => {
        const holding = await holdingOf(tx, signUps, request);
        return holding && { holding, told: await isTold(tx, tasks, holding) };
      },
      decide: (found, request) => {
        if (!found) return nothingHeld(request);
        const { holding, told } = found;
        const { t, who } = request;
        const { event, unnamed, until } = holding;
        const { id: eventId, ref, title } = event;
        const dependantIds = childrenOf(holding);
        const asked = { eventId, ref, title, unnamed: unnamed.map(({ id }) => id), dependantIds, name: who.name };
        const time = untilWords(until, event, readerOf(request));
        const show = menuChoices(t, [{ label: t('signup.mine.show'), line: '/mine' }]);
        if (told) return menu(t('signup.handOn.paperToldBefore', { until: time }), show);
        return { ...menu(t('signup.handOn.paperTold', { until: time }), show), effects: [effect.make(asked)] };
      },
    },
  );
