/** What the files made here are called to browsers and phones. */
export const mimeTypes = {
  txt: 'text/plain; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
  png: 'image/png',
} as const;
