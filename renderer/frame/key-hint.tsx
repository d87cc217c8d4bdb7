import { type CommandId, commands } from '../../shared/commands.ts';
import { capsOf, keyText } from '../commands/keys.ts';
import { onMac } from '../commands/use-keyboard.ts';

/** A key drawn as its caps, where words beside it say the same to a screen reader. */
export function KeyCaps({ of }: { of: string }) {
  return (
    <span className="key-caps" aria-hidden="true">
      <Keys of={of} />
    </span>
  );
}

/** A key drawn as its caps. */
export function Keys({ of }: { of: string }) {
  return (
    <span className="keys">
      {capsOf(of, onMac).map((caps, at) => (
        // The strokes of one key never change their order.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span className="stroke" key={at}>
          {caps.map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

/** A tooltip that names a command's key: `Star (s)`. */
export function withKey(label: string, id: CommandId): string {
  const key = commands.find((command) => command.id === id)?.keys[0];
  return key === undefined ? label : `${label} (${keyText(key, onMac)})`;
}
