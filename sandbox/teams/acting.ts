import type { Connected } from './connector.ts';
import type { Dialogs } from './dialogs.ts';
import type { Payloads } from './payloads.ts';
import type { Requests } from './requests.ts';

/** What every act of a person needs. */
export interface Acting extends Connected {
  dialogs: Dialogs;
  requests: Requests;
  payloads: Payloads;
}
