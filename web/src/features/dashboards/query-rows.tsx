import { IconEye, IconEyeOff, IconPlus, IconTrash } from '@tabler/icons-react';
import { PanelQuery } from '#core/api/dashboard.ts';
import { LanguageChoice } from '#web/editor/language-choice.tsx';
import { QueryInput } from '#web/editor/query-input.tsx';
import { translate } from '#web/editor/translate.ts';
import { Button } from '#web/ui/button.tsx';
import { Field } from '#web/ui/field.tsx';
import styles from './editor.module.css';

export type QueryRowsProps = {
  readonly queries: readonly PanelQuery[];
  readonly onChange: (queries: PanelQuery[]) => void;
};

/** The queries of a panel, each with its legend. */
export function QueryRows({ queries, onChange }: QueryRowsProps) {
  const set = (at: number, part: Partial<PanelQuery>): void =>
    onChange(queries.map((query, index) => (index === at ? { ...query, ...part } : query)));
  return (
    <div className={styles.queries}>
      {queries.map((query, index) => (
        <div key={index} className={styles.queryRow}>
          <div className={styles.queryInput}>
            <LanguageChoice
              label={`Language of query ${String.fromCharCode(65 + index)}`}
              value={query.language}
              onChange={(language) =>
                set(index, { language, text: translate(query.text, query.language, language) ?? '' })
              }
            />
            <QueryInput
              label={`Query ${String.fromCharCode(65 + index)}`}
              language={query.language}
              text={query.text}
              lenient
              onChange={(text) => set(index, { text })}
            />
          </div>
          <Field
            label="Legend"
            placeholder="{{host}}"
            value={query.legend}
            onChange={({ target }) => set(index, { legend: target.value })}
          />
          <span>
            <Button
              look="quiet"
              aria-label={query.hidden ? 'Show this query' : 'Hide this query'}
              onClick={() => set(index, { hidden: !query.hidden })}
            >
              {query.hidden ? <IconEyeOff size={15} /> : <IconEye size={15} />}
            </Button>
            <Button
              look="quiet"
              aria-label="Remove this query"
              onClick={() => onChange(queries.filter((_, at) => at !== index))}
            >
              <IconTrash size={15} />
            </Button>
          </span>
        </div>
      ))}
      <span>
        <Button onClick={() => onChange([...queries, PanelQuery.parse({ text: '' })])} disabled={queries.length >= 26}>
          <IconPlus size={15} /> Add query
        </Button>
      </span>
    </div>
  );
}
