import { signUpPurpose, type Registration } from '../../src/features/signup/places/register.js';
import { householdIdOf } from '../../src/people/index.js';
import { freePlaces, openEvents } from '../../src/programme/index.js';
import type { Storage } from '../../src/storage/index.js';
import type { TestHouse } from '../support/house.js';

let made = 0;

/**
 * Signs children (`王小明 2018-05-20`) up for the one event that is on: the effect in which a parent's talk ends, without its six
 * messages, for tests that begin where families have signed up. What the talk would ask about besides is for the talk itself, and refused.
 */
export async function signUpFamily({ app, community, now }: TestHouse, storage: Storage, parentId: string, children: readonly string[]) {
  const runner = (app.signup.effects ?? []).find(({ type }) => type === 'signup.register');
  if (!runner) throw new Error('Nobody registers');
  await storage.transaction(async (tx) => {
    const [event, other] = await openEvents(tx, community.id, now());
    const [scope, second] = event?.scopes ?? [];
    if (!event || !scope || other || second) throw new Error('The talk would ask what for');
    if (event.companions !== 'none' || event.questions.length > 0 || event.unit === 'household') throw new Error('The talk would ask more');
    if ((await householdIdOf(tx, parentId)) !== null) throw new Error('The talk would know their children');
    const free = scope.places.waiting > 0 ? 0 : (freePlaces(scope.places) ?? Infinity);
    if (children.length > 1 && free < children.length) throw new Error('The talk would ask whether they go together');
    const registration: Registration = {
      eventId: event.id,
      byHousehold: false,
      participants: children.map((child, at) => {
        const [name = '', birthDate = ''] = child.split(' ');
        const status = at < free ? ('confirmed' as const) : ('waiting' as const);
        return {
          who: { child: { name, birthDate } },
          places: [{ scope: scope.key, status, pair: false, heldFor: null, fills: null }],
          companions: 0,
          needsConsent: true,
          answers: null,
        };
      }),
      purpose: signUpPurpose(event.ref),
      bond: 'parent',
      code: null,
      proxy: null,
    };
    const context = { communityId: community.id, actorId: parentId, now: now(), newId: () => `family${(made += 1)}` };
    await runner.run(tx, { type: runner.type, payload: registration }, context);
  });
  await app.settle();
}
