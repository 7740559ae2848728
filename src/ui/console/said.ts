/** What a page of the console says after a form has done something: the address names it, `?said=posted`. */
export function saidWords(code: string | null): string | undefined {
  return code !== null && Object.hasOwn(SAID, code) ? SAID[code as keyof typeof SAID] : undefined
}

const SAID = {
  posted: 'The update is on the page.',
  opened: 'The incident is on the page.',
} as const
