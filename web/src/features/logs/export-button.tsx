import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTime } from '#web/app/time/use-time.ts';
import { formatFileTime } from '#web/format/time.ts';
import { Button } from '#web/ui/button.tsx';
import { Popover } from '#web/ui/popover.tsx';
import { downloadLogs } from './download-logs.ts';
import styles from './logs.module.css';
import type { LogView } from './use-log-view.ts';

type Progress = { readonly text: string; readonly stop?: () => void };

/** The lines that match as a file, with how far it is. */
export function ExportButton({ view: { asked, order, columns } }: { readonly view: LogView }) {
  const time = useTime();
  const [progress, setProgress] = useState<Progress>();
  const save = async (format: 'ndjson' | 'csv'): Promise<void> => {
    const { fromMs, toMs } = time.range();
    const life = new AbortController();
    const fields = format === 'csv' ? { fields: ['@timestamp', ...columns] } : {};
    const body = { query: asked, from: Math.floor(fromMs), to: Math.ceil(toMs), order, format, ...fields };
    setProgress({ text: 'Counting …', stop: () => life.abort() });
    try {
      const rows = await downloadLogs({
        body,
        name: `logs-${formatFileTime(Date.now())}.${format}`,
        signal: life.signal,
        onProgress: (done, total) =>
          setProgress({
            text: `${done.toLocaleString('en')} of ${total.toLocaleString('en')} lines`,
            stop: () => life.abort(),
          }),
      });
      setProgress({ text: `${rows.toLocaleString('en')} lines saved` });
    } catch (error) {
      setProgress({ text: life.signal.aborted ? 'Stopped' : `Failed: ${error instanceof Error ? error.message : ''}` });
    }
  };
  return (
    <Popover
      label="Export"
      align="end"
      button={
        <>
          <IconDownload size={15} aria-hidden="true" /> Export
        </>
      }
    >
      {() => (
        <div className={styles.export}>
          <Button onClick={() => void save('ndjson')}>NDJSON, every field</Button>
          <Button onClick={() => void save('csv')}>CSV, these columns</Button>
          {progress !== undefined && <output>{progress.text}</output>}
          {progress?.stop !== undefined && <Button onClick={progress.stop}>Stop</Button>}
        </div>
      )}
    </Popover>
  );
}
