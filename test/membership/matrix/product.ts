/** Who acts: what the account and the organization know them as, or nobody usher knows. */
export interface ActorKind {
  accountAdmin: boolean;
  role: RoleName | 'removed' | 'stranger';
}

/** On whom: their roles, and where they are as seen by the actor. */
export interface TargetKind {
  accountAdmin: boolean;
  role: RoleName | 'removed';
  place: 'self' | 'own organization' | 'other organization' | 'foreign account';
}

export type RoleName = 'Owner' | 'Admin' | 'Billing Manager' | 'User';

/** PRODUCT.md §3, copied by hand: the rows there are operations for. */
const product = `
| may                                              | Account Admin | Owner | Admin | Billing Manager | User |
| invite as User or Billing Manager                | all           | own   | own   | –               | –    |
| see, search, resend, revoke, copy link of pending| all           | own   | own   | –               | –    |
| invite as Admin                                  | all           | own   | –     | –               | –    |
| grant or take the Admin role                     | all           | own   | –     | –               | –    |
| see and search active and removed members        | all           | own   | own   | –               | –    |
| export                                           | all           | own   | own   | –               | –    |
| change role between User and Billing Manager     | all           | own   | own   | –               | –    |
| remove a User or Billing Manager                 | all           | own   | own   | –               | –    |
| remove an Admin                                  | all           | own   | –     | –               | –    |
| transfer the ownership of the organization       | –             | own   | –     | –               | –    |
| account roles                                    | all           | –     | –     | –               | –    |
| see licence pools and who holds what             | all           | own   | own   | own             | –    |
| assign, change source of, take back a licence    | all           | own   | own   | –               | –    |
| set a pool's total, dedicate seats               | all           | own   | –     | own             | –    |
| the account's totals, edit the product catalogue | all           | –     | –     | –               | –    |
| create, rename, archive teams and projects; people there | all   | own   | own   | –               | –    |
| create and rename organizations                  | yes           | –     | –     | –               | –    |
| move a member to another organization            | yes           | –     | –     | –               | –    |
| see and change the settings                      | all           | own   | own   | –               | –    |
| note contact details and the start date          | all           | own   | own   | –               | –    |
| read the audit log                               | all           | own   | own   | –               | –    |
| leave                                            | –             | –     | own   | own             | own  |
`;

const [header = [], ...rows] = product
  .trim()
  .split('\n')
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

/** Rights are the union of all roles: whether one of the actor's roles reaches this far. */
function reaches(row: string, actor: ActorKind, isOwn: boolean): boolean {
  const cells = rows.find(([name]) => name === row);
  if (!cells) throw new Error(`PRODUCT.md has no row "${row}".`);
  const columns = [actor.role, ...(actor.accountAdmin ? ['Account Admin'] : [])];
  return columns.some((column) => {
    const cell = cells[header.indexOf(column)];
    return cell === 'all' || cell === 'yes' || (cell === 'own' && isOwn);
  });
}

/** Somebody without any standing gets one answer to everything. */
export function outsider({ role }: ActorKind): string | undefined {
  if (role === 'stranger') return 'not-a-member';
  return role === 'removed' ? 'not-active' : undefined;
}

/** The answer to something that is on nobody, in the actor's own organization. */
export function answerAtHome(row: string, actor: ActorKind): string {
  return outsider(actor) ?? (reaches(row, actor, true) ? 'done' : 'not-allowed');
}

/** The same in another organization of the account. */
export function answerElsewhere(row: string, actor: ActorKind): string {
  return outsider(actor) ?? (reaches(row, actor, false) ? 'done' : 'not-allowed');
}

/** The same in an organization of another account, which is as far away as one that does not exist. */
export function answerInForeign(actor: ActorKind): string {
  return outsider(actor) ?? 'organization-not-found';
}

/** The Owner does not leave, whatever else they are. */
export function answerToLeaving(actor: ActorKind): string {
  return outsider(actor) ?? (actor.role === 'Owner' ? 'is-the-owner' : 'done');
}

type Answer = (actor: ActorKind, target: TargetKind) => string;

/** What no right helps against: who is no member, and who does not exist for this account. */
function judged(rest: Answer): Answer {
  return (actor, target) =>
    outsider(actor) ?? (target.place === 'foreign account' ? 'member-not-found' : rest(actor, target));
}

const isOwn = ({ place }: TargetKind) => place === 'self' || place === 'own organization';
const order = ['User', 'Billing Manager', 'Admin', 'Owner'];
const outranks = (actor: ActorKind, target: TargetKind) => target.accountAdmin && !actor.accountAdmin;

export const answerToRole = (to: RoleName): Answer =>
  judged((actor, target) => {
    const may = (row: string) => reaches(row, actor, isOwn(target));
    if (!may('change role between User and Billing Manager')) return 'not-allowed';
    if (target.role === 'removed') return 'not-an-active-member';
    if (target.role === 'Owner') return 'is-the-owner';
    const isUpwards = order.indexOf(to) > order.indexOf(target.role);
    if (target.place === 'self' && isUpwards) return 'own-role-upwards';
    if (outranks(actor, target)) return 'is-account-admin';
    const takesAdmin = target.role === 'Admin' || to === 'Admin';
    return takesAdmin && !may('grant or take the Admin role') ? 'not-allowed' : 'done';
  });

export const answerToRemoval: Answer = judged((actor, target) => {
  const may = (row: string) => reaches(row, actor, isOwn(target));
  if (!may('remove a User or Billing Manager')) return 'not-allowed';
  if (target.role === 'removed') return 'not-an-active-member';
  if (target.role === 'Owner') return 'is-the-owner';
  if (target.place === 'self') return 'removing-yourself';
  if (outranks(actor, target)) return 'is-account-admin';
  return target.role === 'Admin' && !may('remove an Admin') ? 'not-allowed' : 'done';
});

export const answerToTransfer: Answer = judged((actor, target) => {
  if (!reaches('transfer the ownership of the organization', actor, true)) return 'not-allowed';
  if (target.role === 'removed') return 'not-an-active-member';
  if (!isOwn(target)) return 'in-another-organization';
  return target.place === 'self' ? 'is-the-owner' : 'done';
});

export const answerToAccountRole: Answer = judged((actor, target) => {
  if (!reaches('account roles', actor, isOwn(target))) return 'not-allowed';
  return target.role === 'removed' ? 'not-an-active-member' : 'done';
});

/** Moving to the organization next door; the actor's rights in the destination come first. */
export const answerToMove =
  (to: RoleName): Answer =>
  (actor, target) => {
    const who = outsider(actor);
    if (who) return who;
    if (!reaches('move a member to another organization', actor, false)) return 'not-allowed';
    if (target.place === 'foreign account') return 'member-not-found';
    if (target.role === 'removed') return 'not-an-active-member';
    if (target.role === 'Owner') return 'is-the-owner';
    if (target.place === 'other organization') return 'is-there-already';
    const isUpwards = order.indexOf(to) > order.indexOf(target.role);
    return target.place === 'self' && isUpwards ? 'own-role-upwards' : 'done';
  };

/** Making a new organization for somebody; nobody makes themselves Owner. */
export const answerToCreation: Answer = (actor, target) => {
  const who = outsider(actor);
  if (who) return who;
  if (!reaches('create and rename organizations', actor, false)) return 'not-allowed';
  if (target.place === 'foreign account') return 'member-not-found';
  if (target.role === 'removed') return 'not-an-active-member';
  if (target.role === 'Owner') return 'is-the-owner';
  return target.place === 'self' ? 'own-role-upwards' : 'done';
};

export const answerToLicense: Answer = judged((actor, target) => {
  if (!reaches('assign, change source of, take back a licence', actor, isOwn(target))) return 'not-allowed';
  return target.role === 'removed' ? 'not-an-active-member' : 'done';
});

export const answerToDetails: Answer = judged((actor, target) => {
  if (!reaches('note contact details and the start date', actor, isOwn(target))) return 'not-allowed';
  return target.role === 'removed' ? 'not-an-active-member' : 'done';
});

export const answerToLooking: Answer = judged((actor, target) => {
  const mayLook = reaches('see and search active and removed members', actor, isOwn(target));
  return target.place === 'self' || mayLook ? 'done' : 'not-allowed';
});
