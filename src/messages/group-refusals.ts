import { topRole } from '../membership/groups/group.ts';
import { groupRoleNames, type Refusals } from '../membership/refusal.ts';
import type { Message } from './message.ts';
import { count, list, oneLine, quoted, upTo } from './words.ts';

type GroupRefusal =
  | 'group-not-found'
  | 'group-is-archived'
  | 'group-in-several'
  | 'group-name-not-usable'
  | 'group-exists'
  | 'not-of-the-organization'
  | 'is-billing-manager'
  | 'higher-in-group'
  | 'last-in-group'
  | 'not-in-group'
  | 'would-leave-groups'
  | 'too-many-groups'
  | 'team-of-another-organization'
  | 'role-above-own'
  | 'billing-manager-in-group';

/** The sentences for every way to say no about teams and projects. */
export const aboutGroups: { [Code in GroupRefusal]: (data: Refusals[Code]) => Message } = {
  'group-not-found': ({ kind, text, nearest }) => ({
    summary: text
      ? `There is no ${kind} called ${quoted(text, 60)} that you can see.`
      : `There is no such ${kind} that you can see.`,
    body: [
      nearest === undefined
        ? `Type /usher ${kind} to see the ones there are.`
        : `If you meant ${oneLine(nearest, 60)}, type: /usher ${kind} ${oneLine(nearest, 60)}`,
    ],
    buttons: [{ label: `See the ${kind}s`, action: { do: 'groups', kind } }],
  }),
  'group-is-archived': ({ kind, group }) => ({
    summary: `The ${kind} ${oneLine(group, 60)} was archived.`,
    body: ['What was in it stays on record. Its name is free for a new one.'],
    buttons: [{ label: `See the ${kind}s`, action: { do: 'groups', kind } }],
  }),
  'group-in-several': ({ kind, group, organizations }) => ({
    summary: `Several organizations have a ${kind} called ${oneLine(group, 60)}.`,
    body: [
      `Say which one: ${list(
        upTo(organizations, 10).shown.map((name) => `${oneLine(group, 60)} in ${oneLine(name, 60)}`),
        'or',
      )}.`,
    ],
  }),
  'group-name-not-usable': ({ kind }) => ({
    summary: `A ${kind} needs a name that can be typed in a line.`,
    body: ['Take 60 characters at most, without commas, semicolons, double quotes, and < > @.'],
  }),
  'group-exists': ({ kind, group, organization }) => ({
    summary: `${oneLine(organization, 100)} has a ${kind} called ${oneLine(group, 60)} already.`,
    body: ['Take another name. Nothing was changed.'],
    buttons: [{ label: `See the ${kind}s`, action: { do: 'groups', kind, search: oneLine(group, 60) } }],
  }),
  'not-of-the-organization': ({ name, group, organization, ask }) => ({
    summary: `${name} is not a member of ${oneLine(organization, 100)}, and the team ${oneLine(group, 60)} has members of it only.`,
    body: [
      `${ask.length > 0 ? list(ask, 'or') : 'An Account Admin'} can move them there. Projects take people of every organization.`,
    ],
  }),
  'is-billing-manager': ({ name }) => ({
    summary: `${name} is Billing Manager, and a Billing Manager is in no team or project.`,
    body: ['An Owner or Admin can make them User first: /usher role is the command.'],
  }),
  'higher-in-group': ({ name, group, ask }) => ({
    summary: `In ${oneLine(group, 60)} nobody acts on a higher role than their own, or gives one: ${name} stays as they are.`,
    body: [ask.length > 0 ? `${list(ask, 'or')} can do it.` : 'Its Owner can do it.'],
  }),
  'last-in-group': ({ name, kind, group }) => ({
    summary: `${name} is the last ${groupRoleNames[topRole[kind]]} of ${oneLine(group, 60)}, and a ${kind} always has one.`,
    body: [`Make somebody else ${groupRoleNames[topRole[kind]]} of it first.`],
  }),
  'would-leave-groups': ({ name, groups }) => ({
    summary: `${name} is in teams or projects, and a Billing Manager is in none.`,
    body: [
      `They would leave ${list(upTo(groups, 10).shown.map((group) => oneLine(group, 60)))}. Look at the preview, /usher role, and confirm it. Nothing was changed.`,
    ],
  }),
  'too-many-groups': ({ count: number, limit }) => ({
    summary: `That is ${count(number, 'team or project', 'teams and projects')}; one invitation brings ${limit}.`,
    body: ['Add people to the others once they have joined. Nothing was sent.'],
  }),
  'team-of-another-organization': ({ group, organization }) => ({
    summary: `The team ${oneLine(group, 60)} is of ${oneLine(organization, 100)}, and a team has members of its organization only.`,
    body: [
      'Leave it out, or invite them to that organization. Projects take people of every organization. Nothing was sent.',
    ],
  }),
  'role-above-own': ({ group }) => ({
    summary: `In ${oneLine(group, 60)} nobody gives a higher role than their own.`,
    body: ['Choose another role there, or ask somebody who has that one. Nothing was sent.'],
  }),
  'billing-manager-in-group': () => ({
    summary: 'A Billing Manager is in no team or project.',
    body: ['Invite them as User, or leave the teams and projects out. Nothing was sent.'],
  }),
  'not-in-group': ({ name, kind, group }) => ({
    summary: `${name} is not in the ${kind} ${oneLine(group, 60)}.`,
    body: ['Nothing was changed.'],
  }),
};
