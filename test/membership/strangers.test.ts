import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inviteMembers } from '../../src/membership/invitations/invite-members.ts';
import { listMembers } from '../../src/membership/members/list-members.ts';
import { answerTo } from './answers.ts';
import { everythingButAudit, lastRefusals } from './fingerprint.ts';
import {
  createPeople,
  emailOf,
  type People,
  type Person,
  removeMember,
  type TestOrganization,
} from './people.ts';

let people: People;
let payments: TestOrganization;
let foreign: TestOrganization;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp('Payments');
  foreign = await people.setUp('Foreign');
});

afterAll(() => people.stop());

const page = { size: 10 };
const invite = ({ context }: Person) => inviteMembers(context, { emails: [emailOf('Zoe')], role: 'user' });

describe('somebody who is no active member', () => {
  test('of a connected workspace is refused, and the attempt is on record with their identity', async () => {
    const stranger = payments.stranger('Sly');
    const before = await everythingButAudit(people.sql);
    expect(await answerTo(() => invite(stranger))).toBe('not-a-member');
    expect(await everythingButAudit(people.sql)).toEqual(before);
    expect(await lastRefusals(people.sql, payments.accountId, 1)).toEqual([
      {
        actor_member_id: null,
        organization_id: null,
        action: 'invitation.sent',
        subject: '',
        refusal: 'not-a-member',
        data: { platform: 'slack', workspaceId: payments.workspaceId, userId: 'U-Sly' },
      },
    ]);
  });

  test('because they were removed is refused', async () => {
    const rob = await payments.add('Rob', 'admin');
    await removeMember(people, rob);
    expect(await answerTo(() => listMembers(rob.context, page))).toBe('not-active');
    expect(await answerTo(() => invite(rob))).toBe('not-active');
  });

  test('of a workspace nobody has connected is refused and leaves nothing, for there is no account', async () => {
    const nobody = people.person('Olivia', 'T-unconnected');
    const [before] = await people.sql`select count(*) from audit_event`;
    expect(await answerTo(() => listMembers(nobody.context, page))).toBe('workspace-not-connected');
    expect(await people.sql`select count(*) from audit_event`).toEqual([before]);
  });

  test('in this account may be the Owner of another: it gives them nothing here', async () => {
    const intruder = people.person('Olivia', payments.workspaceId, {
      userId: 'U-intruder',
      email: undefined,
    });
    expect(await answerTo(() => listMembers(intruder.context, page))).toBe('not-a-member');
    const other = await foreign.add('Otto', 'admin');
    const abroad = people.person('Otto', payments.workspaceId, { userId: 'U-Otto' });
    expect(await answerTo(() => listMembers(other.context, page))).toBe('done');
    expect(await answerTo(() => listMembers(abroad.context, page))).toBe('not-a-member');
  });
});
