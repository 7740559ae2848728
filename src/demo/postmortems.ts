/** What was learned, in the company's words: Markdown with headings, lists and a table. */

export const DAMAGED_ROUTE = `
On this Thursday our API, webhooks and parts of the dashboard were not reachable for 68 minutes. About 31,000 requests failed. No payment was charged twice, and no data was lost.

## What happened

A planned change to our network announced a route that was too wide. Traffic meant for our main site went to a site that could not serve it. The monitoring of the network saw healthy machines, because it asks from inside.

## Timeline

| Time | What |
|---|---|
| 10:09 | The change is applied. |
| 10:14 | Our probe from outside reports errors; the first update is published. |
| 10:31 | We see that the site is healthy and that traffic does not reach it. |
| 10:58 | The change is taken back. |
| 11:22 | All operators have learned the old route again. |

## Why it took 68 minutes

- The change was approved as “no effect on traffic”, so nobody watched it.
- Taking it back needed a person with access to two systems. One was on a train.
- Some operators keep routes for up to 25 minutes.

## What we have changed

1. Network changes are applied to one site first, and wait there for an hour.
2. Probes from three other networks decide whether a change stays.
3. Taking back the last change is one command, which everybody on duty may use.
`

export const NIGHT_OF_TWO = `
Two things failed in one night and had less to do with each other than we thought at first.

## First: the database

At 23:06 the main database of the dashboard changed over to its copy, because a disk failed. The change itself took 40 seconds. Afterwards the copy was too slow for the reports that run at night.

## Second: sign-in

At 23:44 the certificate of an internal service expired. Sessions could not be checked any more. We looked for the cause in the database for 35 minutes, because it was the incident at hand.

## What we have changed

- The copy has the same size as the original, and reports wait while it catches up.
- Certificates of internal services renew themselves, and warn 14 days before they expire.
- From 30 minutes on, a second person looks at every incident with the question *“what if this is something else?”*

## What went well

Customers could pay all night. The first update of each incident was published within four minutes.
`

export const DOUBLE_BOOKING = `
For 41 minutes, transfers that arrived were booked twice in the dashboard. **Money was never moved twice**; only the list was wrong. 614 shops were affected.

## Cause

A message about an arrived transfer is repeated when we do not confirm it within five seconds. Since the change of the day before, confirming took up to seven seconds. Each repetition made a second line.

## How the promises were kept

- *Response* within 4 hours: after 12 minutes.
- *Workaround* within 4 hours: after 1 hour 22 minutes; doubled lines were hidden.
- *Permanent fix* within 48 hours: the next morning, with a hotfix.

## What we have changed

1. A transfer has one number, and the list takes each number once.
2. Confirming does not wait for the list any more.
3. A check compares the list with the bank’s statement every ten minutes.
`
