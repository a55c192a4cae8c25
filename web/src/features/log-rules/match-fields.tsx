import { useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Field } from '#web/ui/field.tsx';
import styles from './parsing.module.css';
import type { MatchKey, RuleDraft } from './rule-draft.ts';
import { TextArea } from './text-area.tsx';

type Condition = {
  readonly key: MatchKey;
  readonly label: string;
  readonly hint: string;
  readonly placeholder: string;
};

const COMMON: readonly Condition[] = [
  { key: 'service', label: 'Service', hint: '* and ? stand for others', placeholder: 'shop*' },
  { key: 'source', label: 'Source', hint: 'where the line came in', placeholder: 'file:/var/log/shop/*' },
  { key: 'contains', label: 'Contains', hint: 'text in the message', placeholder: 'order=' },
];
const RARE: readonly Condition[] = [
  {
    key: 'query',
    label: 'Query',
    hint: 'as on the page Logs, without pipes',
    placeholder: 'level:>=error -path:/health',
  },
  { key: 'host', label: 'Host', hint: '* and ? stand for others', placeholder: 'web-?' },
  { key: 'regex', label: 'Message matches', hint: 'RE2, anywhere', placeholder: '^\\d+ ' },
  { key: 'body', label: 'Whole message', hint: '* and ? stand for others', placeholder: 'GET /health*' },
];

type MatchFieldsProps = {
  readonly match: RuleDraft['match'];
  readonly onChange: (match: RuleDraft['match']) => void;
};

/** Which lines a rule takes: every condition that is filled in must hold. */
export function MatchFields({ match, onChange }: MatchFieldsProps) {
  const hasRare = [...RARE, { key: 'fields' as const }].some(({ key }) => (match[key] ?? '') !== '');
  const [showsAll, setShowsAll] = useState(hasRare);
  const field = ({ key, ...texts }: Condition) => (
    <Field
      key={key}
      {...texts}
      spellCheck={false}
      value={match[key] ?? ''}
      onChange={({ target }) => onChange({ ...match, [key]: target.value })}
    />
  );
  return (
    <fieldset className={styles.match}>
      <legend className={styles.heading}>Takes lines where all of this holds (nothing filled in: every line)</legend>
      <div className={styles.options}>
        {COMMON.map(field)}
        {showsAll && RARE.map(field)}
        {showsAll && (
          <TextArea
            label="Fields, one a line"
            placeholder="http.request.method = P*"
            value={match.fields ?? ''}
            onChange={(fields) => onChange({ ...match, fields })}
          />
        )}
      </div>
      {!showsAll && (
        <Button look="quiet" onClick={() => setShowsAll(true)}>
          More conditions
        </Button>
      )}
    </fieldset>
  );
}
