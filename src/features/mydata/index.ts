import { z } from 'zod';
import type { Feature, Request } from '../../command/index.js';
import { eraseLeftovers, type Families, type Guests, type LogRow, type Notes, type OwnAnswers } from '../../people/index.js';
import type { Job, Planner } from '../../schedule/index.js';
import type { Tidier, Tx } from '../../storage/index.js';
import { deleteCommand, deleteYesCommand, type ErasingParts } from './eraseCommand.js';
import { exported, fileCommand, recordCommand, recordPaper } from './recordCommand.js';

/** What people may ask of what is kept about them: to see it, to take it along, to have it deleted. */
export interface MyData extends Feature<Tx> {
  readonly jobs: { readonly 'person.leftovers': Job };
}

const leftovers = z.object({
  erasedAt: z.number(),
  accounts: z.array(z.object({ platform: z.string(), account: z.string(), chats: z.array(z.string()) })),
});

/** Builds the feature. `sentence` writes a row of the log in words. */
export function createMyData(parts: {
  families: Families;
  guests: Guests;
  notes: Notes;
  ownAnswers: OwnAnswers;
  planner: Planner;
  tidier: Tidier;
  sentence: (row: LogRow, t: Request['t']) => string;
  beforeErase: ErasingParts['beforeErase'];
  traces: ErasingParts['traces'];
  copyDays: number;
}): MyData {
  const { planner, tidier, ...rest } = parts;
  const kind = 'person.leftovers';
  const erasing: ErasingParts = {
    ...rest,
    forgetLater: async (tx, { communityId, accounts, now, dueAt, newId }) => {
      await planner.plan(tx, [{ key: `${kind}:${newId()}`, communityId, kind, dueAt, payload: { erasedAt: now, accounts } }]);
      await tidier.want(tx, dueAt);
    },
  };
  return {
    name: 'mydata',
    papers: { 'mydata.record': recordPaper(parts) },
    commands: [recordCommand(parts), fileCommand(), deleteCommand(erasing), deleteYesCommand(erasing)],
    dialogs: [],
    effects: [exported.runner],
    jobs: {
      [kind]: async (tx, { payload }) => {
        const { erasedAt, accounts } = leftovers.parse(payload);
        for (const account of accounts) await eraseLeftovers(tx, account, erasedAt, parts.traces);
      },
    },
  };
}
