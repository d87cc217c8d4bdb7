import type { ChosenFile } from './upload.ts';

/** Files and folders as a drop carries them. */
export interface Dropped {
  files: ChosenFile[];
  /** Files inside dropped folders that are plainly no text, and were left where they are. */
  passedOver: number;
}

/** Most files taken of one folder. */
const mostFiles = 10_000;

/** Endings of files that fill readers' folders and are never a library. They would be sent in vain. */
const noText =
  /\.(?:pdf|djvu|epub|mobi|png|jpe?g|gif|webp|svg|tiff?|heic|zip|tar|tgz|bz2|xz|7z|rar|docx?|xlsx?|pptx?|odt|ods|odp|mp[34]|m4[av]|mov|avi|mkv|wav|flac|exe|dmg|iso|sqlite3?|db|ttf|otf|woff2?|pyc?|ipynb|o|so|dll|class|jar|offprint)$/i;

/** True for a file of a folder that is worth sending: not hidden, and not plainly something else. */
function isWorthReading(name: string): boolean {
  return !noText.test(name);
}

function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.'));
}

function inNaturalOrder(files: ChosenFile[]): ChosenFile[] {
  const order = new Intl.Collator('en', { numeric: true });
  return files.sort((a, b) => order.compare(a.name, b.name));
}

/** Files chosen in a dialog: single ones, or those of a folder, which then have its path. */
export function chosenFiles(files: readonly File[]): Dropped {
  const all = files.map((file) => ({ name: file.webkitRelativePath || file.name, content: file }));
  const visible = all.filter(({ name }) => !isHidden(name) || !name.includes('/'));
  const wanted = visible.filter(({ name }) => !name.includes('/') || isWorthReading(name));
  return { files: inNaturalOrder(wanted).slice(0, mostFiles), passedOver: visible.length - wanted.length };
}

/**
 * Files and folders dropped on the window; folders with all that is in them. Must be called while
 * the drop is being handled: afterwards the browser forgets what it carried.
 */
export async function droppedFiles(data: Pick<DataTransfer, 'items' | 'files'>): Promise<Dropped> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some((entry) => entry?.isDirectory)) return chosenFiles([...data.files]);
  const dropped: Dropped = { files: [], passedOver: 0 };
  for (const entry of entries) if (entry) await walk(entry, '', dropped);
  return { ...dropped, files: inNaturalOrder(dropped.files) };
}

async function walk(entry: FileSystemEntry, folder: string, into: Dropped): Promise<void> {
  const name = `${folder}${entry.name}`;
  if (into.files.length >= mostFiles || (folder !== '' && entry.name.startsWith('.'))) return;
  if (entry.isDirectory) {
    for (const child of await childrenOf(entry as FileSystemDirectoryEntry)) await walk(child, `${name}/`, into);
    return;
  }
  if (folder !== '' && !isWorthReading(name)) {
    into.passedOver += 1;
    return;
  }
  const content = await new Promise<File | null>((resolve) => {
    (entry as FileSystemFileEntry).file(resolve, () => resolve(null));
  });
  // One that cannot be opened is sent all the same, and named as unreadable then.
  into.files.push({ name, content: content ?? unreadable() });
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  // It gives a hundred at a time, until it gives none.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return children;
    children.push(...some);
  }
}

function unreadable(): Blob {
  const refuse = () => Promise.reject(new Error('The file cannot be opened.'));
  return Object.assign(new Blob(['?']), { slice: () => Object.assign(new Blob(), { arrayBuffer: refuse }) });
}
