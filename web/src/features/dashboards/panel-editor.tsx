import { Suspense, useDeferredValue, useState } from 'react';
import type { Panel } from '#core/api/dashboard.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import { KNOWN_UNITS } from '#web/format/units.ts';
import { findPanelType, PANEL_TYPES } from '#web/panels/index.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './editor.module.css';
import { PanelTimeFields } from './panel-time-fields.tsx';
import { PanelView } from './panel-view.tsx';
import { QueryRows } from './query-rows.tsx';
import { ThresholdRows } from './threshold-rows.tsx';
import { fillPanel } from './variables.ts';

export type PanelEditorProps = {
  readonly panel: Panel;
  readonly values: VariableValues;
  readonly onClose: () => void;
  readonly onApply: (panel: Panel) => void;
};

const UNITS = [{ value: '', label: 'By the metric' }, ...KNOWN_UNITS.filter(({ value }) => value !== '')];

/** Edits one panel beside its live picture. */
export function PanelEditor({ panel, values, onClose, onApply }: PanelEditorProps) {
  const [draft, setDraft] = useState(panel);
  const shown = useDeferredValue(draft);
  const change = (part: Partial<Panel>): void => setDraft({ ...draft, ...part });
  const type = findPanelType(draft.type);
  const OptionsForm = type?.optionsForm;
  return (
    <Dialog title={panel.title === '' ? 'Panel' : `Panel: ${panel.title}`} onClose={onClose} wide>
      <div className={styles.stack}>
        <div className={styles.preview}>
          <PanelView panel={fillPanel(shown, values)} />
        </div>
        <div className={styles.fields}>
          <Field
            label="Title"
            value={draft.title}
            maxLength={200}
            onChange={({ target }) => change({ title: target.value })}
          />
          <SelectField
            label="Type"
            hint={type?.help}
            value={draft.type}
            options={PANEL_TYPES.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={({ target }) => change({ type: target.value })}
          />
          {type?.hasQueries !== false && (
            <>
              <SelectField
                label="Unit"
                value={draft.unit}
                options={UNITS}
                onChange={({ target }) => change({ unit: target.value })}
              />
              <NumberField
                label="Minimum"
                value={draft.min}
                onChange={(min) => setDraft(withNumber(draft, 'min', min))}
              />
              <NumberField
                label="Maximum"
                value={draft.max}
                onChange={(max) => setDraft(withNumber(draft, 'max', max))}
              />
              <NumberField
                label="Decimals"
                value={draft.decimals}
                onChange={(decimals) => setDraft(withNumber(draft, 'decimals', decimals))}
              />
            </>
          )}
        </div>
        {type?.hasQueries !== false && (
          <>
            <QueryRows queries={draft.queries} onChange={(queries) => change({ queries })} />
            <div className={styles.fields}>
              <PanelTimeFields panel={draft} values={values} onChange={setDraft} />
            </div>
            <ThresholdRows thresholds={draft.thresholds} onChange={(thresholds) => change({ thresholds })} />
          </>
        )}
        {OptionsForm !== undefined && (
          <Suspense fallback={null}>
            <div className={styles.fields}>
              <OptionsForm options={draft.options} onChange={(options) => change({ options })} />
            </div>
          </Suspense>
        )}
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="solid" onClick={() => onApply(draft)}>
            Apply
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

type NumberFieldProps = {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
};

function NumberField({ label, value, onChange }: NumberFieldProps) {
  return (
    <Field
      label={label}
      type="number"
      step="any"
      placeholder="automatic"
      value={value ?? ''}
      onChange={({ target }) => onChange(Number.isNaN(target.valueAsNumber) ? undefined : target.valueAsNumber)}
    />
  );
}

function withNumber(panel: Panel, key: 'min' | 'max' | 'decimals', value: number | undefined): Panel {
  const { [key]: _old, ...rest } = panel;
  if (value === undefined) return rest;
  return { ...rest, [key]: key === 'decimals' ? Math.min(10, Math.max(0, Math.round(value))) : value };
}
