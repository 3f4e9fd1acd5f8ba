import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Cruise {
  summary: { totalCruised: number; violations: { rule: { name: string } }[] };
  modules: { source: string; dependencies: { resolved: string }[] }[];
}

function cruise(...places: string[]): Cruise {
  const run = [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    '.dependency-cruiser.cjs',
  ];
  const json = execFileSync(process.execPath, [...run, '--output-type', 'json', ...places], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(json);
}

/** The folders that have a place in the drawing, as they stand in the paths. */
const rooms = ['src/main.ts', 'src/commands', 'src/jobs', 'src/messages', 'src/membership', 'db'];

function roomOf(path: string): string | undefined {
  const adapter = /^adapters\/\w+/.exec(path)?.[0];
  return adapter ?? rooms.find((room) => path === room || path.startsWith(`${room}/`));
}

test('imports go one way, and the check has really read the modules', () => {
  const { summary, modules } = cruise('src', 'adapters', 'db');
  expect(summary.violations.map(({ rule }) => rule.name)).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThan(80);
  const edges = modules.flatMap((module) => module.dependencies.map((to) => [module.source, to.resolved]));
  expect(edges).toContainEqual(['src/main.ts', 'adapters/slack/app.ts']);
});

test('an import in the wrong direction is found', () => {
  const folder = mkdtempSync(join('src/membership', 'planted-'));
  try {
    writeFileSync(join(folder, 'wrong.ts'), "import '../../commands/index.ts';\nimport '@slack/bolt';\n");
    const names = cruise(folder).summary.violations.map(({ rule }) => rule.name);
    expect(names).toContain('membership-above-db');
    expect(names).toContain('only-adapters-slack');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('ARCHITECTURE.md draws the imports as they are', () => {
  const { modules } = cruise('src', 'adapters', 'db');
  const arrows = new Set<string>();
  for (const { source, dependencies } of modules) {
    for (const { resolved } of dependencies) {
      const [from, to] = [roomOf(source), roomOf(resolved)];
      if (from && to && from !== to) arrows.add(`${from} --> ${to}`);
    }
  }
  const drawn = [...readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/^ {2}(\S+ --> \S+)$/gm)].map(
    ([, arrow]) => arrow,
  );
  expect(drawn.sort()).toEqual([...arrows].sort());
});
