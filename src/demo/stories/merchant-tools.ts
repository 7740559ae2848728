import { type Story, story } from '../story.ts'

/** What goes wrong with the tools that shops work with. */
export const MERCHANT_STORIES: Story[] = [
  story(
    'Dashboard shows orders with a delay',
    { dashboard: 'degraded_performance' },
    `
    investigating 0  New orders appear in the dashboard up to 20 minutes late. Payments and webhooks are on time.
    identified    26 The search index is behind after a large import. It is catching up.
    monitoring    64 The delay is under a minute.
    resolved      95 Orders appear at once.
    `,
  ),
  story(
    'Dashboard cannot be opened',
    { dashboard: 'major_outage' },
    `
    investigating 0  The dashboard answers with an error. Payments, transfers and the API are not affected.
    identified    14 The release of this morning asks for a setting that was not there. We are going back to the release before.
    monitoring    29 [dashboard operational] The dashboard opens again.
    resolved      58 The dashboard has worked for half an hour. The release will come again when the setting is in place.
    `,
    {
      defect: { key: 'MER', title: 'Dashboard does not start without an optional setting', severity: 'high' },
    },
  ),
  story(
    'Exports larger than 50,000 lines fail',
    { reports: 'partial_outage' },
    `
    investigating 0  Large exports stop half way. Smaller ones work.
    identified    52 Exports run out of memory since the new columns were added. As a way around, export one week at a time.
    monitoring   190 [reports operational] Exports are written in pieces now. A test with two million lines went through.
    resolved     245 Large exports work. Those that failed have been made again and are in your inbox.
    `,
    { defect: { key: 'MER', title: 'Large exports run out of memory', severity: 'medium' } },
  ),
  story(
    'Settlement files of {day} are late',
    { reports: 'degraded_performance' },
    `
    investigating 0  The settlement files of {day} are not there yet. They are usually ready by 06:30.
    identified    41 One bank sent its statement late, and our job waits for all of them. We are making the files without it.
    monitoring    68 Files are being delivered. Lines of the late bank will follow in a file of their own.
    resolved     122 All files are there.
    `,
  ),
  story(
    'Settlement files of {day} contain wrong fees',
    { reports: 'degraded_performance' },
    `
    identified    0  Fees in the settlement files of {day} are rounded to whole units. The amounts paid out are right. Please do not import these files.
    identified    84 Corrected files are being made. They have the same names with “-2” at the end.
    resolved     176 Corrected files have been delivered to everyone who received a wrong one.
    `,
    {
      defect: { key: 'MER', title: 'Fees are rounded to whole units in settlement files', severity: 'high' },
    },
  ),
  story(
    'Invoices are sent with a delay',
    { invoices: 'degraded_performance' },
    `
    investigating 0  Invoices leave up to two hours after they are made.
    identified    38 A mail provider accepts our messages more slowly than usual. We have moved half of them to another one.
    monitoring    92 No invoice waits longer than five minutes.
    resolved     150 Invoices leave at once.
    `,
  ),
  story(
    'Invoices show a wrong due date',
    { invoices: 'partial_outage' },
    `
    investigating 0  Invoices made since this morning show a due date that is one month early. Please check before you send.
    identified    35 The end of a month with 30 days was computed wrongly. We have stopped automatic sending.
    monitoring    97 [invoices operational] New invoices show the right date. We are correcting the others.
    resolved     188 All 412 invoices with a wrong date have been corrected. Customers who had already received one have a corrected copy.
    `,
    {
      defect: {
        key: 'MER',
        title: 'Due date is one month early at the end of short months',
        severity: 'high',
      },
    },
  ),
  story(
    'Invoice PDFs lack the logo',
    { invoices: 'operational' },
    `
    investigating 0  PDFs are made without your logo. Their content is complete and valid.
    resolved      80 Logos are back. You can make a PDF again to include it.
    `,
    {
      impact: 'none',
      defect: { key: 'MER', title: 'Logo is left out when its file is slow to load', severity: 'low' },
    },
  ),
  story(
    'Automatic reminders were sent twice',
    { invoices: 'degraded_performance' },
    `
    identified    0  About 1,900 customers received the same payment reminder twice this morning. No amount was charged. We have stopped reminders until the cause is removed.
    monitoring   140 [invoices operational] The cause is removed: a job was restarted and did not know what it had already sent.
    resolved     215 Reminders are on again.
    `,
    { defect: { key: 'MER', title: 'Reminders are sent again after a restart', severity: 'medium' } },
  ),
  story(
    'Charts in the dashboard are empty',
    { dashboard: 'degraded_performance' },
    `
    investigating 0  Charts on the start page stay empty. Lists and single orders are right.
    resolved      46 Charts are shown again. The query behind them had become too slow and was cut off.
    `,
    { defect: { key: 'MER', title: 'Charts stay empty when a query takes too long', severity: 'low' } },
  ),
  story(
    'Help centre articles cannot be searched',
    { help: 'degraded_performance' },
    `
    investigating 0  Searching the help centre finds nothing. Articles can be reached through the menu.
    monitoring    55 Search finds articles again.
    resolved      80 Search works.
    `,
  ),
  story(
    'Cheque deposits are read late',
    { cheques: 'degraded_performance' },
    `
    investigating 0  Pictures of cheques are read several hours late.
    identified    70 The reading service has lost one of its two sites. The other one works through the queue.
    resolved     240 All pictures have been read.
    `,
  ),
]
