import type { Handlers } from '../shared/contract.ts';
import type { Exports } from './exports.ts';

/** The calls that write papers in the formats of other programs. */
export type ExportCalls = Pick<Handlers, 'export.write' | 'export.text' | 'export.cancel'>;

/** Implements {@link ExportCalls}. */
export function exportCalls(exports: Pick<Exports, 'write' | 'text' | 'cancel'>): ExportCalls {
  return {
    'export.write': ({ folder, ...request }) => exports.write(request, { folder }),
    'export.text': (request) => exports.text(request),
    'export.cancel': async () => {
      await exports.cancel();
      return {};
    },
  };
}
