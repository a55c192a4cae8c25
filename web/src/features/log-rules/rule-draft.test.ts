import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogRuleStep, LogRules } from '#core/api/log-rules.ts';
import { draftOf, newRule, newStep, readDraft } from './rule-draft.ts';
import { STEP_FORMS, STEP_GROUPS } from './step-forms.ts';

const TYPES = Object.keys(STEP_FORMS) as LogRuleStep['type'][];

test('a new step of every kind can be saved as it is, and its form shows every option that it has', () => {
  for (const type of TYPES) {
    const { rules, faults } = readDraft({ rules: [{ ...newRule(), steps: [newStep(type)] }], patterns: '' });
    assert.deepEqual(faults, [], type);
    const [step] = rules?.rules[0]?.steps ?? [];
    assert.equal(step?.type, type);
    const shown = STEP_FORMS[type].options.map(({ key }) => key);
    const options = LogRuleStep.options.find(({ shape }) => shape.type.value === type)?.shape ?? {};
    assert.deepEqual(
      shown.toSorted(),
      Object.keys(options)
        .filter((key) => key !== 'type')
        .toSorted(),
      type,
    );
  }
  assert.equal(STEP_GROUPS.flatMap(([, types]) => types).length, LogRuleStep.options.length);
});

test('rules come back from the form as they went in', () => {
  const rules = LogRules.parse({
    rules: [
      {
        name: 'a',
        enabled: false,
        match: { service: 'shop', query: 'level:error', fields: { 'x.y': 'a=b', z: '*' } },
        steps: [
          { type: 'grok', patterns: ['%{A:b}', 'c'], ecs: false },
          { type: 'csv', columns: ['a', '', 'b'], separator: ';' },
          { type: 'cidr', networks: { '10.0.0.0/8': 'lan', '::/0': 'all' }, to: 'net' },
          { type: 'mask', what: ['card'], fields: ['body', 'x'] },
          { type: 'kv' },
          { type: 'sample', keep: 0.25 },
          { type: 'set', field: 'a', value: ' kept ', override: false },
          { type: 'timestamp', formats: ['%Y, %m'], zone: 'UTC' },
          { type: 'route', service: 'x' },
        ],
      },
    ],
    patterns: { A: '\\d+ \\w', B: 'x' },
  });
  assert.deepEqual(readDraft(draftOf(rules)), { rules, faults: [] });
});

test('what is missing is told at its step', () => {
  const bad = { ...newStep('regex'), values: { field: 'body', pattern: '', prefix: '' } };
  const sample = { ...newStep('sample'), values: { field: 'body', keep: 'x' } };
  const { rules, faults } = readDraft({
    rules: [
      newRule({ service: 's' }),
      { ...newRule({ source: 'f' }), name: '', steps: [newStep('drop'), bad, sample] },
    ],
    patterns: 'A-B x\nC',
  });
  assert.equal(rules, undefined);
  assert.deepEqual(faults.map(({ rule, step, message }) => `${rule} ${step}: ${message.split(':')[0]}`).toSorted(), [
    '-1 undefined: pattern A-B',
    '-1 undefined: pattern C',
    '1 1: pattern',
    '1 2: keep',
    '1 undefined: name',
  ]);
});

test('a rule of a line is for lines of its service, or else of its source', () => {
  assert.deepEqual(newRule({ service: 'shop', source: 'file:/x' }).match, { service: 'shop' });
  assert.deepEqual(newRule({ service: '', source: 'file:/x' }).match, { source: 'file:/x' });
  assert.deepEqual(newRule().match, {});
});
