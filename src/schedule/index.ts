export { type Cron, everySecond } from './cron.js';
export type { Job, Occurrence, PlannedOccurrence } from './occurrence.js';
export { createPlanner, type Planner } from './planner.js';
export { createPurge, firstPurge, purgeKind } from './purge.js';
export { createScheduler, type SchedulerParts } from './scheduler.js';
