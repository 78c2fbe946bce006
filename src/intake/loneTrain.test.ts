import { expect, it } from 'vitest';
import type { SplitAssignment } from '../domain/project.ts';
import { splitLoneTrain } from './loneTrain.ts';

const photo = (split: SplitAssignment) => ({
  entry: { path: 'x', source: 'file' as const, read: () => Promise.resolve(new Blob()) },
  className: 'a',
  split,
  source: 'file' as const,
});
const splits = (photos: readonly SplitAssignment[], known: readonly SplitAssignment[]) =>
  splitLoneTrain(photos.map(photo), known).map(({ split }) => split);

it('leaves a lone train folder to the seeded split', () => {
  expect(splits(['train', 'train'], ['auto'])).toEqual(['auto', 'auto']);
});

it('honours train beside photos that are held out, new or known', () => {
  expect(splits(['train', 'test'], [])).toEqual(['train', 'test']);
  expect(splits(['train'], ['validation'])).toEqual(['train']);
});
