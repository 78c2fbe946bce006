import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ClassLabelId, Sha256 } from './ids.ts';
import type { SplitAssignment } from './project.ts';
import { assignSplit } from './split.ts';

function photo(content: string, classLabel: string, split: SplitAssignment = 'auto') {
  return {
    classLabelId: classLabel as ClassLabelId,
    imageHash: createHash('sha256').update(content).digest('hex') as Sha256,
    split,
  };
}

function photos(count: number, classLabel: string) {
  return Array.from({ length: count }, (_, index) =>
    photo(`${classLabel} ${String(index)}`, classLabel),
  );
}

const options = { validationShare: 0.2, seed: 1 };

function count(parts: readonly string[], part: string): number {
  return parts.filter((each) => each === part).length;
}

describe('assignSplit', () => {
  it('holds out the share of every class', () => {
    const samples = [...photos(50, 'a'), ...photos(13, 'b')];
    const parts = assignSplit(samples, options);
    expect(count(parts.slice(0, 50), 'validation')).toBe(10);
    expect(count(parts.slice(50), 'validation')).toBe(3);
    expect(count(parts, 'train')).toBe(50);
  });

  it.each([
    [1, 0.2, 0],
    [2, 0.2, 1],
    [2, 0.9, 1],
    [3, 0.01, 1],
    [10, 0.9, 9],
    [10, 0, 0],
  ])('of %i photos with a share of %f holds out %i', (numPhotos, validationShare, expected) => {
    const parts = assignSplit(photos(numPhotos, 'a'), { validationShare, seed: 1 });
    expect(count(parts, 'validation')).toBe(expected);
  });

  it('moves few others when photos are added, and none when the order changes', () => {
    const samples = photos(100, 'a');
    const before = assignSplit(samples, options);
    const after = assignSplit([...samples, ...photos(10, 'a2').map(inClass('a'))], options);
    const moved = before.filter((part, index) => part !== after[index]);
    expect(moved.length).toBeLessThanOrEqual(2);
    expect(assignSplit(samples.toReversed(), options)).toEqual(before.toReversed());
  });

  it('adding photos to one class leaves the others alone', () => {
    const samples = [...photos(40, 'a'), ...photos(40, 'b')];
    const before = assignSplit(samples, options);
    const after = assignSplit([...samples, ...photos(10, 'b2').map(inClass('b'))], options);
    expect(after.slice(0, 40)).toEqual(before.slice(0, 40));
  });

  it('depends on the seed', () => {
    const samples = photos(100, 'a');
    expect(assignSplit(samples, options)).not.toEqual(
      assignSplit(samples, { ...options, seed: 2 }),
    );
  });

  it('keeps what the folders said', () => {
    const samples = [
      photo('1', 'a', 'train'),
      photo('2', 'a', 'validation'),
      photo('3', 'a', 'test'),
    ];
    expect(assignSplit(samples, options)).toEqual(['train', 'validation', 'test']);
  });

  it('puts copies of a photo on one side, in one class, in two, and beside a folder’s word', () => {
    for (let seed = 0; seed < 20; seed++) {
      const twice = [...photos(20, 'a'), ...photos(20, 'a')];
      const parts = assignSplit(twice, { ...options, seed });
      expect(parts.slice(20)).toEqual(parts.slice(0, 20));

      const inTwo = [...photos(20, 'a'), ...photos(20, 'a').map(inClass('b'))];
      const both = assignSplit(inTwo, { ...options, seed });
      expect(both.slice(20)).toEqual(both.slice(0, 20));

      const pinned = [photo('a 3', 'a', 'test'), ...photos(20, 'a')];
      expect(assignSplit(pinned, { ...options, seed })[4]).toBe('test');
    }
  });

  it('leaves a photo for training where every photo of a class is the same', () => {
    const same = Array.from({ length: 5 }, () => photo('same', 'a'));
    expect(count(assignSplit(same, options), 'train')).toBe(5);
  });
});

function inClass(classLabel: string) {
  return (sample: ReturnType<typeof photo>) => ({
    ...sample,
    classLabelId: classLabel as ClassLabelId,
  });
}
