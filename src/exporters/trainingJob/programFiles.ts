import { textFile, type ExportedFile } from '../exportedFile.ts';
import photoInput from '../snippets/photo_input.py?raw';
import readme from './program/README.md?raw';
import activations from './program/activations.py?raw';
import deeper from './program/deeper.py?raw';
import descent from './program/descent.py?raw';
import exact from './program/exact.py?raw';
import fit from './program/fit.py?raw';
import gradient from './program/gradient.py?raw';
import job from './program/job.py?raw';
import onRay from './program/on_ray.py?raw';
import randomNumbers from './program/random_numbers.py?raw';
import requirementsRay from './program/requirements-ray.txt?raw';
import requirements from './program/requirements.txt?raw';
import train from './program/train.py?raw';
import views from './program/views.py?raw';

/** The program of a training job, as it will be run, and what to know about it. */
export function programFiles(): ExportedFile[] {
  return PROGRAM.map(([path, text]) => textFile(path, text));
}

const PROGRAM: readonly (readonly [path: string, text: string])[] = [
  ['README.md', readme],
  ['train.py', train],
  ['requirements.txt', requirements],
  ['requirements-ray.txt', requirementsRay],
  ['activations.py', activations],
  ['deeper.py', deeper],
  ['descent.py', descent],
  ['exact.py', exact],
  ['fit.py', fit],
  ['gradient.py', gradient],
  ['job.py', job],
  ['on_ray.py', onRay],
  ['photo_input.py', photoInput],
  ['random_numbers.py', randomNumbers],
  ['views.py', views],
];
