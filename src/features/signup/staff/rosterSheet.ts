import { day } from '../../../i18n/index.js';
import type { Cell, Sheet } from '../../../papers/index.js';
import { guestsOf, type Attendance, type EventView, type SignUpView } from '../../../programme/index.js';
import { alikeAmong } from '../words/alike.js';
import { byWhomShort } from '../words/byWhom.js';
import { moment, type Reader } from '../words/cards.js';
import { nameOf } from '../words/tellings.js';
import { ageAt } from '../words/wall.js';

/** A column of a roster; `n` counts within what one signs up for. */
interface Column {
  readonly label: string;
  readonly width?: number;
  cell(person: SignUpView, n: number): Cell;
}

/** The roster as a table, with the answers to the event's own questions and who came, a column for each session in which somebody is marked; companions, guests, hints and notes have a column where anybody has them. */
export function rosterSheet(
  {
    event,
    people,
    notes,
    marks,
    takenOver,
  }: {
    event: EventView;
    people: readonly SignUpView[];
    notes: ReadonlyMap<string, string>;
    marks: readonly Attendance[];
    takenOver: ReadonlySet<string>;
  },
  reader: Reader,
): Sheet {
  const { t } = reader;
  const [first] = event.sessions;
  const label = (name: string) => t(`signup.files.columns.${name}`);
  const age = (birthDate: string) => ageAt(birthDate, first);
  const until = (at: number | null) => (at === null ? '' : moment(at, first.timeZone, reader));
  const sessionOf = (scope: string) => event.scopes.find(({ key }) => key === scope)?.sessions[0].number ?? null;
  const guests = new Map(people.map((person) => [person.id, guestsOf(people, person).length]));
  const alike = alikeAmong(people);
  const columns: Column[] = [
    { label: label('number'), width: 6, cell: (_person, n) => n },
    { label: label('name'), cell: (person) => nameOf(person, t) },
    { label: label('age'), width: 6, cell: ({ birthDate }) => (birthDate === null ? null : age(birthDate)) },
    { label: label('status'), width: 24, cell: ({ status, until: at }) => t(`signup.status.${status}`, { until: until(at) }) },
    { label: label('registrant'), cell: (person) => byWhomShort(person, takenOver.has(person.id), t) },
    { label: label('session'), width: 8, cell: ({ scope }) => (event.signUpFor === 'all' ? null : sessionOf(scope)) },
    ...event.questions.map(({ text }): Column => ({ label: text, width: 20, cell: ({ answers }) => answers[text] ?? null })),
    ...markedColumns(event, marks, reader),
  ];
  const whereAnybody: Column[] = [
    { label: label('companions'), width: 8, cell: ({ companions }) => companions || null },
    { label: label('guests'), width: 8, cell: ({ id }) => guests.get(id) || null },
    { label: label('check'), width: 16, cell: ({ id }) => (alike.has(id) ? t('signup.files.alike') : null) },
    { label: label('note'), width: 30, cell: ({ id }) => notes.get(id) ?? null },
  ];
  const shown = [...columns, ...whereAnybody.filter(({ cell }) => people.some((person, n) => cell(person, n) !== null))];
  const rows = event.scopes.flatMap(({ key }) =>
    people.filter(({ scope }) => scope === key).map((person, at) => shown.map(({ cell }) => cell(person, at + 1))),
  );
  return { title: event.title, columns: shown.map(({ label: head, width = 12 }) => ({ label: head, width })), rows };
}

function markedColumns({ sessions }: EventView, marks: readonly Attendance[], { t, locale, now }: Reader): Column[] {
  return sessions.flatMap(({ id, startsWall, timeZone }) => {
    const states = new Map(marks.filter(({ sessionId }) => sessionId === id).map(({ signUpId, state }) => [signUpId, state]));
    const cell = (person: SignUpView): Cell => {
      const state = states.get(person.id);
      return state === undefined ? null : t(`signup.files.marks.${state}`);
    };
    return states.size === 0 ? [] : [{ label: day(startsWall, locale, now, timeZone), cell }];
  });
}
