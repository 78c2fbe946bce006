import type { HeadConfig } from '../domain/headConfig.ts';
import { solveExactly } from './exact/exactSolver.ts';
import { solveByGradient } from './gradient/gradientSolver.ts';
import type { Solver } from './solver.ts';

/** Fits with the solver that the configuration names. */
export const solveHead: Solver<HeadConfig> = (set, config, signal) =>
  config.solver === 'exact'
    ? solveExactly(set, config, signal)
    : solveByGradient(set, config, signal);
