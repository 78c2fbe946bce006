// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { NetworkPicture } from './NetworkPicture.tsx';

beforeAll(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = vi.fn();
      disconnect = vi.fn();
    },
  );
  // jsdom lays nothing out.
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { value: 600 });
  HTMLElement.prototype.setPointerCapture = () => undefined;
  HTMLElement.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 600, 200);
});
afterEach(cleanup);

const layers = [[64, 64, 3], [32, 32, 8], [16, 16, 16], [8, 8, 32], [128]].map((outputShape) => ({
  outputShape,
}));

function show(cut: number[], onMove: ((position: number) => void) | null) {
  const { container } = render(
    <NetworkPicture
      label="Cut"
      layers={layers}
      isUsed={layers.map((_, position) => position <= (cut.at(-1) ?? 0))}
      cut={cut}
      marked={[3]}
      cutText="conv3"
      headText="5 classes"
      onMove={onMove}
    />,
  );
  return container;
}

describe('NetworkPicture', () => {
  test('is a slider that says the layer and moves with the keys, within the network', () => {
    const onMove = vi.fn();
    show([3], onMove);
    const slider = screen.getByRole('slider', { name: 'Cut' });
    expect(slider.getAttribute('aria-valuetext')).toBe('conv3');
    expect(slider.getAttribute('aria-valuenow')).toBe('4');
    for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'x']) {
      fireEvent.keyDown(slider, { key });
    }
    expect(onMove.mock.calls.flat()).toEqual([2, 4, 0, 4, 4]);
  });

  test('moves to where it is pressed, and not while nothing is pressed', () => {
    const onMove = vi.fn();
    show([3], onMove);
    const slider = screen.getByRole('slider');
    fireEvent.pointerMove(slider, { clientX: 10, buttons: 0 });
    expect(onMove).not.toHaveBeenCalled();
    fireEvent.pointerDown(slider, { clientX: 150, buttons: 1, pointerId: 1 });
    expect(onMove).toHaveBeenCalledExactlyOnceWith(1);
  });

  test('draws what is left out hollow, and the new classes', () => {
    const container = show([2], vi.fn());
    const outlines = [...container.querySelectorAll('rect[data-used]')];
    expect(outlines.map((each) => each.getAttribute('data-used'))).toEqual([
      'true',
      'true',
      'true',
      'false',
      'false',
    ]);
    expect(container.textContent).toContain('5 classes');
  });

  test('is a picture with a text where several layers are taken together', () => {
    show([1, 3], null);
    expect(screen.getByRole('img', { name: 'Cut. conv3' })).toBeTruthy();
    expect(screen.queryByRole('slider')).toBeNull();
  });
});
