import type { Address } from '../../../chat/index.js';
import { sessionFields } from './fields.js';

/** An event as it is published without a talk: what is left out has its usual value. Dates "YYYY-MM-DD", times "HH:MM". */
export interface GivenEvent {
  readonly title: string;
  readonly bring: string | null;
  readonly minAge: number | null;
  readonly maxAge: number | null;
  readonly capacity: number | null;
  readonly unit?: 'person' | 'child' | 'household';
  readonly signUpFor?: 'all' | 'single';
  readonly oneEach?: boolean;
  readonly timeZone: string;
  readonly sessions: readonly { readonly date: string; readonly start: string; readonly end: string | null; readonly place: string }[];
  readonly groups: readonly Address[];
}

const nobody = {
  sector: null,
  serviceType: null,
  teacher: null,
  teacherId: null,
  organisation: null,
  companions: 'none',
  companionsCount: false,
} as const;

const usual = {
  ...nobody,
  aliases: [],
  sectors: [],
  questions: [],
  unit: 'person',
  signUpFor: 'all',
  oneEach: false,
  deadline: null,
} as const;

/** The same event as the form would publish it. */
export const publication = ({ sessions, ...about }: GivenEvent) => ({
  ...usual,
  ...about,
  sessions: sessions.map((session) => sessionFields({ ...session, timeZone: about.timeZone })),
  draft: null,
});
