/** Everything that is measured, in the order of the table. Each is a file of rows/ with what it is about and how it is run. */
export const rows = ['core', 'durable', 'signup', 'dialogs', 'start', 'events', 'people', 'understand', 'web'];

/** One of them. */
export const loadRow = (name) => import(`./rows/${name}.mjs`);
