import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { texts } from './web/rig.js';

const folder = new URL('../../src/adapters/web/page/', import.meta.url);

describe('texts of the web chat', () => {
  it('are the same in both languages, and none is empty', () => {
    expect(Object.keys(texts['zh-CN']).sort()).toEqual(Object.keys(texts.en).sort());
    for (const text of [...Object.values(texts['zh-CN']), ...Object.values(texts.en)]) expect(text.trim()).not.toBe('');
  });

  it('cover every key that page and server name, and hold none that nobody needs', () => {
    const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
    const server = [
      '../../src/adapters/web/answers.ts',
      '../../src/adapters/web/routes.ts',
      '../../src/adapters/web/adapter.ts',
      '../../src/server/faults.ts',
    ].map((path) => readFileSync(new URL(path, import.meta.url), 'utf8'));
    const named = sources.flatMap((source) =>
      [...source.matchAll(/\bt\(\s*'(\w+)'/gu), ...source.matchAll(/\{\{(\w+)\}\}/gu)].map(([, key]) => key ?? ''),
    );
    expect(named.length).toBeGreaterThan(20);
    for (const key of named) if (key !== 'locale') expect(Object.keys(texts.en)).toContain(key);
    const all = [...sources, ...server].join('\n');
    expect(Object.keys(texts.en).filter((key) => !new RegExp(`\\b${key}\\b`, 'u').test(all))).toEqual([]);
  });
});
