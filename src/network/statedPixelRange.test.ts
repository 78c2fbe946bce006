import { describe, expect, it } from 'vitest';
import { ownRangeFile } from '../exporters/preprocessingFile.ts';
import { bytesInMemory } from './byteSource.ts';
import { recogniseFile } from './recogniseFile.ts';
import { statedPixelRange } from './statedPixelRange.ts';
import { textSource } from './teachableMachineFixture.ts';

const grey = { channelOrder: 'grey', scale: [1 / 255], offset: [0] } as const;

function stated(json: unknown, numChannels: number, name = 'preprocessing.json') {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  return statedPixelRange([recogniseFile(textSource(name, text))], numChannels);
}

describe('statedPixelRange', () => {
  it('reads what Graft writes beside a network', () => {
    const spec = {
      version: 2,
      inputHeight: 28,
      inputWidth: 28,
      framing: 'padded',
      ...grey,
    } as const;
    const { path, bytes } = ownRangeFile(spec);
    expect(statedPixelRange([recogniseFile(bytesInMemory(path, bytes))], 1)).toEqual(grey);
  });

  it('leaves files of other names and of other programs alone', () => {
    expect(stated({ spec: grey }, 1, 'settings.json')).toBeNull();
    expect(stated({ do_normalize: true }, 3)).toBeNull();
    expect(stated('[1]', 3)).toBeNull();
  });

  it.each([
    { spec: 'grey' },
    { spec: { ...grey, channelOrder: 'cmyk' } },
    { spec: { ...grey, channelOrder: 'rgb' } },
    { spec: { ...grey, scale: [1, 2] } },
    { spec: { ...grey, offset: 0 } },
    { spec: { ...grey, scale: ['1'] } },
  ])('refuses what does not fit a network of one channel: %j', (json) => {
    expect(() => stated(json, 1)).toThrow(
      expect.objectContaining({ code: 'base-invalid' }) as Error,
    );
  });
});
