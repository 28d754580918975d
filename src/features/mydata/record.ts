import type { Translate } from '../../dialog/index.js';
import { clock, date, day, instant, list, type Locale } from '../../i18n/index.js';
import { namedPlatform, type LogRow, type PersonRecord, type RecordParticipant } from '../../people/index.js';

/** For whom a record is written. */
export interface RecordReader {
  readonly t: Translate;
  readonly locale: Locale;
  /** ms since the epoch */
  readonly now: number;
  readonly timeZone: string;
  /** A row of the log as a sentence; the same words as in `/log`. */
  readonly sentence: (row: LogRow) => string;
}

/**
 * Everything that is kept about a person as one text in their language, in Markdown: a file to save, or pages of a chat.
 * Pure: the same facts give the same text.
 */
export function personRecord(facts: PersonRecord, reader: RecordReader): string {
  const { t } = reader;
  const section = (name: string, lines: readonly string[]): string[] => [
    '',
    `## ${t(`mydata.record.${name}.head`)}`,
    ...(lines.length === 0 ? [t('mydata.record.none')] : lines.map((line) => `- ${line}`)),
  ];
  return [
    `# ${t('mydata.record.head')}`,
    t('mydata.record.madeAt', { at: moment(reader.now, reader) }),
    ...section('about', about(facts, reader)),
    ...section(
      'accounts',
      facts.identities.map(({ platform, id, name, since }) => {
        const known = namedPlatform(platform);
        const account = known === null ? name : t('link.account', { name, platform: t(`link.platforms.${known}`) });
        return t('mydata.record.accounts.line', { account, id, since: dayOf(since, reader) });
      }),
    ),
    ...section(
      'roles',
      facts.roles.map((role) => roleLine(role, reader)),
    ),
    ...section(
      'family',
      facts.households.flatMap((household) => householdLines(household, reader)),
    ),
    ...section(
      'signUps',
      facts.signUps.flatMap((signUp) => signUpLines(signUp, reader)),
    ),
    ...section(
      'consents',
      facts.consents.map((consent) => consentLine(consent, reader)),
    ),
    ...section(
      'tasks',
      facts.tasks.map((task) => taskLine(task, reader)),
    ),
    ...section(
      'log',
      facts.log.map((row) => t('log.line', { at: moment(row.at, reader), what: reader.sentence(row) })),
    ),
    '',
  ].join('\n');
}

const dayOf = (at: number, { locale, timeZone }: RecordReader): string => date(at, locale, timeZone);

const moment = (at: number, { locale, now, timeZone }: RecordReader): string => instant(at, locale, now, timeZone);

function about({ name, locale, elder, since, leftGroups }: PersonRecord, reader: RecordReader): string[] {
  const { t } = reader;
  return [
    t('profile.me.name', { name }),
    t('profile.me.language', { language: t(`profile.language.names.${locale ?? reader.locale}`) }),
    ...(elder ? [t('mydata.record.about.elder')] : []),
    t('mydata.record.about.since', { since: dayOf(since, reader) }),
    ...(leftGroups.length > 0 ? [t('mydata.record.about.leftGroups', { groups: list(leftGroups, reader.locale) })] : []),
  ];
}

function roleLine({ community, role, since, by }: PersonRecord['roles'][number], reader: RecordReader): string {
  const { t } = reader;
  const given = by === null ? '' : t('team.staff.by', { by });
  return t('team.staff.line', { name: community, role: t(`team.roles.${role}`), since: dayOf(since, reader), by: given });
}

function householdLines({ others, bond, apart, dependants }: PersonRecord['households'][number], reader: RecordReader): string[] {
  const { t, locale } = reader;
  return [
    ...(bond === null ? [] : [t('mydata.record.family.bond', { bond: t(`mydata.record.bonds.${bond}`) })]),
    ...apart.map((one) => t('mydata.record.family.bondTo', { name: one.name, bond: t(`mydata.record.bonds.${one.bond}`) })),
    ...(others.length === 0 ? [] : [t('mydata.record.family.others', { names: list(others, locale) })]),
    ...dependants.map(({ name, birthDate }) =>
      birthDate === '' ? t('mydata.record.family.elder', { name }) : t('mydata.record.family.child', { name, birthDate }),
    ),
  ];
}

function participantName(participant: RecordParticipant, { t }: RecordReader): string {
  if (participant.type === 'guest' && participant.name !== '') return participant.name;
  return participant.type === 'dependant' ? participant.name : t(`mydata.record.participants.${participant.type}`);
}

function signUpLines(signUp: PersonRecord['signUps'][number], reader: RecordReader): string[] {
  const { t, locale, now } = reader;
  const { startsWall, timeZone } = signUp;
  const wall = (at: string): string => `${day(at, locale, now, timeZone)} ${clock(at, null, locale, now, timeZone)}`;
  const companions = signUp.companions > 0 ? t('mydata.record.signUps.companions', { count: signUp.companions }) : '';
  const line = t('mydata.record.signUps.line', {
    community: signUp.community,
    event: signUp.event,
    when: startsWall === null ? '' : wall(startsWall),
    place: signUp.place ?? '',
    name: participantName(signUp.participant, reader),
    status: t(`mydata.record.states.${signUp.status}`),
    companions,
    since: dayOf(signUp.since, reader),
  });
  const came = signUp.attendances.map((attendance) =>
    t('mydata.record.signUps.attendance', {
      event: signUp.event,
      name: participantName(signUp.participant, reader),
      when: wall(attendance.startsWall),
      state: t(`mydata.record.states.${attendance.state}`),
    }),
  );
  const said = signUp.answers.map(({ question, answer }) =>
    t('mydata.record.signUps.answer', { event: signUp.event, name: participantName(signUp.participant, reader), question, answer }),
  );
  const note =
    signUp.note === null
      ? []
      : [t('mydata.record.signUps.note', { event: signUp.event, name: participantName(signUp.participant, reader), note: signUp.note })];
  return [line, ...said, ...note, ...came];
}

function consentLine({ withdrawnAt, givenAt, ...consent }: PersonRecord['consents'][number], reader: RecordReader): string {
  const { t } = reader;
  const { community, event, textVersion, method } = consent;
  const child = consent.child === '' ? t('mydata.record.participants.former') : consent.child;
  const values = { community, child, textVersion, method: t(`mydata.record.methods.${method}`), at: moment(givenAt, reader) };
  const line = event === null ? t('mydata.record.consents.family', values) : t('mydata.record.consents.line', { ...values, event });
  return withdrawnAt === null ? line : `${line}${t('mydata.record.consents.withdrawn', { at: moment(withdrawnAt, reader) })}`;
}

function taskLine({ community, kind, since, doneAt }: PersonRecord['tasks'][number], reader: RecordReader): string {
  const { t } = reader;
  const state = doneAt === null ? t('mydata.record.tasks.open') : t('mydata.record.tasks.done', { at: moment(doneAt, reader) });
  return t('mydata.record.tasks.line', { community, kind: t(`mydata.record.taskKinds.${kind}`), since: moment(since, reader), state });
}

/** Letters in one message: what every platform shows whole. */
const perPage = 1_500;

/** A text cut into pages, between lines; a line longer than a page stands alone. */
export function pagesOfText(text: string, most = perPage): string[] {
  const pages: string[] = [];
  let page: string[] = [];
  let length = 0;
  for (const line of text.trimEnd().split('\n')) {
    if (page.length > 0 && length + line.length + 1 > most) {
      pages.push(page.join('\n'));
      [page, length] = [[], 0];
    }
    page.push(line);
    length += line.length + 1;
  }
  return [...pages, page.join('\n')];
}

/** The record as the bytes of a text file: heads as people write them, lines ended for every system, and the mark by which old phones know that it is UTF-8. */
export function asFile(record: string): Uint8Array {
  const lines = record.split('\n').map((line) =>
    line
      .replace(/^## (.*)$/u, '【$1】')
      .replace(/^# /u, '')
      .replace(/^- /u, '· '),
  );
  return new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`);
}
