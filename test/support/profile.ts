import type { ProfileParts } from '../../src/features/profile/parts.js';
import { createCodes, createFamilies, createHouseholds, createInvitations, createOwnAnswers, createTasks } from '../../src/people/index.js';
import type { Sealer } from '../../src/seal/index.js';
import { texts } from './house.js';

/** What the feature profile is made of, for tests without a house. */
export function profileParts(sealer: Sealer): ProfileParts {
  const families = createFamilies(sealer);
  const codes = createCodes({ sealer, make: () => '8306-0001' });
  return {
    families,
    ownAnswers: createOwnAnswers(sealer),
    households: createHouseholds(families),
    codes,
    invitations: createInvitations({ codes, sealer }),
    tasks: createTasks(sealer),
    emit: () => Promise.resolve(),
    tell: () => Promise.resolve(),
    texts: () => texts.in('zh-CN'),
    commands: () => [],
    codeCommand: () => undefined,
  };
}
