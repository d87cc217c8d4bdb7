import { app } from 'electron';
import * as z from 'zod';
import { askedSchema, mostAsked } from '../opening/asked.ts';
import type { Asking } from '../opening/opening.ts';
import { askedAtStart } from '../opening/start-arguments.ts';

/** What one start gives to another. It comes from outside, be it from a program of the same name. */
const handedOverSchema = z.object({ asked: z.array(askedSchema).max(mostAsked), folder: z.string() });

/**
 * Longest list that is given beside the arguments, which are given in any case, in UTF-16 units: the whole message may
 * have 32 KB on Linux and macOS, see kMaxMessageLength in Chromium's process_singleton_posix.cc.
 */
const longestList = 8000;

/**
 * Makes this the only Offprint on its data folder.
 * @param own what this start is to open
 * @param another called when somebody starts a second one, which then ends, with what that is to open
 * @returns false when this is the second one: the first has been given what it is to open, and this one must end
 */
export function takeSingleInstance(own: Asking, another: (asking: Asking) => void): boolean {
  // Chromium may put the arguments into another order and add some, so they go beside them as they were.
  const isShort = JSON.stringify(own).length <= longestList;
  if (!app.requestSingleInstanceLock(isShort ? { ...own } : {})) return false;
  app.on('second-instance', (_event, argv, folder, data) => {
    const handedOver = handedOverSchema.safeParse(data);
    another(handedOver.success ? handedOver.data : { asked: askedAtStart(argv, app.isPackaged), folder });
  });
  return true;
}
