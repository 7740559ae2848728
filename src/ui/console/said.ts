/** What a page of the console says after a form has done something: the address names it, `?said=posted`. */
export function saidWords(code: string | null): string | undefined {
  return code !== null && Object.hasOwn(SAID, code) ? SAID[code as keyof typeof SAID] : undefined
}

const SAID = {
  posted: 'The update is on the page.',
  opened: 'The incident is on the page.',
  'defect-filed': 'The defect is filed.',
  'defect-confirmed': 'The defect is confirmed, and its clocks are started.',
  'defect-changed': 'The correction is saved.',
  'defect-public': 'Everybody can see the defect and its promises.',
  'defect-hidden': 'The defect is off the page. Only staff see it.',
  recorded: 'It is recorded, and what it brings stands below.',
  deferred: 'What was open is deferred.',
  paused: 'The clock is paused.',
  resumed: 'The clock goes on.',
  withdrawn: 'It is withdrawn: its clocks go on as if they had never stopped.',
  'step-over': 'That cannot be done with this defect any more. What can be done stands here.',
  linked: 'The defect is linked: updates from now on count as responses to it.',
  unlinked: 'The defect is no longer linked.',
  'release-planned': 'The release is planned.',
  'release-changed': 'The release is changed. Promises that wait for it show the plan.',
  'release-published': 'The release is published, and the promises that waited for it are judged.',
} as const
