import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Package {
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const packages: Record<string, Package> = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;

// npm leaves out what the registry at hand does not hold, and `npm ci` then refuses the whole file everywhere.
test('the lockfile has the packages of every platform, whichever it was written on', () => {
  const wanted = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));
  const missing = wanted.filter(
    (name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)),
  );
  expect(wanted.length).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});

test('the lockfile names no place to download from', () => {
  expect(Object.values(packages).filter((one) => one.resolved !== undefined)).toEqual([]);
});
