import { describe, expect, it } from 'vitest';
import { putSection, sectionOf } from './reproductionDoc.ts';

const machine = {
  date: '2026-01-02',
  processor: 'A processor',
  numCores: 2,
  memoryGB: 8,
  loadBefore: 1.5,
  chromium: '1.2.3',
  packages: {},
};

describe('sectionOf', () => {
  it('has the table beside the published figure, with date, machine, load and seeds', () => {
    const section = sectionOf(
      {
        name: 'flowers',
        title: 'Flowers',
        published: 'About 85 %.',
        method: 'All photos.',
        table: { header: ['base', 'accuracy'], rows: [['small', '89.0 %']] },
        remarks: ['A remark.'],
        seeds: [1, 2],
        outcomes: [],
      },
      { machine, durationSeconds: 61.2 },
    );
    expect(section).toContain('## Flowers\n');
    expect(section).toContain('**Published.** About 85 %.');
    expect(section).toContain('| base | accuracy |\n| --- | --- |\n| small | 89.0 % |');
    expect(section).toContain('Run on 2026-01-02 within 62 s');
    expect(section).toContain('A processor, 2 cores, 8 GB, load average before 1.5. Seeds 1, 2.');
  });
});

describe('putSection', () => {
  it('replaces its own section and leaves the others, whatever the order of the runs', () => {
    const first = putSection('', 'layers', '## Layers, once');
    const both = putSection(first, 'flowers', '## Flowers, once');
    const again = putSection(both, 'layers', '## Layers, twice');
    expect(both.indexOf('Flowers')).toBeLessThan(both.indexOf('Layers, once'));
    expect(again).toBe(both.replace('Layers, once', 'Layers, twice'));
  });

  it('keeps one preface', () => {
    const twice = putSection(putSection('', 'flowers', 'a'), 'flowers', 'b');
    expect(twice.match(/^# /gm)).toHaveLength(1);
    expect(twice).toBe(putSection('', 'flowers', 'b'));
  });
});
