import { z } from 'zod';
import { custom } from '../../dialog/index.js';
import { readChildName, readFullName, readName } from '../../understand/index.js';

/** Somebody's name, kept as it was understood: 我叫王小明 gives 王小明, 叫我王姐 gives 王姐. ID and phone numbers are refused. Whoever says how to be called may have digits in it (3号楼王姐); for a child's name no answer and no sentence is taken, and nothing that `calls` a command. */
export const nameQuestion = (of: 'person' | 'self' | 'child' = 'person', calls: (text: string) => boolean = () => false) =>
  custom({
    schema: z.string(),
    reasons: ['empty', 'idNumber', 'phone', 'notAName', 'tooLong'],
    numbersAreAnswers: false,
    read: (written) => {
      const name = written.replace(/^(?:请|就|你|您|可以)*叫我\s*/u, '');
      const read = of === 'self' ? readName(name) : of === 'child' ? readChildName(name, calls) : readFullName(name);
      if (read.ok) return { ok: true, value: read.name };
      return { ok: false, reason: read.reason === 'digits' ? 'notAName' : read.reason };
    },
    show: (name) => name,
  });
