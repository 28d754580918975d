import { z } from 'zod';
import { custom, nameAndDate } from '../../dialog/index.js';
import { claimsOffice, parseBirthDate, readChildName, readFullName, readName, today } from '../../understand/index.js';

const withoutCall = (written: string): string => written.replace(/^(?:请|就|你|您|可以)*叫我\s*/u, '');

/** The name of somebody of the family, kept as it was understood: 叫王小明 gives 王小明. ID and phone numbers are refused. */
export const nameQuestion = () =>
  custom({
    schema: z.string(),
    reasons: ['empty', 'idNumber', 'phone', 'notAName', 'tooLong'],
    numbersAreAnswers: false,
    read: (written) => {
      const read = readFullName(withoutCall(written));
      if (read.ok) return { ok: true, value: read.name };
      return { ok: false, reason: read.reason === 'digits' ? 'notAName' : read.reason };
    },
    show: (name) => name,
  });

/** How somebody wants to be called: 叫我王姐 gives 王姐, and digits may be in it (3号楼王姐). Names of an office are for those who hold it. */
export const ownNameQuestion = () =>
  custom<string, 'empty' | 'idNumber' | 'phone' | 'notAName' | 'tooLong' | 'office', { readonly staff: boolean }>({
    schema: z.string(),
    reasons: ['empty', 'idNumber', 'phone', 'notAName', 'tooLong', 'office'],
    numbersAreAnswers: false,
    read: (written, { facts }) => {
      const read = readName(withoutCall(written));
      if (!read.ok) return read;
      return claimsOffice(read.name) && !facts.staff ? { ok: false, reason: 'office' } : { ok: true, value: read.name };
    },
    show: (name) => name,
  });

/**
 * A child's name, with its birth date behind it where somebody writes both (王小明 2018-5-20); a day that cannot be is said, and asked
 * for next. Of a child that is known, the name alone is taken. No answer and no sentence is a name, and nothing that `calls` a command.
 */
export const childNameQuestion = (calls: (text: string) => boolean = () => false) => {
  const readOne = (text: string) => readChildName(text, calls);
  const plain = nameQuestion();
  return custom<string, 'empty' | 'idNumber' | 'phone' | 'notAName' | 'tooLong', { readonly entry: object | null }>({
    schema: z.string(),
    reasons: ['empty', 'idNumber', 'phone', 'notAName', 'tooLong'],
    numbersAreAnswers: false,
    read: (written, { facts, t, now, timeZone }) => {
      const read = readOne(withoutCall(written));
      if (read.ok) return { ok: true, value: read.name };
      const reason = read.reason === 'digits' ? 'notAName' : read.reason;
      if (facts.entry !== null || reason === 'idNumber') return { ok: false, reason };
      const both = nameAndDate(withoutCall(written), readOne, (text) => parseBirthDate(text, { today: today(now, timeZone) }));
      if (!both) return { ok: false, reason };
      if ('birthDate' in both) return { ok: true, value: both.name, also: { birthDate: both.birthDate } };
      return { ok: true, value: both.name, note: t(`child.birthDate.invalid.${both.why}`) };
    },
    show: plain.show,
  });
};
