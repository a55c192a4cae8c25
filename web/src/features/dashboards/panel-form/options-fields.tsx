import { Suspense } from 'react';
import type { Panel } from '#core/api/dashboard.ts';
import type { PanelType } from '#web/panels/panel-type.ts';
import styles from './form.module.css';
import { NumberField } from './number-field.tsx';
import { UnitField } from './unit-field.tsx';

export type OptionsFieldsProps = {
  readonly panel: Panel;
  readonly type: PanelType;
  readonly onChange: (panel: Panel) => void;
};

const MAX_DECIMALS = 10;

/** Unit, ends and decimals of what is drawn, and the options of the panel's type. */
export function OptionsFields({ panel, type, onChange }: OptionsFieldsProps) {
  const OptionsForm = type.optionsForm;
  return (
    <div className={styles.fields}>
      {type.hasQueries && (
        <>
          <UnitField none="By the metric" value={panel.unit} onChange={(unit) => onChange({ ...panel, unit })} />
          <NumberField label="Minimum" value={panel.min} onChange={(min) => onChange(withNumber(panel, 'min', min))} />
          <NumberField label="Maximum" value={panel.max} onChange={(max) => onChange(withNumber(panel, 'max', max))} />
          <NumberField
            label="Decimals"
            min={0}
            max={MAX_DECIMALS}
            value={panel.decimals}
            onChange={(decimals) => onChange(withNumber(panel, 'decimals', decimals))}
          />
        </>
      )}
      <Suspense fallback={null}>
        <OptionsForm options={panel.options} onChange={(options) => onChange({ ...panel, options })} />
      </Suspense>
    </div>
  );
}

function withNumber(panel: Panel, key: 'min' | 'max' | 'decimals', value: number | undefined): Panel {
  const { [key]: _old, ...rest } = panel;
  if (value === undefined) return rest;
  return { ...rest, [key]: key === 'decimals' ? Math.min(MAX_DECIMALS, Math.max(0, Math.round(value))) : value };
}
