import ts from 'typescript';

/** A place where code takes something from its surroundings instead of being given it. */
export interface Impurity {
  readonly file: string;
  /** As it stands in the code, such as `Date.now`. */
  readonly what: string;
}

const takenFromNowhere = new Set(['Date.now', 'Math.random', 'Temporal.Now', 'process.env']);

/** Finds the clocks, chances, environments and processes that a source file reaches for by itself. */
export function impuritiesIn(file: string, source: string): Impurity[] {
  const found: Impurity[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      const what = `${node.expression.getText()}.${nameOf(node)}`;
      if (takenFromNowhere.has(what)) found.push({ file, what });
    }
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
      found.push({ file, what: 'new Date()' });
    if (ts.isIdentifier(node) && node.text === 'process' && isReference(node)) found.push({ file, what: 'process' });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.ES2023, true));
  return found;
}

function nameOf(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : '';
}

// Not the `process` of `order.process()`, of `{ process: … }` or of a type.
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return ts.isElementAccessExpression(parent) && parent.expression === node;
}
