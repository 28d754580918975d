import type { Clause } from '../rig.js';
import { editing } from './editing.js';
import { failing } from './failing.js';
import { files } from './files.js';
import { incoming } from './incoming.js';
import { living } from './living.js';
import { members } from './members.js';
import { outgoing } from './outgoing.js';

/** All that an adapter must do. */
export const clauses: readonly Clause[] = [...incoming, ...files, ...members, ...outgoing, ...failing, ...editing, ...living];
