import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTo } from '../answers.ts';
import { createPeople, type People } from '../people.ts';
import { anyStep } from './any-step.ts';
import { keepStart, observe } from './database.ts';
import { labelOf, labels } from './labels.ts';
import { modelLines } from './lines.ts';
import { perform } from './perform.ts';
import { predict } from './predict.ts';
import { listed } from './predict-lists.ts';
import { accountsAdministered } from './predict-organizations.ts';
import type { Real } from './real.ts';
import { openings, staffing } from './staffing.ts';
import { emptyModel, type Model } from './state.ts';
import type { Step } from './steps.ts';

const { USHER_TEST_SEED = '', USHER_TEST_RUNS = '' } = process.env;
const seed = Number(USHER_TEST_SEED) || Math.floor(Math.random() * 2 ** 31);
const numRuns = Number(USHER_TEST_RUNS) || 100;

let people: People;
let startAgain: () => Promise<unknown>;
const start = { model: emptyModel(), ids: {} as Real['ids'] };

beforeAll(async () => {
  people = await createPeople({ max: 1 });
  const real = { people, db: people.db, ids: (await observe(people.db)).ids, drafts: [] };
  for (const step of staffing) await takeStep(start.model, real, step);
  start.ids = real.ids;
  startAgain = await keepStart(people.sql);
});

afterAll(() => people.stop());

const answered = new Map<string, number>();

/** The state is the same in usher and in the model, and no rule is broken. */
async function compare(model: Model, real: Real): Promise<void> {
  const { lines, ids, broken } = await observe(real.db);
  const predicted = modelLines(model);
  if (lines.join('\n') !== predicted.join('\n')) expect(lines).toEqual(predicted);
  expect(broken).toEqual([]);
  real.ids = ids;
}

/**
 * One step in usher and in the model: the same answer, and the same state after it. What is refused leaves nothing but
 * its audit row, which is looked at after the next step that is done, and at the end.
 */
async function takeStep(model: Model, real: Real, step: Step): Promise<void> {
  const label = labelOf(model, step);
  let shown: unknown;
  const said = await answerTo(async () => {
    shown = await perform(real, model, step);
  });
  const answer = predict(model, step);
  expect(said).toBe(answer);
  expect(real.drafts.length).toBe(model.drafts.length);
  if (answer === 'done' && step.do === 'list') expect(shown).toEqual(listed(model, step));
  else if (answer === 'done') await compare(model, real);
  const key = `${label}: ${answer}`;
  answered.set(key, (answered.get(key) ?? 0) + 1);
}

/** Which account a further workspace joins is undecided for the Account Admin of two. */
const isDecided = (model: Model, step: Step) =>
  step.do !== 'connect' || accountsAdministered(model, step.by.name).length < 2;

/** Nobody confirms what nobody has prepared. */
const isPrepared = (model: Model, step: Step) => step.do !== 'press' || model.drafts.length > 0;

const command = anyStep.map((step) => ({
  check: (model: Readonly<Model>) => isDecided(model, step) && isPrepared(model, step),
  run: (model: Model, real: Real) => takeStep(model, real, step),
  toString: () => JSON.stringify(step),
}));

test('whatever anybody does in whatever order, the answer and what is then are those of PRODUCT.md', async () => {
  let state: { model: Model; real: Real } | undefined;
  const setUp = async (opening: readonly Step[]) => {
    await startAgain();
    const real: Real = { people, db: people.db, ids: start.ids, drafts: [] };
    const model = structuredClone(start.model);
    for (const step of opening) await takeStep(model, real, step);
    state = { model, real };
    return state;
  };

  const chance = fc.commands([command], { maxCommands: 30, size: 'max' });
  const property = fc.asyncProperty(fc.constantFrom(...openings), chance, async (opening, commands) => {
    await fc.asyncModelRun(() => setUp(opening), commands);
    if (state) await compare(state.model, state.real);
  });
  const details = await fc.check(property, { seed, numRuns });
  const steps = [...answered.values()].reduce((sum, count) => sum + count, 0);
  const said = `seed ${details.seed}, path ${details.counterexamplePath ?? 'none'}, ${details.numRuns} runs, ${steps} steps`;
  console.info(`The model of membership: ${said}, ${answered.size} different answers.`);
  if (details.failed) {
    throw new Error(await fc.asyncDefaultReportMessage(details), { cause: details.errorInstance });
  }
  // A model that only sees refusals proves little; which of the rarest succeed in one run is chance.
  const undone = labels.filter((label) => !answered.has(`${label}: done`));
  if (undone.length > 0) console.info(`Never done in these runs: ${undone.join(', ')}.`);
  if (numRuns >= 500) expect(undone.length).toBeLessThanOrEqual(labels.length / 10);
}, 900_000);
