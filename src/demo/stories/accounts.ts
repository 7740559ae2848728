import { type Story, story } from '../story.ts'

/** What goes wrong with getting in. */
export const ACCOUNT_STORIES: Story[] = [
  story(
    'Codes by text message arrive late in {region}',
    { codes: 'degraded_performance' },
    `
    investigating 0  Codes by text message to numbers in {region} take several minutes and have often expired. Codes by email arrive at once.
    identified    27 An operator holds messages back. We are sending through another one.
    monitoring    51 Codes arrive within ten seconds.
    resolved      94 Codes arrive on time.
    `,
  ),
  story(
    'Codes by text message are not sent',
    { codes: 'partial_outage', signin: 'degraded_performance' },
    `
    investigating 0  No codes are sent by text message. Please choose “send by email” on the sign-in page.
    identified    19 Our provider refuses messages because of an unpaid invoice on its own side. We are moving to the second provider.
    monitoring    46 [codes operational, signin operational] Codes are sent through the second provider.
    resolved      90 Codes arrive. We stay with the second provider until tomorrow.
    `,
    {
      defect: {
        key: 'ACC',
        title: 'Second provider of text messages is not used by itself',
        severity: 'high',
      },
    },
  ),
  story(
    'Single sign-on fails for some companies',
    { signin: 'partial_outage' },
    `
    investigating 0  People who sign in through their company see “unknown issuer”. Passwords work.
    identified    38 Companies whose certificate changed this month are affected: we read it once a day only. We are reading all of them now.
    monitoring    55 [signin operational] Single sign-on works again for the companies that told us.
    resolved     105 Single sign-on works. Certificates are read every ten minutes from now on.
    `,
    {
      defect: {
        key: 'ACC',
        title: 'Changed single sign-on certificates are noticed a day late',
        severity: 'high',
      },
    },
  ),
  story(
    'Sign-in is not possible',
    { signin: 'major_outage', dashboard: 'partial_outage' },
    `
    investigating 0  Nobody can sign in. Those who are signed in stay so, and payments are not affected.
    identified    17 The store of sessions has no memory left. We are making it larger.
    monitoring    33 [signin degraded_performance, dashboard operational] Signing in works, at times slowly.
    resolved      71 Signing in works at its usual speed.
    `,
    { defect: { key: 'ACC', title: 'Session store runs out of memory', severity: 'critical' } },
  ),
  story(
    'People are signed out after a few minutes',
    { signin: 'degraded_performance' },
    `
    investigating 0  Sessions end after five minutes instead of eight hours. Signing in again helps.
    identified    44 A clock on one of our machines is wrong. We have taken the machine out.
    resolved      78 Sessions last for eight hours again.
    `,
  ),
  story(
    'Invitations to colleagues lead to an error page',
    { signin: 'operational' },
    `
    resolved      0  Invitations sent between 09:10 and 10:25 led to an error page. Links sent since then work, and the others have been sent again.
    `,
    { impact: 'minor' },
  ),
  story(
    'Codes by email land in spam',
    { codes: 'degraded_performance' },
    `
    identified    0  Two large mail services put our codes into spam, because a record in our domain had a typing error. The record is right now; it takes up to four hours until everyone sees it.
    resolved     250 Codes land in the inbox again.
    `,
    {
      defect: {
        key: 'ACC',
        title: 'Mail records of the domain are not checked before a change',
        severity: 'low',
      },
    },
  ),
  story(
    'Password reset links do not open in some mail programs',
    { signin: 'operational' },
    `
    investigating 0  Reset links are cut in two by some mail programs. Copying the whole link into the browser helps.
    resolved      64 Links are shorter now and stay in one piece.
    `,
    { impact: 'none' },
  ),
]
