import { initialState, keptState } from './form-state.ts';
import { withIds } from './surface.ts';
import type { Modal, View } from './types.ts';

/** A view as the emulated Slack answers it. */
export type RawView = Omit<View, 'state'>;

/** Which modals are open on whose screen, and their home tabs. */
export interface Views {
  /** The modal on top of a person's stack. */
  top(personId: string): Modal | undefined;
  home(personId: string): View | undefined;
  isShown(wanted: { viewId?: string; externalId?: string }): boolean;
  depth(personId: string): number;
  has(personId: string, viewId: string): boolean;
  open(personId: string, view: RawView): void;
  push(personId: string, view: RawView): void;
  update(view: RawView): void;
  publish(personId: string, view: RawView): void;
  /** Closes one modal of a person, or the whole stack; what lies beneath comes back. */
  close(personId: string, which: string | 'all'): void;
  /** Changes a modal or home tab where it is still shown: what was typed, and the problems it shows. */
  change(viewId: string, change: Partial<Pick<Modal, 'state' | 'errors' | 'problem'>>): void;
}

export function createViews(changed: () => void): Views {
  const stacks = new Map<string, Modal[]>();
  const homes = new Map<string, Modal>();
  const stack = (personId: string) => stacks.get(personId) ?? [];

  function setStack(personId: string, modals: Modal[]): void {
    stacks.set(personId, modals);
    changed();
  }
  function everywhere(viewId: string, change: (view: Modal) => Modal): void {
    const swap = (view: Modal) => (view.id === viewId ? change(view) : view);
    for (const [personId, modals] of stacks) stacks.set(personId, modals.map(swap));
    for (const [personId, home] of homes) homes.set(personId, swap(home));
    changed();
  }

  return {
    top: (personId) => structuredClone(stack(personId).at(-1)),
    home: (personId) => structuredClone(homes.get(personId)),
    isShown: ({ viewId, externalId }) =>
      [...stacks.values(), [...homes.values()]]
        .flat()
        .some((one) =>
          viewId ? one.id === viewId : externalId !== undefined && one.external_id === externalId,
        ),
    depth: (personId) => stack(personId).length,
    has: (personId, viewId) => stack(personId).some((one) => one.id === viewId),
    open: (personId, raw) => setStack(personId, [fresh(raw)]),
    push: (personId, raw) => {
      const below = stack(personId).at(-1);
      const place = below && { root_view_id: below.root_view_id, previous_view_id: below.id };
      setStack(personId, [...stack(personId), { ...fresh(raw), ...place }]);
    },
    update: (raw) =>
      everywhere(raw.id, ({ root_view_id, previous_view_id, state }) => {
        const view = fresh(raw);
        const values = keptState(view.blocks, state.values);
        return { ...view, root_view_id, previous_view_id, state: { values } };
      }),
    publish: (personId, raw) => {
      homes.set(personId, fresh(raw));
      changed();
    },
    close: (personId, which) =>
      setStack(personId, which === 'all' ? [] : stack(personId).filter((one) => one.id !== which)),
    change: (viewId, { state, ...marks }) =>
      everywhere(viewId, ({ errors: _, problem: __, ...view }) => ({
        ...view,
        ...(state && { state }),
        ...marks,
      })),
  };
}

function fresh(raw: RawView): View {
  const blocks = withIds(raw.blocks);
  return { ...raw, blocks, state: { values: initialState(blocks) } };
}
