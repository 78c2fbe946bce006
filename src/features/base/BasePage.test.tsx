// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import { GraftError } from '../../domain/errors.ts';
import type { BaseId } from '../../domain/ids.ts';
import type { AppState } from '../../state/appState.ts';
import { downloadFile } from '../../ui/download.ts';
import { EXAMPLE_PROJECT, exampleRun, withState } from '../../state/stateFixture.tsx';
import { EXAMPLE_BASE, EXAMPLE_SUMMARY, offeredBase, readyBase } from './baseFixture.ts';
import { BasePage } from './BasePage.tsx';

// uPlot draws on a canvas, which jsdom does not have.
vi.mock('../../ui/charts/LineChart.tsx', () => ({
  LineChart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}));

vi.mock('../../ui/download.ts', () => ({ downloadFile: vi.fn() }));

const SAVED = { fileName: 'Mine.zip', blob: new Blob() };

beforeAll(async () => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = vi.fn();
      unobserve = vi.fn();
      disconnect = vi.fn();
    },
  );
  // jsdom lays nothing out: give the table's box a height.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { value: 460 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { value: 800 });
  // As the native one does: opens, and closes with its dialog.
  HTMLDialogElement.prototype.showModal = function open() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = vi.fn();
  HTMLElement.prototype.scrollIntoView = vi.fn();
  await startI18n();
});
afterEach(cleanup);

const actions = {
  loadBases: vi.fn(() => Promise.resolve()),
  describeBase: vi.fn<AppState['describeBase']>(() => Promise.resolve(EXAMPLE_SUMMARY)),
  countMissing: vi.fn<AppState['countMissing']>(() => Promise.resolve(null)),
  setCut: vi.fn(() => Promise.resolve()),
  setBase: vi.fn(() => Promise.resolve()),
  downloadBase: vi.fn(() => Promise.resolve()),
  cancelDownload: vi.fn(),
  discardDownload: vi.fn(() => Promise.resolve()),
  saveBaseFiles: vi.fn(() => Promise.resolve(SAVED)),
  removeBase: vi.fn(() => Promise.resolve()),
  importBase: vi.fn<AppState['importBase']>(() => Promise.resolve(null)),
  addBaseFromUrl: vi.fn<AppState['addBaseFromUrl']>(() => Promise.resolve(null)),
  setBasePixelRange: vi.fn(() => Promise.resolve()),
  addClass: vi.fn<AppState['addClass']>(),
};
beforeEach(() => {
  vi.clearAllMocks();
});

const project = { ...EXAMPLE_PROJECT, cut: EXAMPLE_BASE.defaultCut };
const starter = readyBase({}, null);
const id = (text: string) => text as BaseId;

function show(state: Partial<AppState> = {}) {
  const baseImport = { status: 'idle' } as const;
  const given = { project, bases: [starter], stoppedDownloads: [], baseImport, ...actions };
  render(withState({ ...given, ...state }, <BasePage />));
}

const tile = (name: string) => within(screen.getByRole('listitem', { name }));

describe('the networks', () => {
  test('show what they are good at and what they cost; the first to try next and no more', () => {
    const unverified = { isVerified: false, isSizeExact: false, sizeBytes: 58_858_752 } as const;
    const vgg = { id: id('vgg'), name: 'VGG16', purpose: 'textures', ...unverified } as const;
    show({ bases: [starter, offeredBase({ id: id('v2'), name: 'V2' }), offeredBase(vgg)] });
    expect(tile('Starter').getByText('In use')).toBeTruthy();
    expect(screen.queryByText('VGG16')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Show 1 more to download' }));
    expect(tile('VGG16').getByText('about 58.9 MB')).toBeTruthy();
    expect(tile('VGG16').getByText('First download, not verified')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Download VGG16' }));
    expect(actions.downloadBase).toHaveBeenCalledWith('vgg');
  });

  test('tell how far a download is, and go on with one that was stopped', () => {
    const progress = { bytesDone: 1_000_000, bytesTotal: 4_000_000, secondsLeft: 30 };
    show({
      bases: [
        starter,
        offeredBase({ id: id('a'), name: 'A' }, { status: 'downloading', ...progress }),
        offeredBase({ id: id('b'), name: 'B' }, { status: 'not-stored', bytesKept: 2_000_000 }),
      ],
    });
    expect(tile('A').getByText('1 MB of 4 MB · about 30 sec left')).toBeTruthy();
    fireEvent.click(tile('A').getByRole('button', { name: 'Cancel' }));
    expect(actions.cancelDownload).toHaveBeenCalledWith('a');
    expect(tile('B').getByText('2 MB of it are here already.')).toBeTruthy();
    fireEvent.click(tile('B').getByRole('button', { name: 'Resume the download of B' }));
    expect(actions.downloadBase).toHaveBeenCalledWith('b');
    fireEvent.click(tile('B').getByRole('button', { name: 'Discard the part of B' }));
    expect(actions.discardDownload).toHaveBeenCalledWith('b');
  });

  test('are used with a click, and removed after a question', () => {
    const stored = readyBase({ id: id('v2'), name: 'V2', origin: 'imported' }, 1_739_692);
    show({ bases: [starter, stored] });
    fireEvent.click(screen.getByRole('button', { name: 'Use V2' }));
    expect(actions.setBase).toHaveBeenCalledWith('v2');
    fireEvent.click(screen.getByRole('button', { name: 'Remove V2' }));
    expect(actions.removeBase).not.toHaveBeenCalled();
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText(/frees 1\.7 MB/)).toBeTruthy();
    fireEvent.click(dialog.getByRole('button', { name: 'Remove' }));
    expect(actions.removeBase).toHaveBeenCalledWith('v2');
  });

  test('give their files for a download, where nobody else does', async () => {
    const own = readyBase({ id: id('own'), name: 'Mine', origin: 'trained' }, 2_400_000);
    const fetched = readyBase({ id: id('v2'), name: 'V2', origin: 'catalogue' }, 1_739_692);
    show({ bases: [starter, own, fetched] });
    expect(screen.getAllByRole('button', { name: /^Save the files of/ })).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Save the files of Mine' }));
    expect(actions.saveBaseFiles).toHaveBeenCalledWith('own');
    await waitFor(() => expect(downloadFile).toHaveBeenCalledWith(SAVED.blob, 'Mine.zip'));
  });

  test('say so where the project’s own is not at hand', () => {
    show({ project: { ...project, baseId: id('elsewhere') } });
    expect(screen.getByText('This project’s base is not on this machine')).toBeTruthy();
    expect(actions.describeBase).not.toHaveBeenCalled();
  });
});

describe('adding a network', () => {
  test('takes files, uses what came, and offers the classes that they name', async () => {
    const base = { ...EXAMPLE_BASE, id: id('mine'), name: 'Mine' };
    const classNames = ['Rose', 'Tulip'];
    actions.importBase.mockResolvedValueOnce({ base, wasKnown: false, classNames });
    show();
    const file = new File(['x'], 'model.json');
    const input = document.querySelector('input[type=file]') ?? document.body;
    fireEvent.change(input, { target: { files: [file] } });
    expect(await screen.findByText(/“Mine” was added\./)).toBeTruthy();
    expect(actions.importBase).toHaveBeenCalledWith([file]);
    expect(actions.setBase).toHaveBeenCalledWith('mine');
    fireEvent.click(screen.getByRole('button', { name: 'Add these classes' }));
    await waitFor(() => {
      expect(actions.addClass.mock.calls).toEqual([['Tulip']]);
    });
  });

  test('leaves the base of a project with runs alone', async () => {
    const base = { ...EXAMPLE_BASE, id: id('mine'), name: 'Mine' };
    actions.addBaseFromUrl.mockResolvedValueOnce({ base, wasKnown: true, classNames: null });
    show({ runs: [exampleRun('r1')] });
    const field = screen.getByRole('textbox', { name: 'Address' });
    fireEvent.change(field, { target: { value: 'https://example.org/a.safetensors' } });
    fireEvent.click(screen.getByRole('button', { name: 'Fetch' }));
    expect(await screen.findByText(/which is here already/)).toBeTruthy();
    const [url] = actions.addBaseFromUrl.mock.calls[0] ?? [];
    expect(url).toBe('https://example.org/a.safetensors');
    expect(actions.setBase).not.toHaveBeenCalled();
  });

  test('names the file and the layer of one that cannot be run', () => {
    const failure = {
      code: 'unsupported-layer',
      details: { layer: 'lambda_1', className: 'Lambda' },
      message: 'The layer lambda_1 (Lambda) is of a kind that is not known',
    } as const;
    show({ baseImport: { status: 'failed', name: 'odd.h5', failure } });
    const text = screen.getByRole('alert').textContent;
    expect(text).toContain('odd.h5');
    expect(text).toContain('layer lambda_1, of the class Lambda');
    expect(text).toContain('is of a kind that is not known');
  });

  test('lets the pixel values of an added one be said', async () => {
    const guessed = { id: id('mine'), origin: 'imported', isPixelRangeGuessed: true } as const;
    show({ project: { ...project, baseId: id('mine') }, bases: [readyBase(guessed, 1)] });
    const field = screen.getByLabelText('Pixel values that the network expects');
    expect(screen.getByText(/The files do not say/)).toBeTruthy();
    fireEvent.change(field, { target: { value: 'unit' } });
    expect(actions.setBasePixelRange).toHaveBeenCalledWith('mine', {
      channelOrder: 'rgb',
      scale: [1 / 255],
      offset: [0],
    });
    await screen.findByRole('slider');
  });
});

/** Sizes are written with spaces that do not break. */
const textOf = (element: Element | null | undefined) =>
  element?.textContent.replaceAll('\u00a0', ' ');

describe('the cut', () => {
  const rows = async () => {
    const table = await screen.findByRole('table', { name: 'Every layer of Starter' });
    return within(table).getAllByRole('row').map(textOf);
  };

  test('is a table of all layers with their use, and sums', async () => {
    show();
    expect(await rows()).toEqual([
      'CutLayerKindOutputParametersUse',
      'inputinput32 × 32 × 30frozen',
      'conv1conv2d16 × 16 × 8216frozen',
      'conv2sensible cutconv2d8 × 8 × 161,152frozen',
      'fcsensible cutdense6465,600frozen',
      'predictionsdense10650not used',
      'your classesdense2130trainable',
    ]);
    const sums = screen.getByLabelText('Parameters with 2 classes').textContent;
    expect(sums).toBe('Frozen66,968Trainable130Together67,098');
  });

  test('moves to any layer, with arrow keys too', async () => {
    show();
    await rows();
    fireEvent.click(screen.getByRole('radio', { name: 'Cut at conv1' }));
    const average = (position: number) => ({ positions: [position], pooling: 'global-average' });
    expect(actions.setCut).toHaveBeenLastCalledWith(average(1));
    fireEvent.keyDown(screen.getByRole('radio', { name: 'Cut at fc' }), { key: 'ArrowUp' });
    expect(actions.setCut).toHaveBeenLastCalledWith(average(2));
    fireEvent.keyDown(screen.getByRole('slider'), { key: 'Home' });
    expect(actions.setCut).toHaveBeenLastCalledWith(average(0));
  });

  test('has sensible places, each with what it costs', async () => {
    show();
    await rows();
    const option = screen.getByRole('radio', { name: /^conv2/ });
    expect(textOf(option.closest('label'))).toContain(
      'the last picture · 8 × 8 × 1616 values a photo · 32 kB per 1,000 photos',
    );
    fireEvent.click(option);
    expect(actions.setCut).toHaveBeenCalledWith({ positions: [2], pooling: 'global-average' });
  });

  test('takes several pictures together, and no row with them', async () => {
    const cut = { positions: [2], pooling: 'global-max' } as const;
    show({ project: { ...project, cut } });
    await rows();
    fireEvent.click(screen.getByRole('checkbox', { name: /^Take several/ }));
    expect(screen.getByRole('checkbox', { name: 'Take fc' })).toHaveProperty('disabled', true);
    expect(screen.queryByRole('slider')).toBeNull();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Take conv1' }));
    expect(actions.setCut).toHaveBeenCalledWith({ positions: [1, 2], pooling: 'global-max' });
  });

  test('says what training will compute, and warns of a great deal', async () => {
    actions.countMissing.mockResolvedValue(1);
    const samples = [{}, {}, {}] as unknown as AppState['samples'];
    const cut = { positions: [1], pooling: 'flatten' } as const;
    const [input, conv1, ...others] = EXAMPLE_SUMMARY.layers;
    const large = { ...conv1, outputShape: [256, 256, 8] } as typeof conv1;
    const layers = [input, large, ...others].flatMap((layer) => layer ?? []);
    actions.describeBase.mockResolvedValueOnce({ ...EXAMPLE_SUMMARY, layers });
    show({ project: { ...project, cut }, samples });
    expect(
      await screen.findByText(/will compute 1 of 3 photos at this cut; the others are stored/),
    ).toBeTruthy();
    expect(screen.getByText(/a lot to store and to learn from/)).toBeTruthy();
  });

  test('is not offered for a base that cannot be read', async () => {
    const error = new GraftError('base-invalid', 'The tensor k has NaN', { tensor: 'k' });
    actions.describeBase.mockRejectedValueOnce(error);
    show();
    expect((await screen.findByRole('alert')).textContent).toContain('tensor k');
    expect(screen.queryByRole('table')).toBeNull();
  });

  test('says what cannot be done with a graph of its own kind', async () => {
    show({ bases: [readyBase({ isOpaque: true }, null)] });
    expect(screen.getByText(/only be exported as a TensorFlow\.js graph model/)).toBeTruthy();
    await rows();
  });
});
