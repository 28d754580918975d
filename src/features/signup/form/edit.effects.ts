import type { Address } from '../../../chat/index.js';
import { effect } from '../../../command/index.js';
import { bringCard, touchCards, withdrawCard } from '../../../delivery/index.js';
import type { Answers, Json } from '../../../dialog/index.js';
import { audit, type Tasks } from '../../../people/index.js';
import {
  discard,
  editEvent,
  eventById,
  keep,
  keepAgain,
  keptByRef,
  nameTeacher,
  resizeSession,
  type EventFields,
  type KeptAs,
  type SessionView,
} from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { createCallList } from '../words/calls.js';
import { serveLine, type LineParts } from '../places/line.js';
import { searchOf } from '../words/search.js';
import { closingOf, occurrencesOf } from '../places/sessions.js';

/** An edit as the form decides it. */
export interface Edit {
  readonly eventId: string;
  readonly revision: number;
  readonly fields: EventFields;
  /** Sessions that have another place from now on. */
  readonly places: readonly { readonly session: SessionView; readonly place: string }[];
  readonly recounted: boolean;
  /** There is room for more than before. */
  readonly raised: boolean;
}

/** What is kept of a form: its answers, and who the teacher is. */
export type KeptForm = { readonly version: number; readonly answers: Answers; readonly teacher: { id: string; name: string } | null };

/** Correcting events, drafts and templates, who the teacher is, and in which groups the card stands, as effects. Who is told stands beside them, where it was decided. */
export function createEditEffects(
  parts: LineParts & { readonly newRef: () => string; readonly formVersion: number; readonly tasks: Tasks },
) {
  const { planner, newRef, formVersion } = parts;

  const edit = effect<Tx, Edit>('event.edit', async (tx, { eventId, revision, fields, recounted, places, raised }, context) => {
    const { communityId, now } = context;
    await editEvent(tx, {
      eventId,
      revision,
      fields,
      search: searchOf(fields),
      recounted,
      places: places.map(({ session, place }) => ({ sessionId: session.id, place })),
    });
    for (const { session } of places) {
      const planned = (of: number) => occurrencesOf({ communityId, eventId, sessionId: session.id, revision: of, session });
      await planner.cancelPlanned(tx, { keys: planned(session.revision).map(({ key }) => key) });
      if (!session.postponed) await planner.plan(tx, planned(session.revision + 1));
    }
    // An earlier closing that is still planned only looks at the card once more.
    if (fields.deadline) await planner.plan(tx, [closingOf({ communityId, eventId, revision: revision + 1, at: fields.deadline.at })]);
    const event = raised ? await eventById(tx, eventId) : null;
    for (const scope of event?.scopes ?? []) await serveLine(tx, parts, { communityId, eventId, scope: scope.key, now, anew: true });
    await touchCards(tx, eventId);
    await audit(tx, context, 'event.edit', eventId);
  });

  /** One session has more places or fewer; where there are more, those who wait are served at once. */
  const resize = effect<Tx, { eventId: string; sessionId: string; capacity: number | null }>(
    'session.resize',
    async (tx, { eventId, sessionId, capacity }, context) => {
      const { communityId, now } = context;
      await resizeSession(tx, eventId, sessionId, capacity);
      await serveLine(tx, parts, { communityId, eventId, scope: sessionId, now, anew: true });
      await touchCards(tx, eventId);
      await audit(tx, context, 'event.edit', eventId);
    },
  );

  const keepForm = async (
    tx: Tx,
    as: { status: KeptAs; ref: string | null; title: string; answers: Answers; teacher: KeptForm['teacher'] },
    { communityId, actorId, now, newId }: { communityId: string; actorId: string; now: number; newId: () => string },
  ): Promise<string> => {
    const { groups = [], ...answers } = as.answers;
    const kept: KeptForm = { version: formVersion, answers, teacher: as.teacher };
    const content = { title: as.title, form: JSON.stringify(kept), groups: groupIds(groups) };
    const there = as.ref === null ? null : await keptByRef(tx, communityId, as.ref);
    if (there) await keepAgain(tx, { id: there.id, ...content });
    const id = there?.id ?? newId();
    if (!there) await keep(tx, { id, ref: newRef(), status: as.status, ...content, communityId, createdBy: actorId, now });
    return id;
  };

  const keepDraft = effect<Tx, { ref: string | null; title: string; answers: Answers; teacher: KeptForm['teacher'] }>(
    'event.draft',
    async (tx, draft, context) => {
      const id = await keepForm(tx, { status: 'draft', ...draft }, context);
      await audit(tx, context, 'event.draft', id);
    },
  );

  const saveTemplate = effect<Tx, { title: string; answers: Answers; teacher: KeptForm['teacher'] }>(
    'event.template',
    async (tx, template, context) => {
      const id = await keepForm(tx, { status: 'template', ref: null, ...template }, context);
      await audit(tx, context, 'event.template', id);
    },
  );

  /** The name of a template is the name with which its events begin. */
  const rename = effect<Tx, { ref: string; title: string }>('template.rename', async (tx, { ref, title }, { communityId }) => {
    const kept = await keptByRef(tx, communityId, ref);
    if (!kept) return;
    const form = JSON.parse(kept.form) as KeptForm; // only `keepForm` writes it
    await keepAgain(tx, { ...kept, title, form: JSON.stringify({ ...form, answers: { ...form.answers, title } }) });
  });

  const remove = effect<Tx, { id: string }>('event.discard', async (tx, { id }, context) => {
    if (await discard(tx, context.communityId, id)) await audit(tx, context, 'event.discard', id);
  });

  const teach = effect<Tx, { eventId: string; teacherId: string | null }>('event.teacher', async (tx, { eventId, teacherId }, context) => {
    await nameTeacher(tx, eventId, teacherId);
    await audit(tx, context, 'event.teacher', eventId);
  });

  const addCard = effect<Tx, { eventId: string; address: Address }>('card.add', async (tx, { eventId, address }, context) => {
    const { communityId, now, newId } = context;
    await bringCard(tx, { id: newId(), communityId, eventId, address }, now);
    await audit(tx, context, 'event.groups', eventId);
  });

  const takeCard = effect<Tx, { eventId: string; address: Address }>('card.take', async (tx, { eventId, address }, context) => {
    if (await withdrawCard(tx, eventId, address, context.now)) await audit(tx, context, 'event.groups', eventId);
  });

  return { edit, resize, callList: createCallList(parts.tasks), keepDraft, saveTemplate, rename, remove, teach, addCard, takeCard };
}

const groupIds = (groups: Json): string[] => (Array.isArray(groups) ? groups.filter((id): id is string => typeof id === 'string') : []);

/** The effects by name. */
export type EditEffects = ReturnType<typeof createEditEffects>;
