import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { declineInvitation } from '../../../src/membership/invitations/decline-invitation.ts';
import type { JoinLinkClaim } from '../../../src/membership/invitations/join-link.ts';
import { resendInvitations } from '../../../src/membership/invitations/resend-invitations.ts';
import { revokeInvitations } from '../../../src/membership/invitations/revoke-invitations.ts';
import { answerTo, tally } from '../answers.ts';
import { createPeople, type People, type Person, type TestOrganization } from '../people.ts';
import { inRounds, startBoth, untilWaiting } from '../races.ts';

const rounds = 200;
/** Of twenty each: as many attempts as all rounds of two. */
const crowdedRounds = 50;

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople({ max: 12 });
});

// One each, so that every test looks at its own invitations only.
beforeEach(async () => {
  payments = await people.setUp();
});

afterAll(() => people.stop());

type Side = (claim: JoinLinkClaim, invitee: Person) => Promise<string>;

const accept: Side = (claim, { context }) => answerTo(() => acceptInvitation(context, claim));
const decline: Side = (claim, { context }) => answerTo(() => declineInvitation(context, claim));

const revoke: Side = async ({ invitationId }) => {
  const [line] = await revokeInvitations(payments.owner.context, { invitationIds: [invitationId] });
  return line?.now ? 'done' : `is ${line?.outcome}`;
};

const resend: Side = async ({ invitationId }) => {
  const [line] = await resendInvitations(payments.owner.context, { invitationIds: [invitationId] });
  return line?.outcome === 'resent' ? 'done' : `is ${line?.outcome}`;
};

const expire: Side = async ({ invitationId }) => {
  const rows = await people.sql`
    update invitation set expires_at = now() - interval '1 minute' where id = ${invitationId} and status = 'pending'`;
  return rows.count === 1 ? 'done' : 'is answered';
};

test('of 20 who accept one invitation at the same moment one joins, and the others are told it was used', async () => {
  await inRounds(crowdedRounds, 2, async (round) => {
    const invitee = payments.stranger(`Twenty ${round}`);
    const claim = await payments.invite(invitee);
    const answers = await Promise.all(Array.from({ length: 20 }, () => accept(claim, invitee)));
    expect(tally(answers)).toEqual({ done: 1, 'invitation-not-valid: accepted': 19 });
  });
  expect(await countByStatus()).toEqual({ accepted: crowdedRounds });
  expect(await contradictions()).toEqual([]);
});

/** What both are told when the one was first, and when the other was. */
type Race = [string, string, { one: Side; other: Side; oneWins: string[]; otherWins: string[] }];

const races: Race[] = [
  [
    'accepting',
    'revoking',
    {
      one: accept,
      other: revoke,
      oneWins: ['done', 'is accepted'],
      otherWins: ['invitation-not-valid: revoked', 'done'],
    },
  ],
  [
    'accepting',
    'declining',
    {
      one: accept,
      other: decline,
      oneWins: ['done', 'invitation-not-valid: accepted'],
      otherWins: ['invitation-not-valid: declined', 'done'],
    },
  ],
  [
    'accepting',
    'running out',
    {
      one: accept,
      other: expire,
      oneWins: ['done', 'is answered'],
      otherWins: ['invitation-not-valid: expired', 'done'],
    },
  ],
  [
    'accepting',
    'sending again',
    {
      one: accept,
      other: resend,
      oneWins: ['done', 'is accepted'],
      otherWins: ['invitation-not-valid: replaced', 'done'],
    },
  ],
  [
    'declining',
    'revoking',
    {
      one: decline,
      other: revoke,
      oneWins: ['done', 'is declined'],
      otherWins: ['invitation-not-valid: revoked', 'done'],
    },
  ],
];

test.each(races)(
  '%s against %s ends one way, and the other is told, whoever is first',
  async (_, __, { one, other, oneWins, otherWins }) => {
    const endings: string[] = [];
    await inRounds(rounds, 6, async (round) => {
      const invitee = payments.stranger(`Racer ${round}`);
      const claim = await payments.invite(invitee);
      const answers = await startBoth(
        people.sql,
        round,
        () => one(claim, invitee),
        () => other(claim, invitee),
      );
      expect([oneWins, otherWins]).toContainEqual(answers);
      endings.push(answers.join(', '));
    });
    expect(Object.keys(tally(endings)).sort()).toEqual([oneWins.join(', '), otherWins.join(', ')].sort());
    expect(await contradictions()).toEqual([]);
  },
  120_000,
);

test.each(races)('%s yields to %s when that came first', async (_, __, { one, other, otherWins }) => {
  const invitee = payments.stranger('Patient');
  const claim = await payments.invite(invitee);
  const answers = await inOrder(claim, [() => other(claim, invitee), () => one(claim, invitee)]);
  expect(answers.toReversed()).toEqual(otherWins);
});

test.each(races)('%s comes before %s when it came first', async (_, __, { one, other, oneWins }) => {
  const invitee = payments.stranger('Swift');
  const claim = await payments.invite(invitee);
  const answers = await inOrder(claim, [() => one(claim, invitee), () => other(claim, invitee)]);
  expect(answers).toEqual(oneWins);
});

/** Lets both queue for the locked invitation, one behind the other, and then go on. */
async function inOrder(claim: JoinLinkClaim, sides: (() => Promise<string>)[]) {
  const started: Promise<string>[] = [];
  await people.sql.begin(async (tx) => {
    await tx`select 1 from invitation where id = ${claim.invitationId} for update`;
    for (const start of sides) {
      started.push(start());
      await untilWaiting(people.sql, started.length);
    }
  });
  return Promise.all(started);
}

async function countByStatus(): Promise<Record<string, number>> {
  const rows = await people.sql<{ status: string }[]>`
    select status from invitation where organization_id = ${payments.id}`;
  return tally(rows.map(({ status }) => status));
}

/** Invitations whose status, member, audit rows and link do not tell the same story. */
async function contradictions() {
  const rows = await people.sql`
    with story as (
      select i.id, i.status, i.generation, i.decided_at is not null as decided,
        (select count(*)::int from member m where m.email = i.email and m.account_id = i.account_id
          and m.status = 'active') as members,
        (select count(*)::int from member m where m.id = i.member_id and m.role = i.role) as became,
        array(select a.action from audit_event a where a.subject = i.id and a.refusal is null order by a.id) as told
      from invitation i where i.organization_id = ${payments.id})
    select * from story where case status
      when 'accepted' then not (decided and members = 1 and became = 1 and generation = 1
        and told = '{invitation.sent,invitation.accepted}')
      when 'declined' then not (decided and members = 0 and told = '{invitation.sent,invitation.declined}')
      when 'revoked' then not (decided and members = 0 and told = '{invitation.sent,invitation.revoked}')
      else not (not decided and members = 0
        and (told = '{invitation.sent}' and generation = 1 or told = '{invitation.sent,invitation.resent}' and generation = 2))
      end`;
  return [...rows];
}
