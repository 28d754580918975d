import type { Content, Inbound } from '../../src/chat/index.js';
import { createRegistry, route, type Open, type Registry } from '../../src/command/index.js';
import { createCommunityFeature } from '../../src/features/community/index.js';
import { createMyData } from '../../src/features/mydata/index.js';
import { createProfile } from '../../src/features/profile/index.js';
import { createSignup } from '../../src/features/signup/index.js';
import {
  createCodes,
  createFamilies,
  createGuests,
  createNotes,
  createSearches,
  createOwnAnswers,
  createTasks,
  createUnreached,
  createInvitations,
} from '../../src/people/index.js';
import { createPlanner } from '../../src/schedule/index.js';
import { createSealer } from '../../src/seal/index.js';
import type { Tx } from '../../src/storage/index.js';
import { texts } from '../support/house.js';
import { profileParts } from '../support/profile.js';

const sealer = createSealer(new Uint8Array(32));
const families = createFamilies(sealer);
const codes = createCodes({ sealer, make: () => 'CODE' });
const nothingToDo = async () => undefined;
const mydata = createMyData({
  families,
  guests: createGuests(sealer),
  notes: createNotes(sealer),
  ownAnswers: createOwnAnswers(sealer),
  planner: createPlanner({ sealer }),
  tidier: { want: nothingToDo, run: nothingToDo },
  sentence: () => '',
  beforeErase: nothingToDo,
  traces: {},
  copyDays: 30,
});
const invitations = createInvitations({ codes, sealer });

/** The registry of the real features, without a database. */
export const registry: Registry<Tx> = createRegistry<Tx>([
  createCommunityFeature({ codes, invitations, texts: () => texts.in('zh-CN') }),
  mydata,
  createProfile(profileParts(sealer)),
  createSignup({
    families,
    guests: createGuests(sealer),
    notes: createNotes(sealer),
    searches: createSearches(sealer),
    ownAnswers: createOwnAnswers(sealer),
    codes,
    tasks: createTasks(sealer),
    unreached: createUnreached(sealer),
    emit: () => Promise.resolve(),
    planner: createPlanner({ sealer }),
    tell: () => Promise.resolve(),
    newRef: () => 'ref',
    texts: () => texts.in('zh-CN'),
    clock: () => 0,
  }),
]);

export const nothing: Open = { menu: undefined, dialog: false };

/** One message as it comes in; `at` in ms. */
export const inbound = (kind: Inbound['kind'], content: Content, at = 0): Inbound => ({
  id: 'u1',
  at,
  address: { platform: 'memory', account: 'test', chat: 'chat' },
  kind,
  from: { id: 'wang', name: '王妈妈' },
  content,
});

/** Where a message goes, in one short line: `join`, `join bare`, `new 书法班`, `choice /mine`, `dialog 王小明`, `silence`. */
export function goes(message: Inbound, open: Open = nothing): string {
  const where = route(message, open, registry.commands);
  if (where.to === 'command')
    return [where.call.command.name, where.call.args, where.bare ? 'bare' : ''].filter((part) => part !== '').join(' ');
  if (where.to === 'choice') return `choice ${where.value}`;
  return where.to === 'dialog' ? `dialog ${where.text}` : where.to;
}
