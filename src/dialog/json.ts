import { z } from 'zod';
import type { Json } from './types.js';

/** Any JSON, as it is: what zod's own `z.json()` accepts, without a try at each kind and a copy of every part, which every turn would pay for. */
export const json = z.custom<Json>(isJson);

/** JSON by name, such as answers by their questions. */
export const jsonRecord = z.custom<Record<string, Json>>((value) => isObject(value) && isJson(value));

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return isObject(value) && Object.values(value).every(isJson);
}

/** A plain object: a Date or a Map comes back from the store as something else. */
function isObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const kind: unknown = Object.getPrototypeOf(value);
  return kind === Object.prototype || kind === null;
}
