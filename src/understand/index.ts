/** What people write → dates, numbers, names, ages and whole announcements. Pure: the same text, moment and zone always give the same. */
export { parseAges, type AgesReading } from './ages.js';
export { ageOn, parseBirthDate, type BirthDateReading } from './birthDate.js';
export { parseCapacity, type CapacityReading } from './capacity.js';
export { parseDate, parseDateTime, parseTimeRange, type DateReading, type TimeRangeReading } from './dates/parse.js';
export type { Context, DateNote, DateTime } from './dates/types.js';
export { looksLikeIdNumber, looksLikePhone } from './identifiers.js';
export { readName, type NameReading } from './names.js';
export { cleanLine, normalize, type LineReading } from './normalize.js';
export { parseNumber, type NumberReading } from './numbers.js';
export { longestAnnouncement, readAnnouncement } from './announcement/announcement.js';
export type { Announcement, Note } from './announcement/types.js';
