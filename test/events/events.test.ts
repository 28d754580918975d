import { describe, expect, test } from 'vitest';
import { createEvents, on, type DomainEvent } from '../../src/events/index.js';

const context = { communityId: 'here', actorId: 'wang', now: 0, newId: () => 'id' };
const given: DomainEvent = { type: 'consent.given', dependantId: 'ming', eventId: 'art', guardianId: 'wang' };

describe('domain events', () => {
  test('reach those who subscribed to them, in order, with transaction, payload and context; nobody else', async () => {
    const heard: string[] = [];
    const events = createEvents<string>();
    events.add([
      on('consent.given', async (tx, { dependantId, guardianId }, { actorId }) => {
        await Promise.resolve();
        heard.push(`first ${tx} ${dependantId} ${guardianId} ${actorId}`);
      }),
      on('consent.refused', () => Promise.resolve(void heard.push('refused'))),
    ]);
    events.add([on('consent.given', () => Promise.resolve(void heard.push('second')))]);
    await events.emit('tx', given, context);
    expect(heard).toEqual(['first tx ming wang wang', 'second']);
    await events.emit('tx', { type: 'place.freed', eventId: 'art', scope: 'all' }, context);
    expect(heard).toHaveLength(2);
  });

  test('of which a subscriber fails fail as a whole', async () => {
    const heard: string[] = [];
    const events = createEvents<string>();
    events.add([
      on('consent.given', () => Promise.reject(new Error('full'))),
      on('consent.given', () => Promise.resolve(void heard.push('later'))),
    ]);
    await expect(events.emit('tx', given, context)).rejects.toThrow('full');
    expect(heard).toEqual([]);
  });
});
