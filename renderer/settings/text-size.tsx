import { useId } from 'react';
import {
  leastMeasure,
  leastReadingSize,
  mostMeasure,
  mostReadingSize,
  type Reading,
  readingSizeStep,
  settingsSchema,
} from '../../shared/settings.ts';
import { useApp, useSession } from '../frame/session-context.ts';

const usual = settingsSchema.shape.reading.parse({});

/** How large abstracts and notes are set, and how wide. */
export function TextSize() {
  const { session } = useSession();
  const reading = useApp((state) => state.settings.reading);
  const change = (change: Partial<Reading>) => session.settings.change({ reading: { ...reading, ...change } });
  const isUsual = reading.size === usual.size && reading.measure === usual.measure;
  return (
    <>
      <Slider
        label="Text size"
        value={reading.size}
        words={`${reading.size} %`}
        bounds={[leastReadingSize, mostReadingSize, readingSizeStep]}
        onChange={(size) => change({ size })}
      />
      <Slider
        label="Length of lines"
        value={reading.measure}
        words={`about ${reading.measure} characters`}
        bounds={[leastMeasure, mostMeasure, 2]}
        onChange={(measure) => change({ measure })}
      />
      {!isUsual && (
        <button type="button" className="button small" onClick={() => change(usual)}>
          As usual
        </button>
      )}
    </>
  );
}

interface SliderProps {
  label: string;
  value: number;
  /** The value as it is read. */
  words: string;
  /** The least and the most, and by how much it changes. */
  bounds: readonly [number, number, number];
  onChange(value: number): void;
}

function Slider({ label, value, words, bounds: [min, max, step], onChange }: SliderProps) {
  const id = useId();
  return (
    <div className="settings-slider">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        {...{ min, max, step, value }}
        aria-valuetext={words}
        onChange={({ target }) => onChange(Number(target.value))}
      />
      <span className="count" aria-hidden="true">
        {words}
      </span>
    </div>
  );
}
