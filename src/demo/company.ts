import { createComponentGroup } from '../domain/components/component-groups.ts'
import { archiveComponent, createComponent } from '../domain/components/components.ts'
import { updatePage } from '../domain/page.ts'
import type { Tx } from '../domain/tx.ts'
import type { Instant } from '../lib/instant.ts'
import { type Act, type Cast, idOf, PEOPLE } from './act.ts'
import type { Almanac } from './almanac.ts'

/** Ledger Lane, a made-up company: payments, payouts and invoices for shops. */
export const COMPANY = 'Ledger Lane'

type Part = { key: string; name: string; description: string; onlyShowIfDegraded?: boolean }

const GROUPS: { name: string; description: string; parts: Part[] }[] = [
  {
    name: 'Payments',
    description: 'Taking money from customers and paying it out to shops.',
    parts: [
      { key: 'checkout', name: 'Checkout', description: 'The payment page that customers see.' },
      {
        key: 'cards',
        name: 'Card payments',
        description: 'Authorising and capturing credit and debit cards.',
      },
      {
        key: 'transfers',
        name: 'Bank transfers',
        description: 'Instant and same-day transfers between banks.',
      },
      { key: 'payouts', name: 'Payouts', description: 'Settlement to your bank account, every working day.' },
    ],
  },
  {
    name: 'Merchant tools',
    description: 'What you work with every day.',
    parts: [
      { key: 'dashboard', name: 'Dashboard', description: 'Orders, refunds and settings in the browser.' },
      { key: 'invoices', name: 'Invoices', description: 'Making, sending and reminding.' },
      { key: 'reports', name: 'Reports', description: 'Daily settlement files and exports.' },
    ],
  },
  {
    name: 'For developers',
    description: 'Interfaces that your own software uses.',
    parts: [
      { key: 'api', name: 'API', description: 'Requests to api.ledgerlane.example.' },
      { key: 'webhooks', name: 'Webhooks', description: 'Messages that we send to your servers.' },
      {
        key: 'files',
        name: 'File exchange',
        description: 'Batch files over SFTP, for integrations made before 2019.',
        onlyShowIfDegraded: true,
      },
    ],
  },
  {
    name: 'Accounts',
    description: 'Getting in, and proving who you are.',
    parts: [
      { key: 'signin', name: 'Sign-in', description: 'Passwords, sessions and single sign-on.' },
      { key: 'codes', name: 'One-time codes', description: 'Codes by text message and by email.' },
    ],
  },
]

/** The page, its groups and its components, as they came about in the year. */
export function companyActs(almanac: Almanac, beginsAt: Instant): Act[] {
  const by = PEOPLE.administrator
  return [
    { at: beginsAt, by, play: furnish },
    {
      at: almanac.week(14, 1, '10:00'),
      by,
      play: (tx, cast) => archiveComponent(tx, idOf(cast, 'component/cheques')),
    },
    {
      // Five weeks old: its bars begin where it does.
      at: almanac.day(35, '09:00'),
      by,
      play: async (tx, cast) => {
        const id = await createComponent(tx, {
          name: 'Payment links',
          description: 'Links that take a payment without a shop.',
          group_id: idOf(cast, 'group/Merchant tools'),
        })
        cast.set('component/links', id)
      },
    },
  ]
}

async function furnish(tx: Tx, cast: Cast): Promise<void> {
  await updatePage(tx, {
    name: COMPANY,
    home_url: 'https://www.ledgerlane.example',
    support_url: 'mailto:support@ledgerlane.example',
  })
  for (const { name, description, parts } of GROUPS) {
    const groupId = await createComponentGroup(tx, { name, description })
    cast.set(`group/${name}`, groupId)
    for (const part of parts) await addPart(tx, cast, part, groupId)
  }
  await addPart(
    tx,
    cast,
    { key: 'help', name: 'Help centre', description: 'Articles and the contact form.' },
    null,
  )
  await addPart(tx, cast, { key: 'cheques', name: 'Cheque deposits', description: 'Closed this year.' }, null)
}

async function addPart(tx: Tx, cast: Cast, part: Part, groupId: string | null): Promise<void> {
  const id = await createComponent(tx, {
    name: part.name,
    description: part.description,
    group_id: groupId,
    only_show_if_degraded: part.onlyShowIfDegraded ?? false,
  })
  cast.set(`component/${part.key}`, id)
}
