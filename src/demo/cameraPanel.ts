import { framePixels } from '../engine/decodePixels.ts';
import { createBars } from './bars.ts';
import { grabFrame, listCameras, openCamera } from './camera.ts';
import { element } from './element.ts';
import type { Classifier } from './loadClassifier.ts';
import { createSmoother } from './smoother.ts';
import { milliseconds, texts } from './texts.ts';

/** Shows the camera's picture and what the classifier makes of it, frame after frame. */
export function cameraPanel(classifier: Classifier): HTMLElement {
  const video = element('video', { playsInline: true, muted: true, ariaLabel: texts.preview });
  const bars = createBars(classifier.labels);
  const speed = element('p', { className: 'soft speed' }, texts.cameraHint);
  // Screen readers are told about changes of the winner, not about every frame.
  const winner = element('p', { className: 'visually-hidden', role: 'status' });
  const problem = element('p', { className: 'problem', role: 'alert', hidden: true });
  const button = element('button', { type: 'button' }, texts.startCamera);
  const chooser = element('select', { hidden: true, ariaLabel: texts.whichCamera });
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
      stream = await openCamera(video, chooser.value, stop);
    } catch {
      stop();
      problem.textContent = texts.noCamera;
      problem.hidden = false;
      return;
    }
    button.textContent = texts.stopCamera;
    await offerCameras(chooser, stream);
    await classifyFrames(stream);
  };

  const classifyFrames = async (opened: MediaStream) => {
    const smooth = createSmoother();
    while (stream === opened) {
      await nextFrame();
      const startedAt = performance.now();
      const frame = grabFrame(video);
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
  chooser.addEventListener('change', () => {
    stop();
    void open();
  });
  return element(
    'section',
    { ariaLabel: texts.camera },
    element('div', { className: 'viewer' }, video),
    element('div', { className: 'controls' }, button, chooser, speed),
    problem,
    bars.node,
    winner,
  );
}

/** Shows the choice where there is one, with the open camera chosen. */
async function offerCameras(chooser: HTMLSelectElement, stream: MediaStream): Promise<void> {
  const cameras = await listCameras();
  const current = stream.getVideoTracks()[0]?.getSettings().deviceId ?? '';
  chooser.replaceChildren(
    ...cameras.map(({ deviceId, label }) =>
      element('option', { value: deviceId, selected: deviceId === current }, label),
    ),
  );
  chooser.hidden = cameras.length < 2;
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
