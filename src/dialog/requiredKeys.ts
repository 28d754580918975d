import type { AnyDialog } from './definition.js';
import { engineKeys } from './engineKeys.js';

/** Every text that a dialog can come to need, so that a test can demand it in every language. */
export function requiredKeys(dialog: AnyDialog): string[] {
  const questions = dialog.entries.flatMap(({ key, question }) =>
    (question.auto ? ['label'] : ['ask', 'label', 'help', ...question.keys]).map((text) => `${dialog.wordsOf}.${key}.${text}`),
  );
  const endings = [`${dialog.name}.confirm`, ...(dialog.keep ? [`${dialog.name}.keep`] : [])];
  return [dialog.subjectKey, ...endings, ...questions, ...engineKeys.map((key) => `dialog.${key}`)];
}
