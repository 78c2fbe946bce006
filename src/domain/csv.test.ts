import { expect, it } from 'vitest';
import { csvText } from './csv.ts';

it('quotes what RFC 4180 says and nothing else', () => {
  const rows = [
    ['file', 'class'],
    ['a,b.jpg', 'the "best"'],
    ['two\nlines', ''],
    ['plain; text', '雏菊'],
  ];
  expect(csvText(rows)).toBe(
    '\ufefffile,class\r\n"a,b.jpg","the ""best"""\r\n"two\nlines",\r\nplain; text,雏菊\r\n',
  );
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('defuses the formula %j', (cell) => {
  expect(csvText([[cell]])).toMatch(/^\ufeff"?'/u);
});

it('leaves an equals sign further on alone', () => {
  expect(csvText([['a=1']])).toBe('\ufeffa=1\r\n');
});

it('is only its mark without rows', () => {
  expect(csvText([])).toBe('\ufeff');
});
