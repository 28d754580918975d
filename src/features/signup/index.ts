import { z } from 'zod';
import type { EffectContext, Feature, Tell } from '../../command/index.js';
import { touchCards, type RenderCard } from '../../delivery/index.js';
import type { Translate } from '../../dialog/index.js';
import type { Emit, Subscription } from '../../events/index.js';
import {
  staffOf,
  type Codes,
  type Families,
  type Guests,
  type Notes,
  type OwnAnswers,
  type Searches,
  type Tasks,
  type Unreached,
} from '../../people/index.js';
import { createFinder, createRosters, createSignUps, endEvent, readLocked, type ReadLocked } from '../../programme/index.js';
import type { Job, Planner } from '../../schedule/index.js';
import type { Tx } from '../../storage/index.js';
import { answerEffect, answersCommand, answersRoom } from './residents/answers.js';
import { callOffCommand, callOffText, closeCommand, reopenCommand } from './form/callOff.js';
import { correctCommand } from './form/correction.menu.js';
import { callOffRoom } from './form/callOff.dialog.js';
import { renderEventCard } from './words/renderCard.js';
import { createEffects } from './places/effects.js';
import {
  copyCommand,
  keptCommand,
  keptOneCommand,
  keptOpenCommand,
  keptRemoveCommand,
  renameCommand,
  renameRoom,
  saveTemplateCommand,
} from './form/drafts.js';
import { cardInGroupCommand, cardsCommand, editCommand, teacherCommand, teacherIsCommand } from './form/edit.js';
import { editRoom } from './form/edit.dialog.js';
import { createEditEffects } from './form/edit.effects.js';
import { eventFormVersion, eventRoom } from './form/event.dialog.js';
import { publication, type GivenEvent } from './form/given.js';
import { mineCancelCommand, mineCancelYesCommand, undoCommand } from './residents/giveBack.js';
import { mineCommand } from './residents/mine.js';
import { moveRoom } from './form/move.dialog.js';
import { createHoldJobs } from './places/holds.js';
import { createHeldEffects, heldByCommand, heldCommand, holdExtendCommand, holdReleaseCommand } from './staff/held.js';
import { fillCommand, handOnCommand, heldCodeCommand } from './talk/handOn.js';
import { changedMindWords } from './group/changedMind.js';
import { createLeaveAll } from './places/leaveAll.js';
import { createOnPaper, onPaperCommand } from './talk/onPaper.js';
import { offerWords } from './places/offerWords.js';
import { declineCommand, giveCommand, takeCommand } from './residents/offers.js';
import { createPapers, paperCommands } from './staff/papers.js';
import { proxyRoom, signUpForCommand, unreachedEffect } from './talk/proxy.js';
import { createPairs } from './places/pairs.js';
import { apartCommand, keepTogetherCommand } from './residents/apart.js';
import { createPlaces } from './places/places.js';
import { joinChildCommand, quickPrivately } from './group/quickPrivate.js';
import { howManyCommand, notNowCommand } from './group/groupAsk.js';
import { guestsCommand, holdCommand, joinHereCommand, leaveHereCommand, takeHereCommand } from './group/inGroup.js';
import { giveUpCommand } from './group/groupLeave.js';
import { joinCommand, joinHowCommand, quickText } from './group/join.js';
import { notHereCommand, notNeededCommand, numberAlone, personalText } from './group/personal.js';
import { eventCommand, eventsCommand, searchText } from './residents/events.js';
import { noteCommand, noteRoom } from './staff/note.dialog.js';
import { peopleCommand, peopleText } from './staff/people.js';
import { findCommand, rosterCommand } from './staff/roster.js';
import { searchableName } from './words/search.js';
import { consentBackCommand, consentBackYesCommand, createConsentBack } from './staff/consentBack.js';
import { signUpCancelCommand, signUpCancelYesCommand, signUpCommand, signUpUndoCommand } from './staff/signUp.js';
import { createStaffSignUpEffects } from './staff/signUp.effects.js';
import { signupRoom } from './talk/signup.dialog.js';
import {
  announcementText,
  manageCommand,
  manageEventCommand,
  moveBeside,
  moveCommand,
  newCommand,
  postAgainCommand,
} from './form/manage.js';
import { createStatusEffects } from './places/status.js';
import { createSubscriptions } from './places/subscriptions.js';

const eventOf = z.object({ eventId: z.string() });

/** Signing up for events and running them: commands, dialogs, effects, the card of an event and what becomes due. */
export interface Signup extends Feature<Tx> {
  readonly renderCard: RenderCard;
  /** Publishes an event without a talk, as the sample community does. */
  publish(tx: Tx, event: GivenEvent, context: EffectContext): Promise<void>;
  readonly jobs: Readonly<Record<string, Job>>;
  readonly subscriptions: readonly Subscription<Tx>[];
  /** Gives back everything that somebody signed up, because they go for good. */
  leaveAll(tx: Tx, personId: string): Promise<void>;
}

/** Builds the feature. `readLocked` is there so that a test can take the guard away and see the oversell. */
export function createSignup(parts: {
  families: Families;
  guests: Guests;
  notes: Notes;
  searches: Searches;
  ownAnswers: OwnAnswers;
  /** Codes that residents type: digits alone. */
  codes: Codes;
  tasks: Tasks;
  unreached: Unreached;
  emit: Emit<Tx>;
  planner: Planner;
  tell: Tell<Tx>;
  newRef: () => string;
  texts: (locale: string | null) => Translate;
  clock: () => number;
  readLocked?: ReadLocked;
  /** Whether a text is a word of some command, so that it is no child's name. */
  calls?: (text: string) => boolean;
}): Signup {
  const { families, guests, ownAnswers, codes, planner, tell, texts, clock } = parts;
  const locked = { readLocked: parts.readLocked ?? readLocked };
  const signUps = createSignUps({ families, guests, ownAnswers });
  const line = { signUps, planner, tell, texts, staffOf };
  const effects = createEffects({ ...parts, ...line });
  const places = createPlaces(line);
  const status = createStatusEffects(line);
  const rosters = createRosters({ signUps, notes: parts.notes });
  const consentBack = createConsentBack(parts);
  const ofStaff = createStaffSignUpEffects({ ...line, rosters, places: places.effects });
  const staffParts = { signUps, rosters, effects: ofStaff, ...locked };
  const { searches } = parts;
  const finder = createFinder({ signUps, families, guests, searchable: searchableName });
  const handOn = { families, signUps, codes, tasks: parts.tasks, emit: parts.emit, texts, ...locked };
  const inGroup = {
    families,
    signUps,
    codes,
    register: effects.register,
    cancel: places.effects.cancel,
    take: places.effects.take,
    undo: places.effects.undo,
    ...locked,
  };
  const onPaper = createOnPaper(handOn);
  const held = createHeldEffects(line);
  const pairs = createPairs(line);
  const answer = answerEffect(ownAnswers);
  const addUnreached = unreachedEffect(parts.unreached);
  const edits = createEditEffects({ ...line, newRef: parts.newRef, formVersion: eventFormVersion, tasks: parts.tasks });
  const form = { publish: effects.publish, keepDraft: edits.keepDraft };
  const mine = { signUps, effects: places.effects, ...locked };
  return {
    name: 'signup',
    commands: [
      eventsCommand(),
      joinCommand({ effects, ...inGroup }),
      joinHowCommand(),
      joinChildCommand(),
      mineCommand(mine),
      newCommand(),
      manageCommand(),
      rosterCommand({ signUps, rosters, searches, effects }),
      findCommand(),
      peopleCommand({ finder, searches, effects: ofStaff }),
      signUpCommand(staffParts),
      consentBackCommand(staffParts),
      consentBackYesCommand(staffParts, consentBack),
      signUpCancelCommand(staffParts),
      signUpCancelYesCommand(staffParts),
      signUpUndoCommand(staffParts),
      noteCommand(rosters, ofStaff),
      eventCommand(),
      answersCommand(signUps),
      mineCancelCommand(mine),
      mineCancelYesCommand(mine),
      undoCommand(mine),
      takeCommand(mine),
      declineCommand(mine),
      giveCommand(mine),
      apartCommand(mine, pairs.effects),
      keepTogetherCommand(mine),
      manageEventCommand(),
      moveCommand(),
      closeCommand(status),
      reopenCommand(status),
      callOffCommand(signUps),
      editCommand(),
      correctCommand(),
      teacherCommand(),
      teacherIsCommand(edits),
      cardsCommand(),
      cardInGroupCommand('card-add', edits),
      cardInGroupCommand('card-take', edits),
      copyCommand(),
      saveTemplateCommand(edits),
      keptCommand('draft'),
      keptCommand('template'),
      keptOneCommand(),
      keptOpenCommand(form),
      keptRemoveCommand(edits),
      renameCommand(),
      postAgainCommand(),
      holdCommand(inGroup),
      joinHereCommand(inGroup),
      guestsCommand(inGroup),
      leaveHereCommand(inGroup),
      takeHereCommand(inGroup),
      notNowCommand(),
      howManyCommand(),
      giveUpCommand(mine),
      notHereCommand(),
      notNeededCommand(),
      signUpForCommand(parts.unreached),
      handOnCommand(handOn),
      onPaperCommand(handOn, onPaper),
      fillCommand(handOn),
      heldCodeCommand(handOn),
      heldCommand(signUps),
      heldByCommand(signUps),
      holdExtendCommand(signUps, held),
      holdReleaseCommand(signUps, held),
      ...paperCommands(effects),
    ],
    dialogs: [
      signupRoom({ families, signUps, codes, effects, ...locked, ...(parts.calls ? { calls: parts.calls } : {}) }),
      answersRoom({ answer, signUps, ...locked }),
      eventRoom(form),
      proxyRoom(addUnreached),
      editRoom({ edits, signUps, ...locked }),
      renameRoom(edits),
      noteRoom(staffParts),
      moveRoom({ effects: { move: effects.move, resize: edits.resize, callList: edits.callList }, signUps, ...locked }),
      callOffRoom({ effects: { ...status, callList: edits.callList }, signUps, ...locked }),
    ],
    subscriptions: createSubscriptions({ ...line, tasks: parts.tasks }),
    leaveAll: createLeaveAll({ ...line, finder }, clock),
    codes: { held: 'held-code' },
    papers: createPapers({ signUps, rosters }),
    beside: [moveBeside],
    awaited: [offerWords(signUps), changedMindWords(signUps)],
    groupText: [personalText, quickText],
    freeText: [announcementText, callOffText, peopleText, searchText, quickPrivately, numberAlone],
    effects: [effects, places.effects, ofStaff, status, held, edits, pairs.effects, { onPaper, addUnreached, answer, consentBack }].flatMap(
      (some) => Object.values(some).map(({ runner }) => runner),
    ),
    publish: (tx, event, context) => effects.publish.runner.run(tx, effects.publish.make(publication(event)), context),
    renderCard: renderEventCard({ signUps, texts, clock }),
    jobs: {
      ...places.jobs,
      ...createHoldJobs(line),
      ...pairs.jobs,
      // From the start on, or from the deadline, nobody can sign up, and the card says so.
      'session.start': async (tx, { payload }) => touchCards(tx, eventOf.parse(payload).eventId),
      'session.end': async (tx, { payload, now }) => {
        const { eventId } = eventOf.parse(payload);
        if (await endEvent(tx, eventId, now)) await touchCards(tx, eventId);
      },
    },
  };
}
