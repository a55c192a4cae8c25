import {
  IconChevronLeft,
  IconChevronRight,
  IconClock,
  IconPlayerPause,
  IconPlayerPlay,
  IconZoomOut,
} from '@tabler/icons-react';
import { Button } from '#web/ui/button.tsx';
import { Popover } from '#web/ui/popover.tsx';
import styles from './time-bar.module.css';
import { TimeForm } from './time-form.tsx';
import { describeRange } from './time-text.ts';
import { useTime } from './use-time.ts';

/** The one time of the screen: earlier, range, later, wider, live or paused. */
export function TimeBar() {
  const time = useTime();
  return (
    <fieldset className={styles.bar}>
      <legend className="visually-hidden">Time</legend>
      <Button className={styles.step} aria-label="Earlier" title="Earlier  [" onClick={() => time.step(-1)}>
        <IconChevronLeft size={15} />
      </Button>
      <span data-time-button>
        <Popover
          label={`Time range: ${describeRange(time)}`}
          align="end"
          className={styles.range}
          button={
            <>
              <IconClock size={15} aria-hidden="true" />
              <span className={styles.text}>{describeRange(time)}</span>
            </>
          }
        >
          {(close) => <TimeForm close={close} />}
        </Popover>
      </span>
      <Button
        className={styles.step}
        aria-label="Later"
        title="Later  ]"
        disabled={time.live}
        onClick={() => time.step(1)}
      >
        <IconChevronRight size={15} />
      </Button>
      <Button className={styles.step} aria-label="Zoom out" title="Zoom out  z" onClick={time.zoomOut}>
        <IconZoomOut size={15} />
      </Button>
      <Button
        className={styles.live}
        aria-label={time.live ? 'Pause' : 'Go live'}
        title={time.live ? 'Pause  l' : 'Go live  l'}
        onClick={time.live ? time.pause : time.resume}
      >
        {time.live ? <IconPlayerPause size={15} aria-hidden="true" /> : <IconPlayerPlay size={15} aria-hidden="true" />}
        <span className={styles.word}>{time.live ? 'Pause' : 'Live'}</span>
      </Button>
    </fieldset>
  );
}
