import type { ComponentType, LazyExoticComponent, ReactNode } from 'react';
import type { Panel } from '#core/api/dashboard.ts';

/** What a panel component gets; the variables are already put into title and queries. */
export type PanelProps = {
  readonly panel: Panel;
  /** Buttons for the panel's header: edit, duplicate, delete. */
  readonly actions?: ReactNode;
};

/** Props of the form that edits the options of a panel type. */
export type OptionsFormProps = {
  readonly options: Readonly<Record<string, unknown>>;
  readonly onChange: (options: Record<string, unknown>) => void;
};

type Lazy<Props> = LazyExoticComponent<ComponentType<Props>>;

/** What a panel type is: one folder `panels/<id>`, listed in `panels/index.ts`. */
export type PanelType = {
  readonly id: string;
  readonly title: string;
  /** One sentence for the choice of types. */
  readonly help: string;
  /** False for what draws no queries. */
  readonly hasQueries: boolean;
  /** Steps that make rows of series are shown as such; others draw the series before them. */
  readonly showsRows?: boolean;
  /** Size of a new panel, grid units. */
  readonly size: { readonly w: number; readonly h: number };
  readonly component: Lazy<PanelProps>;
  readonly optionsForm: Lazy<OptionsFormProps>;
};
