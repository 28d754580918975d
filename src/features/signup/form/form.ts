import { Temporal } from 'temporal-polyfill';
import type { Json } from '../../../dialog/index.js';
import type { EventDetails, EventFields, OwnQuestion } from '../../../programme/index.js';
import type { AgesAnswer } from './event.fields.js';

/** What the forms of an event answer, besides when and where it is, until when one may sign up and who the teacher is. */
export interface FormAnswers {
  readonly title: string;
  readonly sector: string | null;
  readonly sectors: readonly string[] | null;
  readonly service: string | null;
  readonly aliases: readonly string[] | null;
  readonly capacity: { readonly count: number | null; readonly unit: EventFields['unit'] } | null;
  readonly ages: AgesAnswer | null;
  readonly bring: string | null;
  readonly companions: EventFields['companions'] | `${'allowed' | 'required'}Counted` | null;
  readonly teacher: string | null;
  readonly organisation: string | null;
  readonly questions: readonly OwnQuestion[] | null;
  readonly format?: 'all' | 'single' | 'one';
}

const manage = 'roster move postAgain close reopen callOff copy export poster held edit template teacher cards signUpFor checkIn'.split(
  ' ',
);

/** What stands on the buttons of the forms and of the menu of an event, as text keys: no name and no place is called so. */
export const formLabels: readonly string[] = [
  'event.confirm',
  'event.keep',
  'edit.confirm',
  'move.confirm',
  ...manage.map((entry) => `event.manage.${entry}`),
];

/** What the answers come to. A sector that is the primary one is no further one. */
export function fieldsOf(answers: FormAnswers): Omit<EventFields, 'deadline' | 'teacherId'> {
  const { title, sector, sectors, service, aliases, capacity, ages, bring, companions, teacher, organisation, questions, format } = answers;
  return {
    title,
    sector,
    sectors: (sectors ?? []).filter((one) => one !== sector),
    serviceType: service,
    aliases: aliases ?? [],
    bring,
    teacher,
    organisation,
    questions: questions ?? [],
    minAge: ages?.minAge ?? null,
    maxAge: ages?.maxAge ?? null,
    capacity: capacity?.count ?? null,
    unit: capacity?.unit ?? 'person',
    ...companionsOf(companions),
    signUpFor: format === 'single' || format === 'one' ? 'single' : 'all',
    oneEach: format === 'one',
  };
}

/** Whether somebody comes along, and whether they take places: one answer. They do not unless staff say so. */
function companionsOf(answer: FormAnswers['companions']): Pick<EventFields, 'companions' | 'companionsCount'> {
  if (answer === 'allowedCounted') return { companions: 'allowed', companionsCount: true };
  if (answer === 'requiredCounted') return { companions: 'required', companionsCount: true };
  return { companions: answer ?? 'none', companionsCount: false };
}

/** What a form says of an event that is there, besides when and where it is and until when one may sign up. */
export function answersOf(event: EventDetails): Record<string, Json> {
  const { title, sector, sectors, serviceType, aliases, unit, minAge, maxAge, bring, companions, companionsCount, teacher, organisation } =
    event;
  const [{ places }] = event.scopes;
  return {
    title,
    sector,
    sectors: sectors.length > 0 ? sectors : null,
    service: serviceType,
    aliases: aliases.length > 0 ? aliases : null,
    capacity: places.capacity === null && unit === 'person' ? null : { count: places.capacity, unit },
    ages: minAge === null && maxAge === null ? null : { minAge, maxAge, unclear: null },
    bring,
    companions: companions === 'none' ? null : companionsCount ? `${companions}Counted` : companions,
    teacher,
    organisation,
    questions: event.questions.length > 0 ? event.questions.map((question) => ({ ...question })) : null,
    ...(event.sessions.length > 1 ? { format: event.signUpFor === 'all' ? 'all' : event.oneEach ? 'one' : 'single' } : {}),
  };
}

/** When and where it was, without the day: what an event that is like it begins with. The days of a series follow from its first. */
export function withoutDay(event: EventDetails): Record<string, Json> {
  const [{ startsWall: first, place }, ...others] = event.sessions;
  const sessions = event.sessions.map(({ startsWall, endsWall }) => ({
    date: '',
    start: startsWall.slice(11, 16),
    end: endsWall?.slice(11, 16) ?? null,
    ...(others.length > 0 ? { after: daysBetween(first, startsWall) } : {}),
  }));
  return { when: { sessions, doubt: { type: 'noDate' } }, place };
}

const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from.slice(0, 10)).until(to.slice(0, 10), { largestUnit: 'days' }).days;

/** Who the teacher is goes along with the name. */
export const teacherOf = ({ teacher, teacherId }: EventDetails): { id: string; name: string } | null =>
  teacher !== null && teacherId !== null ? { id: teacherId, name: teacher } : null;
