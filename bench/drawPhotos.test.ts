import { describe, expect, it } from 'vitest';
import { drawPhotos } from './drawPhotos.ts';

const SIZE = { trainPerClass: 4, testPerClass: 3 };

const folders = ['cat', 'dog'].map((className) => ({
  className,
  files: Array.from({ length: 9 }, (_, index) => `${className}/${index}.jpg`),
}));

describe('drawPhotos', () => {
  it('draws as many of each class as asked for, none both to train on and to test with', () => {
    const { train, test } = drawPhotos(folders, SIZE, 1);
    for (const [index, { className }] of folders.entries()) {
      const drawn = [...(train[index]?.files ?? []), ...(test[index]?.files ?? [])];
      expect(train[index]?.files).toHaveLength(4);
      expect(new Set(drawn).size).toBe(7);
      expect(drawn.every((file) => file.startsWith(className))).toBe(true);
    }
  });

  it('draws the same again for the same seed and others for another', () => {
    expect(drawPhotos(folders, SIZE, 1)).toEqual(drawPhotos(folders, SIZE, 1));
    expect(drawPhotos(folders, SIZE, 2)).not.toEqual(drawPhotos(folders, SIZE, 1));
  });

  it('refuses to draw more than there are', () => {
    expect(() => drawPhotos(folders, { ...SIZE, testPerClass: 6 }, 1)).toThrow('cat');
  });
});
