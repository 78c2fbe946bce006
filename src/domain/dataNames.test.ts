import { expect, it } from 'vitest';
import { arrayText, tableText } from './dataNames.ts';

it('keeps a name in an array as it is, but for what arrays cannot hold', () => {
  const hostile = '=1+1\t<img src=x>\n\u{1f41d} ';
  expect(arrayText(hostile)).toBe(hostile);
  expect(arrayText('a\0b\0')).toBe('a\ufffdb\ufffd');
  expect(arrayText('\ud800x')).toBe('\ufffdx');
  expect(arrayText(`${'x'.repeat(1e6)}.jpg`)).toHaveLength(200);
  expect(arrayText(`${'x'.repeat(1e6)}.jpg`)).toMatch(/x\.jpg$/);
});

it('puts a name into one cell of one line', () => {
  expect(tableText('a\tb\r\nc\u2028d\u0085e', '?')).toBe('a b c d e');
  expect(tableText('<b>&amp;"', '?')).toBe('<b>&amp;"');
  expect(tableText(' \n\t', 'class 3')).toBe('class 3');
});
