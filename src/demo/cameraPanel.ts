import { framePixels } from '../engine/decodePixels.ts';
import { createBars } from './bars.ts';
import { element } from './element.ts';
import type { Classifier } from './loadClassifier.ts';
import { createSmoother } from './smoother.ts';
import { milliseconds, texts } from './texts.ts';

const IDEAL_SIZE = { width: { ideal: 640 }, height: { ideal: 480 } };

/** Shows the camera's picture and what the classifier makes of it, frame after frame. */
export function cameraPanel(classifier: Classifier): HTMLElement {
  const video = element('video', { playsInline: true, muted: true, ariaLabel: texts.preview });
  const bars = createBars(classifier.labels);
  const speed = element('p', { className: 'soft speed' }, texts.cameraHint);
  // Screen readers are told about changes of the winner, not about every frame.
  const winner = element('p', { className: 'visually-hidden', role: 'status' });
  const problem = element('p', { className: 'problem', role: 'alert', hidden: true });
  const button = element('button', { type: 'button' }, texts.startCamera);
  let stream: MediaStream | null = null;

  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.srcObject = null;
    button.textContent = texts.startCamera;
  };

  const open = async () => {
    problem.hidden = true;
    try {
      stream = await openCamera(video, stop);
    } catch {
      stop();
      problem.textContent = texts.noCamera;
      problem.hidden = false;
      return;
    }
    button.textContent = texts.stopCamera;
    await classifyFrames(stream);
  };

  const classifyFrames = async (opened: MediaStream) => {
    const smooth = createSmoother();
    while (stream === opened) {
      await nextFrame();
      const startedAt = performance.now();
      // There is no picture for a moment after the camera has been stopped.
      const frame = await createImageBitmap(video).catch(() => null);
      if (frame === null) continue;
      const pixels = framePixels(frame, classifier.spec);
      frame.close();
      const probabilities = smooth(await classifier.classify(pixels));
      bars.show(probabilities);
      speed.textContent = milliseconds(performance.now() - startedAt);
      const best = classifier.labels[probabilities.indexOf(Math.max(...probabilities))] ?? '';
      if (winner.textContent !== best) winner.textContent = best;
    }
  };

  button.addEventListener('click', () => {
    if (stream === null) void open();
    else stop();
  });
  return element(
    'section',
    { ariaLabel: texts.camera },
    element('div', { className: 'viewer' }, video),
    element('div', { className: 'controls' }, button, speed),
    problem,
    bars.node,
    winner,
  );
}

async function openCamera(video: HTMLVideoElement, onEnded: () => void): Promise<MediaStream> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { ...IDEAL_SIZE, facingMode: 'environment' },
  });
  const track = stream.getVideoTracks()[0];
  track?.addEventListener('ended', onEnded);
  // Only the preview is a mirror: what is classified is as the camera sees it, as in training.
  video.classList.toggle('mirrored', track?.getSettings().facingMode !== 'environment');
  video.srcObject = stream;
  await video.play();
  return stream;
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
