import { schedule } from 'node-cron';

/** Calls `run` again and again until the returned function is called. */
export type Cron = (run: () => Promise<void>) => () => Promise<void>;

/** Every second. Slots that were missed, because the process slept or was busy, are of no concern: what is due stands in the database. */
export const everySecond: Cron = (run) => {
  const task = schedule('* * * * * *', run, { noOverlap: true, suppressMissedWarning: true });
  return async () => {
    await task.destroy();
  };
};
