import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The last version of the old ml5, which is what sketches with Teachable Machine links load. */
const VERSION = '0.12.2';
/** As the registry states it. */
const INTEGRITY =
  'sha512-ILp13zoi2mREYJhqSgOW0Aw3wYnnzYlpbDtPjF4N9pCx1WgNeceBQTHeXjwgOUQqld6zD9czLB2gLJMAfGRbow==';
const CACHE = join(import.meta.dirname, '../node_modules/.cache/ml5');

/**
 * Path of ml5's script, fetched by npm at the first call; `null` where npm cannot reach a registry. It is
 * no dependency: the script has all that it needs in it, and the packages that it would bring along, of
 * TensorFlow.js of 2020, none of them used, would add a third to the lock file.
 */
export function ml5Script(): string | null {
  const script = join(CACHE, 'package/dist/ml5.min.js');
  if (existsSync(script)) return script;
  mkdirSync(CACHE, { recursive: true });
  const packed = join(CACHE, `ml5-${VERSION}.tgz`);
  try {
    const options = { cwd: CACHE, stdio: 'ignore', timeout: 60_000 } as const;
    execFileSync('npm', ['pack', `ml5@${VERSION}`, '--silent'], options);
  } catch {
    return null;
  }
  const hash = createHash('sha512').update(readFileSync(packed)).digest('base64');
  if (`sha512-${hash}` !== INTEGRITY) throw new Error('Not the ml5 that was asked for');
  execFileSync('tar', ['-xzf', packed, '-C', CACHE, 'package/dist/ml5.min.js']);
  return script;
}
