import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What each folder of `src` may import besides itself. ARCHITECTURE.md says why. */
const MAY_IMPORT = {
  app: ['features', 'ui', 'state', 'domain'],
  features: ['ui', 'state', 'domain'],
  ui: ['domain'],
  state: ['intake', 'zip', 'bridge', 'storage', 'catalogue', 'domain'],
  intake: ['zip', 'domain'],
  zip: ['bridge', 'domain'],
  bridge: ['domain'],
  storage: ['domain'],
  catalogue: ['domain'],
  base: ['engine', 'network', 'catalogue', 'bridge', 'storage', 'domain'],
  head: ['engine', 'network', 'catalogue', 'exporters', 'bridge', 'storage', 'domain'],
  checks: ['engine', 'network', 'exporters', 'bridge', 'storage', 'domain'],
  demo: ['engine', 'network', 'catalogue', 'domain'],
  engine: ['network', 'catalogue', 'domain'],
  exporters: ['network', 'domain'],
  network: ['domain'],
  domain: [],
};

/** Packages that only these folders may import. Any other package may be imported anywhere. */
const PACKAGE_OWNERS = [
  { packages: ['@tensorflow/*'], folders: ['engine', 'base', 'head', 'checks', 'demo'] },
  { packages: ['onnxruntime-web', '@litertjs/core'], folders: ['checks'] },
  { packages: ['idb'], folders: ['storage'] },
  { packages: ['h5wasm'], folders: ['network', 'exporters'] },
  { packages: ['zustand'], folders: ['state'] },
  {
    packages: ['react', 'react-dom', 'react-i18next'],
    folders: ['app', 'features', 'ui', 'state'],
  },
  { packages: ['@tanstack/*', 'uplot'], folders: ['features', 'ui'] },
];

const elements = [
  // Each feature is an element of its own, so that none may import another.
  { type: 'features', pattern: 'src/features/*', capture: ['feature'] },
  ...Object.keys(MAY_IMPORT)
    .filter((folder) => folder !== 'features')
    .map((folder) => ({ type: folder, pattern: `src/${folder}` })),
];

const policies = [
  { allow: { to: { module: { origin: ['external', 'core'] } } } },
  ...Object.entries(MAY_IMPORT)
    .filter(([, targets]) => targets.length > 0)
    .map(([folder, targets]) => ({
      from: { element: { type: folder } },
      allow: { to: { element: { type: targets } } },
    })),
  ...PACKAGE_OWNERS.map(({ packages, folders }) => ({
    from: { element: { type: Object.keys(MAY_IMPORT).filter((name) => !folders.includes(name)) } },
    disallow: { to: { module: { source: packages } } },
    message: `${packages.join(', ')} belongs to ${folders.join(', ')}`,
  })),
];

export default defineConfig(
  globalIgnores(['dist/', 'build/', 'public/', 'test-results/', 'playwright-report/']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.worker.json', 'tsconfig.tests.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `newId<ProjectId>()` names its type once, on purpose.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 300 }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    // main.tsx puts the parts together, and tests may look at anything.
    ignores: ['src/main.tsx', '**/*.test.{ts,tsx}'],
    plugins: { boundaries },
    settings: { 'boundaries/elements': elements },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': [
        'error',
        { default: 'disallow', checkAllOrigins: true, policies },
      ],
    },
  },
  {
    files: ['src/main.tsx', 'src/{app,features,ui,state}/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    files: ['*.config.ts', 'e2e/*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['*.js'],
    languageOptions: { globals: globals.node },
  },
  {
    // What goes into exports runs in browsers or in Node.
    files: ['src/exporters/snippets/**/*.{js,mjs,jsx}'],
    extends: [reactHooks.configs.flat.recommended],
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
  },
);
