/** What people write → dates, numbers, names, ages and whole announcements. Pure: the same text, moment and zone always give the same. */
export { parseAges, resolveBoundary, withBoundary } from './ages.js';
export type { Boundary } from './ages.js';
export { longestAnnouncement, readAnnouncement } from './announcement/announcement.js';
export type { Announcement, Note } from './announcement/types.js';
export { ageOn, parseBirthDate } from './birthDate.js';
export { parseCapacity } from './capacity.js';
export type { PlaceUnit } from './capacity.js';
export { parseDeadline } from './deadline.js';
export type { Deadline, DeadlineReading, DeadlineRefusal } from './deadline.js';
export { parseDate, parseDateTime, parseTimeRange } from './dates/parse.js';
export { looksLikeIdNumber, looksLikePhone } from './identifiers.js';
export { readName } from './names.js';
export { cleanLine, normalize } from './normalize.js';
export { parseNumber } from './numbers.js';
export { parseSchedule } from './schedule/parse.js';
export type { ScheduledSession, ScheduleNote, ScheduleReading, ScheduleRefusal } from './schedule/types.js';
