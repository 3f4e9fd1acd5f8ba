import { z } from 'zod';
import { type Block, block, view } from './block-schemas.ts';

/** What Slack answers to a body it will not draw. */
export interface Refused {
  ok: false;
  error: string;
  errors: string[];
  response_metadata: { messages: string[] };
}

type Problem = z.core.$ZodIssue | { code?: never; message: string; path: PropertyKey[] };

const messageBlocks = z.array(block).max(50);
const longestText = 40_000;
const longestTables = 10_000;

/** Checks the text and blocks of a message; undefined when Slack would take them. */
export function checkMessage(message: { text?: unknown; blocks?: unknown }): Refused | undefined {
  if (typeof message.text === 'string' && message.text.length > longestText)
    return refused('msg_too_long', []);
  if (message.blocks === undefined) return undefined;
  const parsed = messageBlocks.safeParse(message.blocks);
  if (!parsed.success) return refused('invalid_blocks', parsed.error.issues, ['blocks']);
  const problems = [...repeatedIds(parsed.data), ...tableProblems(parsed.data)];
  return problems.length === 0 ? undefined : refused('invalid_blocks', problems, ['blocks']);
}

/** Checks a view; undefined when Slack would show it. */
export function checkView(candidate: unknown): Refused | undefined {
  const parsed = view.safeParse(candidate);
  if (!parsed.success) return refused('invalid_arguments', parsed.error.issues, ['view']);
  const { blocks } = parsed.data;
  const problems = repeatedIds(blocks);
  if (parsed.data.type === 'modal' && !parsed.data.submit && blocks.some((one) => one.type === 'input')) {
    problems.push({ message: 'must define `submit` to use an `input` block in modals', path: ['submit'] });
  }
  blocks.forEach((one, index) => {
    if (one.type === 'table')
      problems.push({ message: 'unsupported type: table', path: ['blocks', index, 'type'] });
  });
  return problems.length === 0 ? undefined : refused('invalid_arguments', problems, ['view']);
}

/** An answer in Slack's shape that names each place; `within` is where in the request the checked value stands. */
export function refused(error: string, problems: readonly Problem[], within: string[] = []): Refused {
  const errors = problems.map((problem) => {
    const pointer = [...within, ...problem.path].map((step) => `/${String(step)}`).join('');
    return `${wording(problem)} [json-pointer:${pointer}]`;
  });
  return {
    ok: false,
    error,
    errors,
    response_metadata: { messages: errors.map((text) => `[ERROR] ${text}`) },
  };
}

function wording(problem: Problem): string {
  if (problem.code === 'too_big') return `must be less than ${Number(problem.maximum) + 1} ${unit(problem)}`;
  if (problem.code === 'too_small')
    return `must be more than ${Number(problem.minimum) - 1} ${unit(problem)}`;
  if (problem.code === 'unrecognized_keys') return `unsupported field: ${problem.keys.join(', ')}`;
  return problem.message;
}

function unit({ origin }: { origin: string }): string {
  return origin === 'array' ? 'items' : 'characters';
}

/** Slack wants block ids unique on a surface and action ids unique in their block. */
function repeatedIds(blocks: Block[]): Problem[] {
  const problems: Problem[] = [];
  const blockIds = new Set<string>();
  blocks.forEach((one, index) => {
    if (one.block_id !== undefined && blockIds.has(one.block_id)) {
      problems.push({ message: `block_id "${one.block_id}" already exists`, path: [index, 'block_id'] });
    }
    if (one.block_id !== undefined) blockIds.add(one.block_id);
    if (one.type !== 'actions') return;
    const actionIds = one.elements.flatMap((element) => element.action_id ?? []);
    for (const repeated of new Set(actionIds.filter((id, at) => actionIds.indexOf(id) !== at))) {
      problems.push({ message: `action_id "${repeated}" already exists`, path: [index, 'elements'] });
    }
  });
  return problems;
}

function tableProblems(blocks: Block[]): Problem[] {
  const cells = blocks.flatMap((one) => (one.type === 'table' ? one.rows.flat() : []));
  const characters = cells.reduce((sum, cell) => sum + lengthOf(cell), 0);
  const path = [blocks.findIndex((one) => one.type === 'table'), 'rows'];
  return characters > longestTables
    ? [{ message: `must be less than ${longestTables + 1} characters`, path }]
    : [];
}

function lengthOf(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  if ('text' in part && typeof part.text === 'string') return part.text.length;
  return 'elements' in part && Array.isArray(part.elements)
    ? part.elements.reduce((sum: number, inner) => sum + lengthOf(inner), 0)
    : 0;
}
