import { randomBytes, randomUUID } from 'node:crypto';
import type { Directory } from './directory.ts';
import { withActionIds } from './surface.ts';
import type { Card, Conversation, PretendPerson, SharedFile, Shown } from './types.ts';

/** A place where people talk. `messages` are everybody's; what one person alone sees of them is kept apart. */
export interface Place {
  id: string;
  name: string;
  kind: Conversation['kind'];
  /** The team a channel belongs to. */
  team?: string;
  members(): PretendPerson[];
  /** Whether the app is installed here; in a personal chat, for that person. */
  hasApp(): boolean;
}

/** What a message is made of before it is shown. */
interface NewMessage {
  from: { id: string; name: string };
  text: string;
  cards?: Card[];
  files?: SharedFile[];
}
/** What one person sees instead of the card, or below it. */
type OwnView = { cards?: Card[]; notice?: string };

/** Who sees which messages. */
export interface Screens {
  team: Place;
  groups: Place[];
  /** Whether the app is in the team and the groups; live. */
  installed: { team: boolean };
  /** The chat of a person with usher, whether it was opened or not. */
  personal(person: PretendPerson): Place;
  /** By id, where usher has been let in: a personal chat once it is open; a thread of a channel is the channel. */
  place(id: string): Place | undefined;
  /** Lets usher write to a person, who sees the chat from now on. */
  open(person: PretendPerson): Place;
  /** By id or name, among what a person sees; their own chat by default. Throws when they see no such place. */
  placeFor(person: PretendPerson, wanted?: string): Place;
  post(place: Place, message: NewMessage): Shown;
  find(place: Place, id: string): Shown | undefined;
  replace(place: Place, id: string, change: { text: string; cards: Card[]; files: SharedFile[] }): void;
  remove(place: Place, id: string): void;
  /** Shows something to one person only, until the message changes. */
  showOnly(person: PretendPerson, message: Shown, view: OwnView): void;
  conversationsOf(person: PretendPerson): Conversation[];
}

export function createScreens(world: {
  directory: Directory;
  teamName: string;
  groups: Record<string, string[]> | undefined;
  changed: () => void;
}): Screens {
  const { directory, changed } = world;
  const onTeam = () => directory.people.filter((one) => one.onTeam && !one.deleted);
  const installed = { team: true };
  const team: Place = {
    id: `19:${randomBytes(16).toString('hex')}@thread.tacv2`,
    name: 'General',
    kind: 'channel',
    team: world.teamName,
    members: onTeam,
    hasApp: () => installed.team,
  };
  const groups = Object.entries(world.groups ?? { Planning: undefined }).map(([name, names]): Place => {
    const members = () => onTeam().filter((one) => !names || names.includes(one.name));
    const id = `19:${randomUUID().replaceAll('-', '')}@thread.v2`;
    return { id, name, kind: 'group', members, hasApp: () => true };
  });
  const personals = new Map<string, Place>();
  const opened = new Set<string>();
  const messages = new Map<string, Shown[]>();
  const ownViews = new Map<string, OwnView>();
  let lastAt = 0;

  function personal(person: PretendPerson): Place {
    const known = personals.get(person.id);
    if (known) return known;
    const id = `a:1${randomBytes(48).toString('base64url')}`;
    const members = () => (person.deleted ? [] : [person]);
    const place: Place = { id, name: 'usher', kind: 'personal', members, hasApp: () => canReach(person) };
    personals.set(person.id, place);
    return place;
  }
  /** The app is theirs, or in a team of theirs and they have not sent it away. */
  function canReach(person: PretendPerson): boolean {
    if (person.deleted || person.tenantId) return false;
    return person.hasApp || (person.onTeam && installed.team && !person.sentAway);
  }

  function visiblePlaces(person: PretendPerson): Place[] {
    const own = personal(person);
    const shared = [team, ...groups].filter((one) => one.members().includes(person));
    return person.hasApp || opened.has(own.id) ? [own, ...shared] : shared;
  }
  function viewKey(person: PretendPerson, { conversation, id }: Pick<Shown, 'conversation' | 'id'>): string {
    return `${person.id} ${conversation} ${id}`;
  }
  function stored(place: Place, id: string): Shown | undefined {
    return messages.get(place.id)?.find((one) => one.id === id);
  }
  function forgetViews(place: Place, id: string): void {
    for (const key of ownViews.keys()) if (key.endsWith(` ${place.id} ${id}`)) ownViews.delete(key);
  }

  return {
    ...{ team, groups, installed, personal },
    place: (id) => {
      const [bare] = id.split(';messageid=');
      const shared = [team, ...groups].find((one) => one.id === bare);
      return shared ?? [...personals.values()].find((one) => one.id === id);
    },
    open: (person) => {
      const place = personal(person);
      opened.add(place.id);
      return place;
    },
    placeFor: (person, wanted) => {
      const places = visiblePlaces(person);
      const found = places.find((one) =>
        wanted === undefined ? one.kind === 'personal' : [one.id, one.name].includes(wanted),
      );
      if (found) return found;
      const there = places.map((one) => `"${one.name}"`).join(', ');
      throw new Error(
        `${person.name} has no ${wanted ? `place "${wanted}"` : 'chat with usher'}; there are: ${there || 'none'}.`,
      );
    },
    post: (place, { from, text, cards = [], files = [] }) => {
      lastAt = Math.max(Date.now(), lastAt + 1);
      const message: Shown = {
        ...{ id: String(lastAt), conversation: place.id, from: from.id, fromName: from.name, text },
        ...{ cards: cards.map(withActionIds), sentAt: lastAt, files },
      };
      messages.set(place.id, [...(messages.get(place.id) ?? []), message]);
      if (place.kind === 'personal') opened.add(place.id);
      changed();
      return structuredClone(message);
    },
    find: (place, id) => structuredClone(stored(place, id)),
    replace: (place, id, { text, cards, files }) => {
      const found = stored(place, id);
      if (!found) return;
      Object.assign(found, { text, cards: cards.map(withActionIds), files, edited: true });
      forgetViews(place, id);
      changed();
    },
    remove: (place, id) => {
      messages.set(place.id, messages.get(place.id)?.filter((one) => one.id !== id) ?? []);
      forgetViews(place, id);
      changed();
    },
    showOnly: (person, message, { cards, notice }) => {
      const key = viewKey(person, message);
      ownViews.set(key, {
        ...(cards ? { cards: cards.map(withActionIds) } : ownViews.get(key)),
        ...(notice !== undefined && { notice }),
      });
      changed();
    },
    conversationsOf: (person) =>
      visiblePlaces(person).map(({ id, name, kind, team: of }) => {
        const seen = (messages.get(id) ?? []).map((one) => ({
          ...structuredClone(one),
          ...structuredClone(ownViews.get(viewKey(person, one))),
        }));
        return { id, name, kind, ...(of ? { team: of } : {}), messages: seen };
      }),
  };
}
