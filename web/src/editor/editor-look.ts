import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Our own colours: those that come with the editor are too faint on dark surfaces (WCAG 1.4.3). */
export const queryHighlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: 'var(--accent)', fontWeight: '600' },
  { tag: [tags.function(tags.variableName), tags.standard(tags.name)], color: 'var(--accent)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--status-unknown)' },
  { tag: tags.comment, color: 'var(--text-3)', fontStyle: 'italic' },
  { tag: tags.string, color: 'var(--status-ok)' },
  { tag: tags.propertyName, color: 'var(--text-2)' },
  { tag: tags.variableName, color: 'var(--text)' },
  { tag: tags.labelName, color: 'var(--status-unknown)' },
  { tag: [tags.operator, tags.punctuation], color: 'var(--text-2)' },
]);

/** The look of the editor, from the tokens of the page. */
export const editorTheme = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'transparent', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '20px' },
  '.cm-content': { padding: '6px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--select) !important' },
  '.cm-problem': { textDecoration: 'underline wavy var(--status-critical)', textUnderlineOffset: '3px' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', fontSize: '12px', maxHeight: '260px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 10px', lineHeight: '18px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent-solid)',
    color: 'var(--on-accent)',
  },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-tooltip.cm-completionInfo': { maxWidth: '340px', padding: '6px 10px', lineHeight: '18px' },
  '.cm-completionDetail': { marginLeft: '12px', fontStyle: 'normal', color: 'inherit', opacity: '0.85' },
  '[aria-selected] .cm-completionDetail': { opacity: '1' },
});
