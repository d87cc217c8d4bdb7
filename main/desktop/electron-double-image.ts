import type * as Electron from 'electron';

/** The double of a picture: the bitmaps that it was given, for each scale. */
export class FakeImage {
  readonly representations: Required<Omit<Electron.AddRepresentationOptions, 'dataURL'>>[] = [];

  addRepresentation(options: Electron.AddRepresentationOptions): void {
    const { scaleFactor = 1, width = 0, height = 0, buffer } = options;
    if (!buffer || buffer.length !== width * height * 4) throw new Error('the bitmap is not of the size that is said');
    this.representations.push({ scaleFactor, width, height, buffer });
  }
}

export const nativeImage = { createEmpty: () => new FakeImage() };
