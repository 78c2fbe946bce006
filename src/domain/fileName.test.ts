import { expect, it } from 'vitest';
import { safeFileName } from './fileName.ts';
import { MAX_NAME_LENGTH, shownName } from './shownName.ts';

it.each([
  ['Flowers', 'Flowers'],
  ['../../etc/passwd', '-..-etc-passwd'],
  ['C:\\x?.jpg', 'C--x-.jpg'],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['Console', 'Console'],
  ['花 卉', '花 卉'],
  [' .hidden. ', 'hidden'],
  ['...', 'graft'],
  ['', 'graft'],
])('makes %j a file name', (name, expected) => {
  expect(safeFileName(name)).toBe(expected);
});

it('shows names in one line, composed, without controls and direction marks', () => {
  expect(shownName('  cafe\u0301\n\u0000noir\u202egpj ')).toBe('café noir gpj');
  expect(shownName('\u200e')).toBe('');
});

it('cuts long names between characters, not within', () => {
  expect(shownName('🌼'.repeat(500))).toBe('🌼'.repeat(MAX_NAME_LENGTH));
});

it('keeps joined emoji whole and HTML as text', () => {
  expect(shownName('👩‍🌾 <b>daisy</b>')).toBe('👩‍🌾 <b>daisy</b>');
});
