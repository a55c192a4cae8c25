import type { LogRuleStep } from '#core/api/log-rules.ts';

type StepType = LogRuleStep['type'];

/** How one option of a step is written in the form. */
export type StepOption = {
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
} & (
  | { readonly kind: 'text' | 'number' | 'check' }
  /** A text that is left out when it is empty. */
  | { readonly kind: 'optional' }
  /** One a line, or with commas between. */
  | { readonly kind: 'lines' | 'list' }
  /** `name = value`, one a line. */
  | { readonly kind: 'map' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'choices'; readonly options: readonly string[] }
);

export type StepForm = {
  readonly label: string;
  readonly help: string;
  readonly group: 'Take apart' | 'Change' | 'Add' | 'Hide and leave out';
  readonly options: readonly StepOption[];
  /** What a new step of the kind has that the options' defaults do not give. */
  readonly example: Readonly<Record<string, unknown>>;
};

const FIELD: StepOption = {
  key: 'field',
  label: 'Field',
  kind: 'text',
  hint: 'body, host, service, source, severity, time, or the name of a field',
};
const PREFIX: StepOption = { key: 'prefix', label: 'Prefix of the names', kind: 'text', placeholder: 'app.' };

const takesApart = (
  label: string,
  help: string,
  options: readonly StepOption[] = [PREFIX],
  example = {},
): StepForm => ({
  ...{ label, help, example, group: 'Take apart', options: [FIELD, ...options] },
});
const changes = (label: string, help: string, options: readonly StepOption[], example = {}): StepForm => ({
  ...{ label, help, options, example, group: 'Change' },
});
const pattern = (placeholder: string, hint = ''): StepOption => ({
  ...{ key: 'pattern', label: 'Pattern', kind: 'text', placeholder, hint },
});

/** The form of each kind of step, in the order in which they are offered. */
export const STEP_FORMS: Readonly<Record<StepType, StepForm>> = {
  grok: takesApart(
    'grok',
    'Names parts of the text: %{IP:source.ip} %{NUMBER:bytes}. The first pattern that matches counts.',
    [
      {
        ...{ key: 'patterns', label: 'Patterns, one a line', kind: 'lines' },
        placeholder: '%{WORD:http.request.method} %{NOTSPACE:path} %{NUMBER:status}',
      },
      { key: 'ecs', label: 'Names of fields as in the Elastic Common Schema', kind: 'check' },
    ],
    { patterns: ['%{GREEDYDATA:text}'] },
  ),
  dissect: takesApart(
    'dissect',
    'Cuts at the texts between the names, without patterns: fast. %{?x} skips, %{x->} takes repeated blanks.',
    [pattern('%{time} [%{level}] %{text}'), PREFIX],
    { pattern: '%{first} %{rest}' },
  ),
  regex: takesApart(
    'regex',
    'A RE2 expression, found anywhere; named groups become fields.',
    [pattern('took (?<took>\\d+) ms'), PREFIX],
    { pattern: '(?<first>\\S+)' },
  ),
  json: takesApart('JSON', 'The first object in the text; members of members have dotted names.'),
  logfmt: takesApart('logfmt', 'key=value pairs as Go services write them.'),
  kv: takesApart('key and value', 'Pairs with signs of your own between them.', [
    { key: 'pair', label: 'Between pairs', kind: 'text' },
    { key: 'value', label: 'Between key and value', kind: 'text' },
    PREFIX,
  ]),
  csv: takesApart(
    'CSV',
    'Columns by their place; a column without a name is left out.',
    [
      { key: 'columns', label: 'Columns', kind: 'list', placeholder: 'time, user, , status' },
      { key: 'separator', label: 'Separator', kind: 'text' },
      PREFIX,
    ],
    { columns: ['first', 'second'] },
  ),
  cef: takesApart('CEF', 'Events of ArcSight: CEF:0|vendor|…', []),
  leef: takesApart('LEEF', 'Events of QRadar: LEEF:2.0|vendor|…', []),
  xml: takesApart('XML', 'Elements and attributes, with dotted names.'),
  query: takesApart('query of a URL', 'Parameters behind the question mark.'),
  timestamp: changes('timestamp', 'The time of the line from a field; without formats any common form is read.', [
    FIELD,
    { key: 'formats', label: 'Formats, one a line', kind: 'lines', placeholder: '%d/%m/%Y %H:%M:%S' },
    { key: 'zone', label: 'Zone of times without one', kind: 'optional', placeholder: 'Europe/Berlin' },
  ]),
  convert: changes(
    'convert',
    'To a plain number: 1,234 → 1234; 1m30s → 90; 2KiB → 2048; a level’s name → its number.',
    [
      FIELD,
      { key: 'to', label: 'To', kind: 'choice', options: ['int', 'float', 'bool', 'duration', 'bytes', 'severity'] },
    ],
    { field: 'number', to: 'int' },
  ),
  rename: changes(
    'rename',
    'Another name for a field; also from and to body, host, service.',
    [
      { key: 'from', label: 'From', kind: 'text' },
      { key: 'to', label: 'To', kind: 'text' },
    ],
    { from: 'old', to: 'new' },
  ),
  set: changes(
    'set',
    '%{name} in the value stands for a field.',
    [
      FIELD,
      { key: 'value', label: 'Value', kind: 'text', placeholder: '%{host}/%{service}' },
      { key: 'override', label: 'Also where there is a value already', kind: 'check' },
    ],
    { field: 'team', value: '' },
  ),
  remove: changes('remove', 'Takes fields away.', [{ key: 'fields', label: 'Fields', kind: 'list' }], {
    fields: ['field'],
  }),
  replace: changes(
    'replace',
    'Every match of a RE2 expression; $1 and $<name> stand for groups.',
    [FIELD, pattern('\\s+'), { key: 'with', label: 'With', kind: 'text' }],
    { pattern: '\\s+', with: ' ' },
  ),
  lowercase: changes('lowercase', 'Small letters.', [FIELD]),
  uppercase: changes('uppercase', 'Capital letters.', [FIELD]),
  trim: changes('trim', 'No blanks at the ends.', [FIELD]),
  user_agent: {
    ...{ label: 'user agent', group: 'Add', options: [FIELD], example: {} },
    help: 'Browser, system and device from the text that browsers send.',
  },
  geoip: {
    ...{ label: 'GeoIP', group: 'Add', options: [FIELD, PREFIX], example: {} },
    help: 'Where an address lies, by the databases of ingest.geoip.',
  },
  cidr: {
    ...{ label: 'network', group: 'Add', example: { networks: { '10.0.0.0/8': 'internal' }, to: 'network.name' } },
    help: 'A name for an address by the narrowest network that holds it.',
    options: [
      FIELD,
      { key: 'networks', label: 'Networks, one a line', kind: 'map', placeholder: '10.0.0.0/8 = internal' },
      { key: 'to', label: 'Name goes to', kind: 'text' },
    ],
  },
  mask: {
    ...{ label: 'mask', group: 'Hide and leave out', example: { what: ['card', 'email', 'secret'] } },
    help: 'Hides what must not be stored: it never reaches the disk. Fields that were found before keep what they hold unless they are named here.',
    options: [
      { key: 'fields', label: 'Fields', kind: 'list' },
      { key: 'what', label: 'What', kind: 'choices', options: ['card', 'email', 'ipv4', 'secret'] },
      { key: 'pattern', label: 'A pattern of your own (RE2)', kind: 'optional' },
      { key: 'with', label: 'Shown instead', kind: 'text' },
    ],
  },
  drop: {
    ...{ label: 'drop', group: 'Hide and leave out', options: [], example: {} },
    help: 'The line is not stored; it is counted as rejected (filtered).',
  },
  sample: {
    ...{ label: 'sample', group: 'Hide and leave out', example: { keep: 0.1 } },
    help: 'Keeps a share of the lines, the same ones each time: by the value of a field.',
    options: [{ key: 'keep', label: 'Share that is kept, 0 to 1', kind: 'number' }, FIELD],
  },
  route: {
    ...{ label: 'route', group: 'Hide and leave out', example: { stream: 'audit' } },
    help: 'Another service, or a stream (field log.stream): for retention, searches and permissions.',
    options: [
      { key: 'service', label: 'Service', kind: 'optional' },
      { key: 'stream', label: 'Stream', kind: 'optional' },
    ],
  },
};

/** Kinds of steps under the headings of the menu. */
export const STEP_GROUPS: readonly (readonly [group: string, types: readonly StepType[]])[] = Object.entries(
  Object.groupBy(Object.keys(STEP_FORMS) as StepType[], (type) => STEP_FORMS[type].group),
).map(([group, types]) => [group, types ?? []]);
