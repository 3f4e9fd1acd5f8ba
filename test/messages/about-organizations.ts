import { newId } from '../../db/id.ts';
import type { KnownMember } from '../../src/membership/members/known-members.ts';
import type { Message } from '../../src/messages/message.ts';
import * as moves from '../../src/messages/moves.ts';
import * as organizations from '../../src/messages/organizations.ts';
import { leftGroups } from './about-groups.ts';

/** Every message about organizations and moves, with this text wherever people's words can stand. */
export function aboutOrganizations(text: string): [builder: string, message: Message][] {
  const consequences = {
    ...{ freed: [text.slice(0, 40)], kept: [text.slice(0, 40), text.slice(0, 40)] },
    ...{ machines: 2, invitations: 1, groups: leftGroups(text) },
  };
  const nothing = { freed: [], kept: [], machines: 0, invitations: 0, groups: [] };
  const person = { memberId: newId('mem'), fullName: text, email: text, organization: text };
  const obstacle = { code: 'is-there-already' } as const;
  const lines = [
    { ...person, from: 'admin', consequences },
    { ...person, from: 'owner', consequences: nothing, obstacle },
  ] as const;
  const draftId = newId('dra');
  const owner = { id: newId('mem'), fullName: text, organization: text, role: 'admin' } as KnownMember;
  const rows = [
    { id: newId('org'), name: text, owner: text, members: 10_001 },
    { id: newId('org'), name: text, owner: text, members: 1 },
  ];
  const made = { organizationId: newId('org'), organization: text, owner: text };
  const asked = { after: text.slice(0, 100), notice: text };
  return [
    [
      'organizationList',
      organizations.organizationList({ account: text, rows, next: text.slice(0, 100) }, asked),
    ],
    ['organizationList', organizations.organizationList({ account: text, rows: [] }, {})],
    ['creationReview', organizations.creationReview({ draftId, name: text, owner, consequences })],
    ['organizationCreated', organizations.organizationCreated(made)],
    ['renamedNotice', { summary: organizations.renamedNotice({ from: text, to: `${text}.` }) }],
    ['renamedNotice', { summary: organizations.renamedNotice({ from: text, to: text }) }],
    ['movingLines', { summary: moves.movingLines(consequences).join() }],
    ['moveReview', moves.moveReview({ to: text, role: 'user', draftId, lines: [...lines] }, [text])],
    ['moveReview', moves.moveReview({ to: text, role: 'user', draftId, lines: lines.slice(0, 1) }, [])],
    ['moveReview', moves.moveReview({ to: text, role: 'user', lines: lines.slice(1) }, [])],
    [
      'moveResult',
      moves.moveResult({
        to: text,
        lines: [
          { ...person, freed: 2 },
          { ...person, freed: 0, obstacle },
        ],
      }),
    ],
    ['moveResult', moves.moveResult({ to: text, lines: [{ ...person, freed: 0, obstacle }] }, 1)],
  ];
}
