import { z } from 'zod';
import { custom } from '../../dialog/index.js';
import { readName } from '../../understand/index.js';

/** Somebody's name, kept as it was understood: 我叫王小明 gives 王小明. ID and phone numbers are refused. */
export const nameQuestion = () =>
  custom({
    schema: z.string(),
    reasons: ['empty', 'idNumber', 'phone', 'notAName', 'tooLong'],
    read: (written) => {
      const read = readName(written);
      return read.ok ? { ok: true, value: read.name } : read;
    },
    show: (name) => name,
  });
