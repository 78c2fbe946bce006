import type { ExactConfig, GradientConfig } from '../domain/headConfig.ts';
import { solveExactly } from './exact/exactSolver.ts';
import { solveByGradient } from './gradient/gradientSolver.ts';
import type { Solver } from './solver.ts';

/** Fits a head on a base that stays as it is, with the solver that the configuration names. */
export const solveHead: Solver<ExactConfig | GradientConfig> = (set, config, signal, beginning) =>
  config.solver === 'exact'
    ? solveExactly(set, config, signal)
    : solveByGradient(set, config, signal, beginning);
