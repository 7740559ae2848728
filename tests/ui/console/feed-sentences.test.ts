import { expect, test } from 'vitest'
import { feedSentences } from '../../../src/ui/console/feed-sentences.ts'

const entry = (feed: 'history' | 'updates', effect: 'new' | 'rewritten', title: string) => ({
  feed,
  effect,
  title,
  html: '',
  url: null,
})

test.each([
  { of: 'nothing', entries: [], said: [] },
  {
    of: 'an incident that is over already: both of its updates',
    entries: [
      entry('updates', 'new', 'Resolved: Payments fail'),
      entry('updates', 'new', 'Investigating: Payments fail'),
      entry('history', 'new', 'Payments fail'),
    ],
    said: ['New in the feeds of updates: “Resolved: Payments fail” and “Investigating: Payments fail”.'],
  },
  {
    of: 'one for the record only',
    entries: [entry('history', 'new', 'Payments fail')],
    said: ['New in the history feeds: “Payments fail”.'],
  },
  {
    of: 'an update of a maintenance, which is no incident',
    entries: [entry('updates', 'new', 'In progress: Disks'), entry('history', 'rewritten', 'Disks')],
    said: [
      'New in the feeds of updates: “In progress: Disks”.',
      'Written anew in the history feeds: “Disks”.',
    ],
  },
  {
    of: 'a component with another name',
    entries: [entry('history', 'rewritten', 'Payments fail'), entry('history', 'rewritten', 'Disks')],
    said: ['Written anew in the history feeds: 2 items.'],
  },
])('what feed readers get of $of', ({ entries, said }) => {
  expect(feedSentences(entries)).toEqual(said)
})
