import type { AtModifier, DurationExpr, Expr, VectorMatching, VectorSelector } from '#query/promql/ast.ts';
import { formatPlain } from '#query/promql/number-text.ts';
import { durationText, labelText, numberText, quote } from './literal-text.ts';
import { selectorText } from './selector-text.ts';

type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

/** A query in one line in its canonical form; parsing it gives the same expression. */
export function printQuery(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return numberText(expr.value, expr.isDuration);
    case 'string':
      return quote(expr.value);
    case 'selector':
      return `${selectorText(expr)}${atText(expr.at)}${extensionText(expr)}${offsetText(expr)}`;
    case 'matrix':
      return matrixText(expr);
    case 'subquery':
      return printQuery(expr.expr) + subqueryText(expr);
    case 'call':
      return `${expr.name}(${expr.args.map((arg, i) => argumentText(expr, arg, i)).join(', ')})`;
    case 'aggregate':
      return aggregateText(expr);
    case 'binary':
      return `${printQuery(expr.left)} ${operatorText(expr)} ${printQuery(expr.right)}`;
    case 'unary':
      return expr.op + printQuery(expr.expr);
    case 'paren':
      return `(${printQuery(expr.expr)})`;
  }
}

/** The operator of a binary expression with its modifiers: `== bool on (a) group_left (b)`. */
export function operatorText(expr: Of<'binary'>): string {
  return `${expr.op}${expr.returnBool ? ' bool' : ''}${expr.matching === undefined ? '' : matchingText(expr.matching)}`;
}

/** The operator of an aggregation with its labels: `sum by (a) `. */
export function aggregatorText(expr: Of<'aggregate'>): string {
  if (expr.without) return `${expr.op} without ${labelList(expr.labels)} `;
  return expr.labels.length === 0 ? expr.op : `${expr.op} by ${labelList(expr.labels)} `;
}

/** What stands behind the expression of a subquery: `[5m:1m] @ 1.000 offset 5m`. */
export function subqueryText(expr: Of<'subquery'>): string {
  const step = expr.stepExpr !== undefined ? durationExprText(expr.stepExpr) : durationOrNothing(expr.step);
  return `[${rangeText(expr)}:${step}]${atText(expr.at)}${offsetText(expr)}`;
}

/** The second argument of `info` is refused when a name stands before its braces. */
function argumentText(call: Of<'call'>, argument: Expr, position: number): string {
  if (call.name !== 'info' || position !== 1 || argument.kind !== 'selector') return printQuery(argument);
  return selectorText(argument, { bracesOnly: true });
}

const durationOrNothing = (ms: number | undefined): string => (ms === undefined ? '' : durationText(ms));

function aggregateText(expr: Of<'aggregate'>): string {
  const param = expr.param === undefined ? '' : `${printQuery(expr.param)}, `;
  return `${aggregatorText(expr)}(${param}${printQuery(expr.expr)})`;
}

function matrixText(expr: Of<'matrix'>): string {
  const { selector } = expr;
  return `${selectorText(selector)}[${rangeText(expr)}]${extensionText(selector)}${atText(selector.at)}${offsetText(selector)}`;
}

function matchingText(matching: VectorMatching): string {
  const { cardinality, on, labels, include, fill } = matching;
  const isGrouped = cardinality === 'many-to-one' || cardinality === 'one-to-many';
  let text = labels.length > 0 || on || isGrouped ? ` ${on ? 'on' : 'ignoring'} ${labelList(labels)}` : '';
  if (isGrouped) text += ` group_${cardinality === 'many-to-one' ? 'left' : 'right'} ${labelList(include)}`;
  if (fill === undefined) return text;
  if (fill.left !== undefined && Object.is(fill.left, fill.right)) return `${text} fill (${formatPlain(fill.left)})`;
  if (fill.left !== undefined) text += ` fill_left (${formatPlain(fill.left)})`;
  return fill.right === undefined ? text : `${text} fill_right (${formatPlain(fill.right)})`;
}

const labelList = (labels: readonly string[]): string => `(${labels.map(labelText).join(', ')})`;

const extensionText = (selector: VectorSelector): string =>
  selector.extension === undefined ? '' : ` ${selector.extension}`;

function atText(at: AtModifier | undefined): string {
  if (at === undefined) return '';
  return typeof at === 'number' ? ` @ ${(at / 1000).toFixed(3)}` : ` @ ${at}()`;
}

function offsetText(target: { readonly offset: number; readonly offsetExpr?: DurationExpr }): string {
  if (target.offsetExpr !== undefined) return ` offset ${durationExprText(target.offsetExpr)}`;
  return target.offset === 0 ? '' : ` offset ${durationText(target.offset)}`;
}

const rangeText = (target: { readonly range: number; readonly rangeExpr?: DurationExpr }): string =>
  target.rangeExpr === undefined ? durationText(target.range) : durationExprText(target.rangeExpr);

function durationExprText(expr: DurationExpr): string {
  switch (expr.kind) {
    case 'number':
      return numberText(expr.value, expr.isDuration);
    case 'step':
    case 'range':
      return `${expr.kind}()`;
    case 'paren':
      return `(${durationExprText(expr.expr)})`;
    case 'unary':
      return `${expr.op}${durationExprText(expr.expr)}`;
    case 'binary': {
      const [left, right] = [durationExprText(expr.left), durationExprText(expr.right)];
      return expr.op === 'min_of' || expr.op === 'max_of'
        ? `${expr.op}(${left}, ${right})`
        : `${left} ${expr.op} ${right}`;
    }
  }
}
