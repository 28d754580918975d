import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { open, type Effect, type Step } from '../../src/dialog/index.js';
import { camp, firstTime, knownFamily, manySessions } from './sample/camp.js';
import { print, talk, world, type Talk } from './sample/driver.js';
import { newEvent } from './sample/newEvent.js';

const folder = fileURLToPath(new URL('./transcripts/', import.meta.url));
const seed = { eventId: 'e1' };
const pasted = { title: '美术课', day: '2026-08-01', place: '活动中心二楼', capacity: 20 };

/** How a transcript begins: its first line is `# NAME`. */
const beginnings: Record<string, () => Talk<never, Effect>> = {
  'first time': () => talk(camp, open(camp, world(firstTime), { seed }), world(firstTime)),
  'known family': () => talk(camp, open(camp, world(knownFamily), { seed }), world(knownFamily)),
  'many sessions': () => talk(camp, open(camp, world(manySessions), { seed }), world(manySessions)),
  English: () => talk(camp, open(camp, world(firstTime, 'en'), { seed }), world(firstTime, 'en')),
  'pasted announcement': () =>
    talk(newEvent, open(newEvent, world({}), { answers: pasted, remarks: ['“7月30日截止”我还不会管，没有写进去。'] }), world({})),
  'empty form': () => talk(newEvent, open(newEvent, world({})), world({})),
};

/** Holds the talk anew: `> words`, `> [label]` presses, `> (pause)` resumes. */
function hold(transcript: string): string {
  const [head = '', ...lines] = transcript.split('\n');
  const begin = beginnings[head.replace(/^# /, '')];
  if (!begin) throw new Error(`No beginning is called ${head}`);
  const one = begin();
  const shown = (step: Step) => [
    print(step.say),
    ...(step.ended ? [`= ${step.ended}`] : []),
    ...step.effects.map((effect) => `= ${JSON.stringify(effect)}`),
  ];
  const told = [head, ...shown(one.last)];
  for (const line of lines.filter((text) => text.startsWith('>'))) {
    const said = line.slice(2);
    const pressed = /^\[(.*)\]$/.exec(said)?.[1];
    told.push(line, ...shown(said === '(pause)' ? one.resume() : pressed === undefined ? one.say(said) : one.press(pressed)));
  }
  return `${told.join('\n')}\n`;
}

describe('talks', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.transcript.txt'));
  test.each(files)('%s', async (name) => {
    const transcript = readFileSync(folder + name, 'utf8');
    await expect(hold(transcript)).toMatchFileSnapshot(folder + name);
  });
  test('a wrong transcript is noticed', () => {
    const transcript = readFileSync(`${folder}first-time.transcript.txt`, 'utf8').replace('报好了', '没报好');
    expect(hold(transcript)).not.toBe(transcript);
  });
});
