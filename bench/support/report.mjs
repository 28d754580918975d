import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/setup/root.mjs';
import { short } from './measure.mjs';
import { bench } from './setUp.mjs';

const heads = ['What', 'Ours', 'Peer or limit', 'Ratio', 'Rounds', 'Target', ''];
const cellsOf = ({ what, ours, peer, ratio, rounds, target, met }) => [
  what,
  ours,
  peer,
  ratio === undefined ? '–' : short(ratio),
  rounds ?? '–',
  target,
  met ? 'met' : '**missed**',
];

/** The results as a table in Markdown. */
export function tableOf(results) {
  const lines = [heads, heads.map(() => '---'), ...results.flatMap(({ lines }) => lines.map(cellsOf))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Writes RESULTS.md: the versions, the table, how each row was measured, and why what was missed was missed. */
export async function report(results, postgres) {
  const versions = [
    ['Date', new Date().toISOString().slice(0, 10)],
    ['Node', process.versions.node],
    ['CPUs', `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`],
    ['grammY', versionOf(bench, 'grammy')],
    ['@grammyjs/conversations', versionOf(bench, '@grammyjs/conversations')],
    ['@grammyjs/storage-prisma', versionOf(bench, '@grammyjs/storage-prisma')],
    ['Prisma', versionOf(root, 'prisma')],
    ['@libsql/client', versionOf(root, '@libsql/client')],
    ['PostgreSQL', postgres],
  ];
  const sections = results.flatMap(({ name, about, lines }) => [
    `## ${name}`,
    about,
    ...lines.flatMap(({ what, why }) => (why === undefined ? [] : [`**${what}.** ${why}`])),
  ]);
  const text = [
    '# Results',
    'Written by `npm run bench`; `npm run bench -- NAME` measures one row and prints it. Medians of five rounds in which the sides take turns; ratios are taken within a round, and "Rounds" says how far they lie apart.',
    versions.map(([what, version]) => `- ${what}: ${version}`).join('\n'),
    tableOf(results),
    ...sections,
  ].join('\n\n');
  writeFileSync(join(bench, 'RESULTS.md'), `${text}\n`);
}

const versionOf = (folder, name) => JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
