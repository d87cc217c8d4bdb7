import { noteImages } from '../../shared/note-images.ts';
import type { Paper } from '../../shared/paper.ts';
import { type FolderPictureParts, FolderPictures } from './folder-pictures.ts';
import { type LackingPicture, lackingSentence } from './lacking-pictures.ts';

/** The pictures of notes in a folder that is kept up to date, and which ones the reader was told are lacking. */
export class NotePictures {
  readonly #pictures: FolderPictures;
  /** By folder and name. */
  readonly #told = new Set<string>();
  #lacking: (LackingPicture & { isNew: boolean })[] = [];

  constructor(parts: FolderPictureParts) {
    this.#pictures = new FolderPictures(parts);
  }

  /**
   * Puts the pictures of one note into the folder; what one lacks costs none of the others.
   * @returns the first error of the system, or null
   */
  async putOf(folder: string, paper: Pick<Paper, 'note' | 'title'>): Promise<{ error: unknown } | null> {
    let refusal: { error: unknown } | null = null;
    for (const name of noteImages(paper.note)) {
      const id = `${name} ${folder}`;
      try {
        const why = await this.#pictures.put(folder, name);
        if (why === null) this.#told.delete(id);
        else this.#lacking.push({ name, title: paper.title, why, isNew: !this.#told.has(id) });
        if (why !== null) this.#told.add(id);
      } catch (error) {
        refusal ??= { error };
      }
    }
    return refusal;
  }

  /** What there is to say since it was last asked: of all that are lacking, and of those that were not before. */
  takeLacking(folder: string): { all: string | null; news: string | null } {
    const lacking = this.#lacking;
    this.#lacking = [];
    const news = lacking.filter(({ isNew }) => isNew);
    return { all: lackingSentence(folder, lacking), news: lackingSentence(folder, news) };
  }
}
