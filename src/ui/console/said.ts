/** What a page of the console says after a form has done something: the address names it, `?said=posted`. */
export function saidWords(code: string | null): string | undefined {
  return code !== null && Object.hasOwn(SAID, code) ? SAID[code as keyof typeof SAID] : undefined
}

const SAID = {
  posted: 'The update is on the page.',
  opened: 'The incident is on the page.',
  moved: 'It stands in its new place.',
  'component-added': 'The component is on the page.',
  'component-changed': 'The component is changed.',
  'component-archived': 'The component is off the page.',
  'component-restored': 'The component is back on the page.',
  'group-made': 'The group is made.',
  'group-changed': 'The group is changed.',
  'logo-set': 'The logo is on the page.',
  'logo-removed': 'The logo is off the page.',
  'page-changed': 'The page is changed.',
  'group-deleted': 'The group is deleted; what was in it stands without one.',
} as const
