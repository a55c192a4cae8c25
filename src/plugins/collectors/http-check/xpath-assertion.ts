import { textIn, type XmlElement } from './xml-document.ts';

type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** What a step asks of an element besides its name. */
type Condition =
  | { readonly kind: 'place'; readonly place: number | 'last' }
  | { readonly kind: 'value'; readonly of: string; readonly isAttribute: boolean; readonly value?: string };

type Step = {
  readonly isDeep: boolean;
  readonly kind: 'element' | 'attribute' | 'text';
  readonly name: string;
  readonly conditions: readonly Condition[];
};

/** A path of XPath that must lead somewhere, or a comparison of what it leads to. */
export type XpathAssertion = {
  readonly steps: readonly Step[];
  readonly isCount: boolean;
  readonly compare?: { readonly operator: Operator; readonly value: string | number };
};

const ASSERTION =
  /^\s*(?:(count)\(\s*(\/.+?)\s*\)|(\/.*?))\s*(?:(!=|<=|>=|==?|<|>)\s*("[^"]*"|'[^']*'|-?\d+(?:\.\d+)?))?\s*$/;
const NAME = String.raw`(?:[A-Za-z_][\w.-]*:)?(?:[A-Za-z_][\w.-]*|\*)`;
const STEP = new RegExp(String.raw`(\/\/?)(?:(@)(${NAME})|(text\(\))|(${NAME}))((?:\[[^\]]*\])*)`, 'y');
const CONDITION = new RegExp(
  String.raw`\[\s*(?:(\d+)|(last\(\))|(@?)(${NAME})\s*(?:==?\s*("[^"]*"|'[^']*'))?)\s*\]`,
  'y',
);

/**
 * Reads a part of XPath 1.0: `/a/b`, `//b`, `*`, `@x`, `text()`, `[2]`, `[last()]`, `[@x]`, `[@x="1"]`, `[c="text"]`,
 * `count(…)`, alone or compared with a text or number. Prefixes do not count. Throws for another text.
 */
export function parseXpathAssertion(text: string): XpathAssertion {
  const [matched, count, counted, plain, operator, literal = ''] = ASSERTION.exec(text) ?? [];
  const steps = stepsOf(counted ?? plain ?? '');
  if (matched === undefined || steps.length === 0) throw new Error(`${text} is no path and no comparison`);
  const isCount = count !== undefined;
  if (operator === undefined) return { steps, isCount };
  const value = /^["']/.test(literal) ? literal.slice(1, -1) : Number(literal);
  return { steps, isCount, compare: { operator: operator.replace('==', '=') as Operator, value } };
}

/** True when it holds in a document: for a comparison, when it holds for one of the places that the path leads to. */
export function holdsInXml(document: XmlElement, { steps, isCount, compare }: XpathAssertion): boolean {
  const found = steps.reduce<readonly (XmlElement | string)[]>(follow, [document]);
  if (isCount) return compare === undefined ? found.length > 0 : compares(String(found.length), compare);
  if (compare === undefined) return found.length > 0;
  return found.some((one) => compares((typeof one === 'string' ? one : textIn(one)).trim(), compare));
}

function stepsOf(path: string): Step[] {
  const steps: Step[] = [];
  for (STEP.lastIndex = 0; STEP.lastIndex < path.length; ) {
    const [, slashes, at, attribute, text, element = '', conditions = ''] = STEP.exec(path) ?? [];
    if (slashes === undefined) throw new Error(`${path} is no path`);
    const kind = at !== undefined ? 'attribute' : text !== undefined ? 'text' : 'element';
    const name = (attribute ?? element).replace(/^.*:/, '');
    steps.push({ isDeep: slashes === '//', kind, name, conditions: conditionsOf(conditions) });
  }
  return steps;
}

function conditionsOf(text: string): Condition[] {
  const conditions: Condition[] = [];
  for (CONDITION.lastIndex = 0; CONDITION.lastIndex < text.length; ) {
    const [matched, place, last, at, name = '', literal] = CONDITION.exec(text) ?? [];
    if (matched === undefined) throw new Error(`${text} is no condition that is understood`);
    if (place !== undefined) conditions.push({ kind: 'place', place: Number(place) });
    else if (last !== undefined) conditions.push({ kind: 'place', place: 'last' });
    else {
      const value = literal === undefined ? {} : { value: literal.slice(1, -1) };
      conditions.push({ kind: 'value', of: name.replace(/^.*:/, ''), isAttribute: at === '@', ...value });
    }
  }
  return conditions;
}

type Found = readonly (XmlElement | string)[];

function follow(from: Found, step: Step): Found {
  const elements = from.filter((one) => typeof one !== 'string');
  const starts = step.isDeep ? [...new Set(elements.flatMap(withDescendants))] : elements;
  return starts.flatMap((element): Found => {
    if (step.kind === 'text') return element.children.filter((child) => typeof child === 'string');
    if (step.kind === 'attribute') return attributesOf(element, step.name);
    const named = childrenOf(element, step.name);
    return step.conditions.reduce((left, condition) => left.filter((one, i) => meets(one, i, left, condition)), named);
  });
}

function withDescendants(element: XmlElement): XmlElement[] {
  return [element, ...childrenOf(element, '*').flatMap(withDescendants)];
}

function childrenOf({ children }: XmlElement, name: string): XmlElement[] {
  return children.filter((child) => typeof child !== 'string').filter((child) => name === '*' || child.name === name);
}

function attributesOf({ attributes }: XmlElement, name: string): string[] {
  return [...attributes].filter(([key]) => name === '*' || key === name).map(([, value]) => value);
}

function meets(element: XmlElement, index: number, among: readonly XmlElement[], condition: Condition): boolean {
  if (condition.kind === 'place') return index === (condition.place === 'last' ? among.length : condition.place) - 1;
  const { of, isAttribute, value } = condition;
  const values = isAttribute ? attributesOf(element, of) : childrenOf(element, of).map((child) => textIn(child).trim());
  return value === undefined ? values.length > 0 : values.includes(value);
}

function compares(text: string, { operator, value }: NonNullable<XpathAssertion['compare']>): boolean {
  const [a, b] = typeof value === 'number' ? [text === '' ? Number.NaN : Number(text), value] : [text, value];
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}
