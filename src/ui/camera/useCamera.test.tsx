// @vitest-environment jsdom
import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useCamera } from './useCamera.ts';

class FakeTrack extends EventTarget {
  readonly stop = vi.fn();
  readonly deviceId: string;
  constructor(deviceId: string) {
    super();
    this.deviceId = deviceId;
  }
  getSettings() {
    return { deviceId: this.deviceId };
  }
}

const tracks: FakeTrack[] = [];
const getUserMedia = vi.fn((constraints: MediaStreamConstraints) => {
  const wish = (constraints.video as { deviceId?: { ideal: string } }).deviceId?.ideal;
  const track = new FakeTrack(wish ?? 'front');
  tracks.push(track);
  return Promise.resolve({ getTracks: () => [track], getVideoTracks: () => [track] });
});

beforeEach(() => {
  localStorage.clear();
  tracks.length = 0;
  const devices = Object.assign(new EventTarget(), {
    getUserMedia,
    enumerateDevices: () =>
      Promise.resolve([
        { kind: 'videoinput', deviceId: 'front', label: 'Front camera' },
        { kind: 'audioinput', deviceId: 'mic', label: 'Microphone' },
        { kind: 'videoinput', deviceId: 'desk', label: 'Desk camera' },
      ]),
  });
  vi.stubGlobal('navigator', { mediaDevices: devices });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('useCamera', () => {
  test('opens a camera and lists the others by name', async () => {
    const { result } = renderHook(() => useCamera());
    act(() => {
      result.current.start();
    });
    await waitFor(() => {
      expect(result.current.devices).toHaveLength(2);
    });
    expect(result.current.state).toMatchObject({
      status: 'live',
      deviceId: 'front',
      isMirrored: true,
    });
    expect(result.current.devices.map(({ name }) => name)).toEqual(['Front camera', 'Desk camera']);
  });

  test('stops the old camera when another is chosen, and remembers the choice', async () => {
    const first = renderHook(() => useCamera());
    act(() => {
      first.result.current.start();
    });
    await waitFor(() => {
      expect(first.result.current.state.status).toBe('live');
    });
    act(() => {
      first.result.current.start('desk');
    });
    await waitFor(() => {
      expect(first.result.current.state).toMatchObject({ deviceId: 'desk' });
    });
    expect(tracks[0]?.stop).toHaveBeenCalled();

    const second = renderHook(() => useCamera());
    act(() => {
      second.result.current.start();
    });
    await waitFor(() => {
      expect(second.result.current.state).toMatchObject({ status: 'live', deviceId: 'desk' });
    });
  });

  test('leaves no camera open when it is stopped while opening, or the page goes', async () => {
    const { result, unmount } = renderHook(() => useCamera());
    act(() => {
      result.current.start();
      result.current.stop();
    });
    await waitFor(() => {
      expect(tracks[0]?.stop).toHaveBeenCalled();
    });
    expect(result.current.state.status).toBe('off');

    act(() => {
      result.current.start();
    });
    await waitFor(() => {
      expect(result.current.state.status).toBe('live');
    });
    unmount();
    expect(tracks[1]?.stop).toHaveBeenCalled();
  });

  test('tells a refusal from a missing camera', async () => {
    const { result } = renderHook(() => useCamera());
    getUserMedia.mockRejectedValueOnce(new DOMException('No', 'NotAllowedError'));
    act(() => {
      result.current.start();
    });
    await waitFor(() => {
      expect(result.current.state).toEqual({ status: 'failed', code: 'camera-denied' });
    });
    getUserMedia.mockRejectedValueOnce(new DOMException('None', 'NotFoundError'));
    act(() => {
      result.current.start();
    });
    await waitFor(() => {
      expect(result.current.state).toEqual({ status: 'failed', code: 'camera-not-found' });
    });
  });

  test('a pulled plug is a missing camera', async () => {
    const { result } = renderHook(() => useCamera());
    act(() => {
      result.current.start();
    });
    await waitFor(() => {
      expect(result.current.state.status).toBe('live');
    });
    act(() => {
      tracks[0]?.dispatchEvent(new Event('ended'));
    });
    expect(result.current.state).toEqual({ status: 'failed', code: 'camera-not-found' });
  });
});
