import { z } from 'zod';
import { custom } from '../../dialog/index.js';
import { readName } from '../../understand/index.js';

/** Somebody's name, kept as it was understood: 我叫王小明 gives 王小明, 叫我王姐 gives 王姐. ID and phone numbers are refused. */
export const nameQuestion = () =>
  custom({
    schema: z.string(),
    reasons: ['empty', 'idNumber', 'phone', 'notAName', 'tooLong'],
    numbersAreAnswers: false,
    read: (written) => {
      const read = readName(written.replace(/^(?:请|就|你|您|可以)*叫我\s*/u, ''));
      return read.ok ? { ok: true, value: read.name } : read;
    },
    show: (name) => name,
  });
