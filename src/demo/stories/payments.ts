import { type Story, story } from '../story.ts'

/** What goes wrong with taking money and paying it out. */
export const PAYMENT_STORIES: Story[] = [
  story(
    'Card payments through {bank} fail more often than usual',
    { cards: 'degraded_performance' },
    `
    investigating 0  About one in nine card payments through {bank} is declined with a timeout. Other banks are not affected. We are looking at it with the bank.
    identified    24 The bank has confirmed a problem with its authorisation system. We retry declined payments once by ourselves, so that most of them go through.
    identified    71 The bank is moving traffic to its second site. Payments that were declined have not been charged.
    monitoring   118 Approval rates through {bank} are back to normal. We are watching them.
    resolved     165 Card payments through {bank} have worked normally for 45 minutes. Declined payments can be tried again.
    `,
  ),
  story(
    'Checkout is slow to load',
    { checkout: 'degraded_performance' },
    `
    investigating 0  The payment page takes up to 12 seconds to open. Payments that have been started go through.
    identified    19 A cache was emptied by a routine change, and every page asks the database instead. We are filling it again.
    monitoring    37 Pages open in under a second again. We are watching.
    resolved      62 The payment page has opened at its usual speed for 25 minutes.
    `,
    { defect: { key: 'PAY', title: 'Payment page is slow while its cache is empty', severity: 'medium' } },
  ),
  story(
    'Some payments stay “pending” at checkout',
    { checkout: 'partial_outage', cards: 'degraded_performance' },
    `
    investigating 0  Some customers see “pending” after paying and do not return to the shop. We are finding out which payments are affected.
    identified    22 The service that tells checkout about a finished payment is behind. No payment is lost, and nobody is charged twice.
    identified    58 We have doubled the number of workers. The backlog is 14 minutes long and is shrinking.
    monitoring    96 [checkout operational, cards operational] The backlog is gone. Every payment of today has its final state.
    resolved     141 Payments reach their final state within two seconds again. Orders that were left pending have been completed.
    `,
    { defect: { key: 'PAY', title: 'Finished payments are reported late to checkout', severity: 'high' } },
  ),
  story(
    'Bank transfers to {bank} are delayed',
    { transfers: 'degraded_performance' },
    `
    investigating 0  Transfers to accounts at {bank} take longer than usual. They are not lost.
    identified    33 The bank accepts transfers but confirms them late. Expect up to 90 minutes instead of two.
    monitoring   150 The bank confirms new transfers within minutes. Older ones are being worked through in order.
    resolved     214 All delayed transfers have arrived.
    `,
  ),
  story(
    'Bank transfers are not available',
    { transfers: 'major_outage' },
    `
    investigating 0  New bank transfers are refused. Card payments work.
    identified    16 The certificate with which we sign our messages to the clearing house was not renewed everywhere. We are installing it.
    monitoring    41 [transfers degraded_performance] Transfers are accepted again. The ones that were refused are being sent automatically, oldest first.
    monitoring    74 [transfers operational] Everything that was refused has been sent.
    resolved     110 Transfers work normally. Nothing has to be repeated by hand.
    `,
    {
      defect: { key: 'PAY', title: 'Signing certificate is not renewed on all nodes', severity: 'critical' },
    },
  ),
  story(
    'Payouts of {day} arrive late',
    { payouts: 'degraded_performance' },
    `
    identified    0  The payouts of {day} left us two hours late, because the settlement file was rejected for a wrong checksum. A corrected file has been accepted.
    monitoring   95 The bank is processing the corrected file. Payouts should arrive this afternoon.
    resolved    260 All payouts have been credited.
    `,
  ),
  story(
    'Payouts are on hold',
    { payouts: 'major_outage' },
    `
    investigating 0  Payouts are not leaving. We have stopped them on purpose, because the totals of two systems differ. Your money is safe.
    investigating 48 The difference is small and comes from refunds made around midnight. We are checking every one of them.
    identified   104 Refunds made in the last second of the day were counted twice. We are correcting the totals.
    monitoring   171 [payouts degraded_performance] Payouts are leaving again, largest first. All will have left within the hour.
    resolved     245 All payouts have left. They arrive today if your bank books in the afternoon, and otherwise tomorrow.
    `,
    {
      defect: {
        key: 'PAY',
        title: 'Refunds at midnight are counted twice in the daily total',
        severity: 'critical',
      },
    },
  ),
  story(
    'Refunds cannot be made',
    { cards: 'partial_outage', dashboard: 'degraded_performance' },
    `
    investigating 0  Refunds end with an error. Payments are not affected.
    identified    27 A change of this morning made refunds look like payments without a card. We are taking it back.
    monitoring    52 [cards operational, dashboard operational] Refunds work again. Failed ones can be repeated; none was made twice.
    resolved      88 Refunds have worked for half an hour.
    `,
    {
      defect: { key: 'PAY', title: 'Refund is refused when the card is no longer stored', severity: 'high' },
    },
  ),
  story(
    'Extra security step at {bank} is not shown',
    { cards: 'degraded_performance', checkout: 'degraded_performance' },
    `
    investigating 0  Customers of {bank} who have to confirm a payment see an empty page. They can pay with another card.
    identified    45 The bank has moved its confirmation page to a new address that browsers do not yet trust. It is correcting this.
    resolved     133 The confirmation page is shown again.
    `,
  ),
  story(
    'Saved cards are missing at checkout',
    { checkout: 'degraded_performance' },
    `
    investigating 0  Returning customers do not see their saved cards and have to type the number again. No card data is lost.
    identified    31 The list of saved cards is read from a copy that had stopped. We are switching to another one.
    monitoring    47 Saved cards are shown again.
    resolved      90 Saved cards have been shown for everyone for 40 minutes.
    `,
    { defect: { key: 'PAY', title: 'Saved cards are hidden when a read copy stops', severity: 'medium' } },
  ),
  story(
    'Currency conversion uses the rates of yesterday',
    { checkout: 'operational' },
    `
    identified    0  Prices in foreign currencies are shown with the rates of yesterday. The difference today is less than 0.4 %. Charges use the price that the customer saw.
    resolved     75 Rates of today are in use.
    `,
    { impact: 'none' },
  ),
]
