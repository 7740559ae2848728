import { story } from '../story.ts'

/** Incidents that show, one by one, what a page must get right. */
export const REMEMBERED = {
  route: story(
    'API, webhooks and dashboard are not reachable',
    { api: 'major_outage', webhooks: 'major_outage', dashboard: 'partial_outage' },
    `
    investigating 0  Requests to the API fail, and webhooks are not sent. The dashboard opens for some people only. Payments that have begun at checkout go through.
    investigating 17 Our servers are healthy, but requests do not reach them. We are looking at the network.
    identified    31 A change to our network sends traffic to the wrong site. We are taking it back.

      Until then, please let your software repeat failed requests. Every request with an *idempotency key* can be repeated safely: it has one effect, however often it arrives.

      Webhooks wait and will be delivered in order.
    monitoring    68 [api operational, webhooks degraded_performance, dashboard operational] The change is taken back. The API answers everywhere. Webhooks of the last hour are being delivered.
    resolved     142 All webhooks have been delivered. We will publish what we learned.
    `,
  ),
  longName: story(
    'Payment confirmations by email are delayed for shops that use their own sender address and have changed the mail records of their domain since the first of the month',
    { invoices: 'degraded_performance' },
    `
    investigating 0  Confirmations of some shops arrive with a delay of about an hour. The payments themselves are not affected.
    identified    66 Mail records of these domains are read from a list that has not been renewed since the first of the month.
    resolved     121 The list is up to date. Everything that waited has been sent.
    `,
  ),
  backfilled: story(
    'Instant transfers from one bank were refused',
    { transfers: 'degraded_performance' },
    `
    identified    0  Instant transfers from one bank were refused, because a field of its messages had become longer. Customers saw “not possible at present”.
    resolved     85 We accept the longer field. This incident was written down afterwards, when the bank told us about it.
    `,
  ),
  reopened: story(
    'Codes by text message arrive twice or not at all',
    { codes: 'partial_outage' },
    `
    investigating 0  Some codes arrive twice and some not at all. Codes by email are not affected.
    identified    21 One of our two providers confirms messages that it does not send.
    resolved      64 We send through the other provider only. Codes arrive.
    investigating 112 [codes partial_outage] It is happening again, this time with the other provider. We were wrong about the cause.
    identified   139 Our own queue gave some messages to both providers and some to neither. The change that did so is taken back.
    monitoring   160 [codes operational] Codes arrive once. We are watching for longer this time.
    resolved     262 No code was lost or doubled for 100 minutes.
    `,
  ),
  nightDatabase: story(
    'Dashboard and reports are slow or unavailable',
    { dashboard: 'partial_outage', reports: 'partial_outage' },
    `
    investigating 0  Pages of the dashboard open slowly or not at all. Reports of tonight are delayed. Payments are not affected.
    identified    23 A disk of the database failed, and its copy has taken over. The copy is slower than it should be.
    monitoring   104 [dashboard degraded_performance] Reports are stopped, which gives the dashboard room. Pages open again, at times slowly.
    monitoring   212 [dashboard operational] The disk is replaced. Reports are running.
    resolved     388 All reports of the night have been delivered.
    `,
  ),
  nightSignIn: story(
    'Nobody can sign in',
    { signin: 'major_outage', dashboard: 'degraded_performance' },
    `
    investigating 0  Signing in fails for everyone. Customers can pay.
    investigating 36 We took this for a consequence of the slow database, which is an incident of its own. It is not.
    identified    44 A certificate inside our network has expired. We are replacing it.
    resolved      61 Signing in works.
    `,
  ),
  fridayPayouts: story(
    'Payout files are refused by the clearing house',
    { payouts: 'major_outage' },
    `
    investigating 0  The clearing house refuses our payout files. Payouts of today will not arrive today.
    identified    63 A new rule for account names is applied since this evening, a week earlier than announced. Files with long names are refused as a whole.
    identified   195 We can leave payouts with long names out and send the others. The clearing house takes files again tomorrow at 09:00.
    monitoring   802 [payouts degraded_performance] Files without long names have been accepted. 38 payouts are left.
    resolved    1105 The remaining payouts were entered by hand and accepted.
    `,
  ),
  taxReport: story(
    'Tax report lists refunded orders as sales',
    { reports: 'degraded_performance' },
    `
    investigating 0  The monthly tax report counts orders as sales that were refunded in full. Please do not hand it in before you have checked it.
    identified    47 Refunds made with the new form are not subtracted.
    monitoring   184 A second report, “Refunds by order”, lists what has to be subtracted. It can be used until the first one is right.
    resolved     260 The page of the report says now what is missing, and links to the second report. Work on the report itself goes on.
    `,
  ),
  statements: story(
    'Monthly statements show the fees of the month before',
    { reports: 'degraded_performance' },
    `
    investigating 0    Statements of some shops show the fees of the month before. Payouts are right: only the document is wrong.
    identified    46   Shops with two bank accounts are affected. We are changing how a statement finds its month.
    identified    1664 [reports partial_outage] Since the run of this morning the statements of every shop show the wrong fees. Please do not book them.
    monitoring    1779 [reports degraded_performance] The run is stopped. Until the cause is removed, fees can be taken from the settlement files, which are right.
    resolved      1920 [reports operational] Wrong statements are taken out of every dashboard. New ones follow with the permanent fix.
    `,
  ),
  doubleBooking: story(
    'Bank transfers are booked twice in the dashboard',
    { dashboard: 'major_outage', transfers: 'partial_outage' },
    `
    investigating 0  Transfers that arrive are listed twice. Money is not moved twice. Please do not send goods or refunds on the basis of the list.
    identified    23 Messages about transfers are confirmed too late and are therefore repeated. Each repetition makes a second line.
    identified    41 New transfers are listed once. We are removing the doubled lines.
    monitoring    93 [dashboard degraded_performance, transfers operational] Doubled lines are hidden. Totals are right.
    resolved     170 The list is right for every shop.
    `,
  ),
  accents: story(
    'Some payout files are refused again',
    { payouts: 'degraded_performance' },
    `
    investigating 0   The clearing house refuses some of our payout files, as it did once before. Twelve payouts of today wait; all others have left.
    identified    38  Names are shortened since then, but letters with accents count twice there, and a few names are still too long.
    monitoring    95  [payouts operational] Accents are left out until we count as the clearing house does. All twelve payouts have been accepted.
    resolved      170 No file has been refused since.
    `,
  ),
  scheduledExports: story(
    'Scheduled exports to your own storage fail',
    { reports: 'partial_outage' },
    `
    investigating 0  Exports that are written to a storage of your own end with an error if it is encrypted with your own key. Exports to the dashboard work.
    identified    52 The library that we use does not know the newer kind of key.
    monitoring   131 [reports operational] Exports that cannot be written to your storage are put into the dashboard instead, and an email tells you so.
    resolved     205 Nothing is lost any more. Writing to storages with newer keys takes a larger change, about which we have written to everyone affected.
    `,
  ),
  codesTooOften: story(
    'Sign-in asks for a code more often than it should',
    { signin: 'degraded_performance' },
    `
    investigating 0  People who chose “remember this browser” are asked for a code each time.
    monitoring    58 Browsers are remembered again.
    resolved      99 Codes are asked for once in 30 days, as before.
    `,
  ),
  forgottenFilters: story(
    'Filters in the order list are forgotten',
    { dashboard: 'degraded_performance' },
    `
    investigating 0  The order list forgets its filters when you open an order and go back.
    identified    39 This came with the last release. Orders and totals are right.
    resolved     118 As a way around, filters can be saved as a view, which is not forgotten. The list itself is corrected with the next release.
    `,
  ),
  edited: story(
    'Webhooks to some endpoints are held back',
    { webhooks: 'degraded_performance' },
    `
    investigating 0  Webhooks to some endpoints are not delivered. Others are not affected.
    identified    29 Endpoints in the Gulf are affected, about 40 in all. Webhooks to them wait in a queue and will be delivered.
    monitoring    77 The queue is empty.
    resolved     118 Webhooks are delivered at once.
    `,
  ),
  postedLater: story(
    'Invoices cannot be sent',
    { invoices: 'partial_outage' },
    `
    identified    0  Since 08:16 invoices cannot be sent: they stay in “sending”. A queue had stopped, and it did not tell us. It is running again.
    monitoring    18 [invoices operational] Invoices that waited are leaving.
    resolved      52 All invoices have left. The queue is watched from now on.
    `,
  ),
  resolvedAtOnce: story(
    'Short interruption of card payments',
    { cards: 'operational' },
    `
    resolved      0  Between 14:02 and 14:09 about one in three card payments was declined with “try again”. A machine was replaced while it still had work. Payments have been normal since then.
    `,
    { impact: 'major' },
  ),
  mixedLanguages: story(
    'Invoices in two languages mix up their texts',
    { invoices: 'partial_outage' },
    `
    investigating 0  Invoices in two languages show some texts in the wrong one. Amounts and tax lines are right.
    identified    37 The order of languages is lost when an invoice is copied.
    monitoring   128 [invoices operational] Until the cause is removed, copies are made in one language. The second one can be added by hand.
    resolved     176 No invoice leaves with mixed texts any more. Copies in two languages follow with the permanent fix, which is promised in the panel below.
    `,
  ),
}
