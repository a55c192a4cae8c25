import { Fragment, type ReactNode } from 'react';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { Panel } from '#web/ui/panel.tsx';
import { type Block, type Inline, parseMarkdown } from './markdown.ts';
import { TextOptions } from './options.ts';
import styles from './text-panel.module.css';

/** Words on a dashboard. Markdown becomes React nodes: nothing is ever put into the page as HTML. */
export function TextPanel({ panel, actions }: PanelProps) {
  const { markdown } = readOptions(TextOptions, panel.options);
  return (
    <Panel
      title={panel.title || 'Text'}
      flush
      className={`${styles.whole} ${panel.title === '' && !actions ? styles.bare : ''}`}
      menu={actions}
    >
      <div className={styles.text}>
        {parseMarkdown(markdown).map((block, index) => (
          <Fragment key={index}>{renderBlock(block)}</Fragment>
        ))}
      </div>
    </Panel>
  );
}

function renderBlock(block: Block): ReactNode {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? (
        <h3 className={styles.large}>{inlines(block.content)}</h3>
      ) : (
        <h4>{inlines(block.content)}</h4>
      );
    case 'paragraph':
      return <p>{inlines(block.content)}</p>;
    case 'code':
      return <pre>{block.text}</pre>;
    case 'rule':
      return <hr />;
    case 'list': {
      const items = block.items.map((item, index) => <li key={index}>{inlines(item)}</li>);
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

function inlines(content: readonly Inline[]): ReactNode {
  return content.map((part, index) => <Fragment key={index}>{renderInline(part)}</Fragment>);
}

function renderInline(part: Inline): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'strong':
      return <strong>{part.text}</strong>;
    case 'emphasis':
      return <em>{part.text}</em>;
    case 'code':
      return <code>{part.text}</code>;
    case 'link':
      return (
        <a href={part.href} rel="noreferrer noopener">
          {part.text}
        </a>
      );
  }
}
