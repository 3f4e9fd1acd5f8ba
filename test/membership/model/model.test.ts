import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTo } from '../answers.ts';
import { createPeople, type People } from '../people.ts';
import { keepStart, observe } from './database.ts';
import { modelLines } from './lines.ts';
import { perform } from './perform.ts';
import { predict } from './predict.ts';
import { accountsAdministered } from './predict-organizations.ts';
import type { Real } from './real.ts';
import { openings, staffing } from './staffing.ts';
import { emptyModel, type Model } from './state.ts';
import { anyStep, type Step, stepKinds } from './steps.ts';

const { USHER_TEST_SEED = '', USHER_TEST_RUNS = '' } = process.env;
const seed = Number(USHER_TEST_SEED) || Math.floor(Math.random() * 2 ** 31);
const numRuns = Number(USHER_TEST_RUNS) || 100;

let people: People;
let startAgain: () => Promise<unknown>;
const start = { model: emptyModel(), ids: {} as Real['ids'] };

beforeAll(async () => {
  people = await createPeople({ max: 1 });
  const real = { people, db: people.db, ids: (await observe(people.db, { rules: true })).ids, drafts: [] };
  for (const step of staffing) await takeStep(start.model, real, step);
  start.ids = real.ids;
  startAgain = await keepStart(people.sql);
});

afterAll(() => people.stop());

const answered = new Map<string, number>();

/**
 * One step in usher and in the model: the same answer, the same state after it, and no rule broken. What is refused
 * leaves nothing but its audit row; the rules are proved again after the next step that is done, and at the end.
 */
async function takeStep(model: Model, real: Real, step: Step): Promise<void> {
  const drafts = model.drafts.length;
  const before = structuredClone(model);
  const answer = predict(model, step);
  expect(await answerTo(() => perform(real, before, step))).toBe(answer);
  expect(real.drafts.length - drafts).toBe(model.drafts.length - drafts);
  const { lines, ids, broken } = await observe(real.db, { rules: answer === 'done' });
  const predicted = modelLines(model);
  if (lines.join('\n') !== predicted.join('\n')) expect(lines).toEqual(predicted);
  expect(broken).toEqual([]);
  real.ids = ids;
  const key = `${step.do}: ${answer}`;
  answered.set(key, (answered.get(key) ?? 0) + 1);
}

/** Which account a further workspace joins is undecided for the Account Admin of two. */
const isDecided = (model: Model, step: Step) =>
  step.do !== 'connect' || accountsAdministered(model, step.by.name).length < 2;

const command = anyStep.map((step) => ({
  check: (model: Readonly<Model>) => isDecided(model, step),
  run: (model: Model, real: Real) => takeStep(model, real, step),
  toString: () => JSON.stringify(step),
}));

test('whatever anybody does in whatever order, the answer and what is then are those of PRODUCT.md', async () => {
  const setUp = async (opening: readonly Step[]) => {
    await startAgain();
    const real: Real = { people, db: people.db, ids: start.ids, drafts: [] };
    const model = structuredClone(start.model);
    for (const step of opening) await takeStep(model, real, step);
    return { model, real };
  };
  const chance = fc.commands([command], { maxCommands: 30, size: 'max' });
  const property = fc.asyncProperty(fc.constantFrom(...openings), chance, async (opening, commands) => {
    await fc.asyncModelRun(() => setUp(opening), commands);
    expect((await observe(people.db, { rules: true })).broken).toEqual([]);
  });
  const details = await fc.check(property, { seed, numRuns });
  const steps = [...answered.values()].reduce((sum, count) => sum + count, 0);
  const said = `seed ${details.seed}, path ${details.counterexamplePath ?? 'none'}, ${details.numRuns} runs, ${steps} steps`;
  console.info(`The model of membership: ${said}, ${answered.size} different answers.`);
  if (details.failed) {
    throw new Error(await fc.asyncDefaultReportMessage(details), { cause: details.errorInstance });
  }
  // A model that only sees refusals proves little.
  if (numRuns >= 500) expect(stepKinds.filter((kind) => !answered.has(`${kind}: done`))).toEqual([]);
}, 900_000);
