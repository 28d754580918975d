import { z } from 'zod';

/** Longest text that is handed to the core, in UTF-16 code units. Far above what anybody writes: the core answers long texts kindly itself. */
export const maxIncomingText = 200_000;

export const id = z.string().min(1).max(80);
/** Made by the page, once per message; no colon, so that `person:clientId` reads only one way. */
export const clientId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/u);

/** Whom the request is from, in mode `try`; everywhere else the pass says it. */
export const as = id.optional();

export const messageBody = z.strictObject({ as, chat: id, clientId, text: z.string(), replyTo: id.optional() });
export const pressBody = z.strictObject({ as, chat: id, clientId, messageId: id, value: z.string().min(1).max(256) });
export const historyQuery = z.strictObject({ as, chat: id, before: id.optional() });
export const fileQuery = z.strictObject({ as, chat: id, message: id });
export const streamQuery = z.strictObject({ as });
export const clockBody = z.strictObject({ step: z.enum(['hour', 'day']) });

/** By how much a visitor puts the clock of the sample community forward. */
export type ForwardStep = z.infer<typeof clockBody>['step'];

export type MessageBody = z.infer<typeof messageBody>;
export type PressBody = z.infer<typeof pressBody>;

/** True when nobody would see anything of a text: spaces, and signs that are not drawn. Control signs are: the page makes them visible. */
export const isBlank = (text: string): boolean => /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text);

/** Reads a JSON body; null when it is no JSON, lacks something or holds something more (also an own `__proto__`). */
export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return schema.safeParse(JSON.parse(await request.text())).data ?? null;
  } catch {
    return null;
  }
}

/** Reads the query; null when a name is missing, unknown or there twice. */
export function readQuery<T>(request: Request, schema: z.ZodType<T>): T | null {
  const pairs = [...new URL(request.url).searchParams];
  const fields = Object.fromEntries(pairs);
  return Object.keys(fields).length === pairs.length ? (schema.safeParse(fields).data ?? null) : null;
}

/** True when the body is declared as JSON: a form of another site cannot declare that without asking first. */
export const isJson = (request: Request): boolean => /^application\/json\s*(?:;|$)/iu.test(request.headers.get('content-type') ?? '');
