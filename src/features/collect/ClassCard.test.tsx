// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import type { ClassLabelId } from '../../domain/ids.ts';
import type { ClassLabel, Sample } from '../../domain/project.ts';
import type { AppState } from '../../state/appState.ts';
import type { AppStore } from '../../state/store.ts';
import { AppStoreContext } from '../../state/useAppState.ts';
import { ThumbnailUrls, ThumbnailUrlsContext } from '../../ui/thumbnailUrls.ts';
import { ClassCard } from './ClassCard.tsx';

const label: ClassLabel = { id: 'daisy' as ClassLabelId, name: 'Daisy', colorIndex: 2 };
const photos = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `s${String(index)}`,
    imageHash: `h${String(index)}`,
  })) as unknown as Sample[];

const actions = {
  renameClass: vi.fn(() => Promise.resolve()),
  recolorClass: vi.fn(() => Promise.resolve()),
  moveClass: vi.fn(() => Promise.resolve()),
  deleteClass: vi.fn(() => Promise.resolve()),
  addFiles: vi.fn(() => Promise.resolve()),
  addDrop: vi.fn(() => Promise.resolve()),
};
const store = {
  getState: () => actions as unknown as AppState,
  getInitialState: () => actions as unknown as AppState,
  subscribe: () => () => undefined,
  setState: () => undefined,
} as unknown as AppStore;

const onOpen = vi.fn();
const onReorder = vi.fn();

function show(samples: readonly Sample[], index = 1) {
  render(
    <AppStoreContext value={store}>
      <ThumbnailUrlsContext value={new ThumbnailUrls(() => Promise.resolve(null))}>
        <ul>
          <ClassCard
            label={label}
            index={index}
            numClasses={3}
            samples={samples}
            framing="centre-square"
            isActive={false}
            onActivate={() => undefined}
            onOpen={onOpen}
            onWebcam={() => undefined}
            onReorder={onReorder}
          />
        </ul>
      </ThumbnailUrlsContext>
    </AppStoreContext>,
  );
  return within(screen.getByRole('listitem', { name: 'Daisy' }));
}

beforeAll(async () => {
  await startI18n();
  // Not in jsdom; a menu closes its popover before it acts.
  HTMLElement.prototype.hidePopover = () => undefined;
});
beforeEach(() => {
  vi.clearAllMocks();
});
afterEach(cleanup);

describe('ClassCard', () => {
  test('is renamed where it stands, and not to nothing', () => {
    const field = show([]).getByRole('textbox', { name: 'Class name' });
    const type = (value: string, key: string) => {
      field.focus();
      fireEvent.change(field, { target: { value } });
      fireEvent.keyDown(field, { key });
    };
    type('  ', 'Enter');
    type('Tulip', 'Escape');
    expect(actions.renameClass).not.toHaveBeenCalled();
    type(' Tulip ', 'Enter');
    expect(actions.renameClass).toHaveBeenCalledExactlyOnceWith('daisy', 'Tulip');
  });

  test('counts its photos and opens them all from the newest dozen', () => {
    const card = show(photos(30));
    expect(card.getByText('30 photos')).toBeTruthy();
    expect(card.getByText('+18')).toBeTruthy();
    fireEvent.click(card.getByRole('button', { name: 'Show all 30 photos of Daisy' }));
    expect(onOpen).toHaveBeenCalledOnce();
  });

  test('takes dropped files for itself, and cards for the order', () => {
    show([]);
    const card = screen.getByRole('listitem', { name: 'Daisy' });
    const files = { types: ['Files'], getData: () => '' };
    fireEvent.drop(card, { dataTransfer: files });
    expect(actions.addDrop).toHaveBeenCalledExactlyOnceWith(expect.anything(), 'daisy');
    const dragged = { types: ['application/x-graft-class'], getData: () => 'rose' };
    fireEvent.drop(card, { dataTransfer: dragged });
    expect(onReorder).toHaveBeenCalledExactlyOnceWith('rose');
    fireEvent.drop(card, { dataTransfer: { types: ['text/plain'], getData: () => 'text' } });
    expect(actions.addDrop).toHaveBeenCalledOnce();
    expect(onReorder).toHaveBeenCalledOnce();
  });

  test('moves, changes its colour and goes away by its menus', () => {
    const card = show([], 0);
    const item = (role: string, name: string) =>
      card.getByRole<HTMLButtonElement>(role, { name, hidden: true });
    expect(item('menuitem', 'Move earlier').disabled).toBe(true);
    fireEvent.click(item('menuitem', 'Move later'));
    expect(actions.moveClass).toHaveBeenCalledExactlyOnceWith('daisy', 1);
    expect(item('menuitemradio', 'Green').getAttribute('aria-checked')).toBe('true');
    fireEvent.click(item('menuitemradio', 'Teal'));
    expect(actions.recolorClass).toHaveBeenCalledExactlyOnceWith('daisy', 5);
    fireEvent.click(item('menuitem', 'Delete class'));
    expect(actions.deleteClass).toHaveBeenCalledExactlyOnceWith('daisy');
  });
});
