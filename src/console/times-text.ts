import { invalidField } from '../errors.ts'

// Stretches of a day and lists of dates as people write them into a field.

/** "09:00–12:00, 13:00–18:00" */
export function windowsText(windows: readonly (readonly [string, string])[]): string {
  return windows.map(([open, close]) => `${open}–${close}`).join(', ')
}

/**
 * What stands in such a field, also with other dashes and one to a line.
 * @throws DomainError `invalid` naming the field
 */
export function parseWindows(text: string, pointer: string): [string, string][] {
  return partsOf(text).map((part) => {
    const [, open, close] = /^(\d{1,2}:\d{2})\s*[-–—]\s*(\d{1,2}:\d{2})$/.exec(part) ?? []
    if (open === undefined || close === undefined)
      throw invalidField(pointer, `“${part}” is no stretch of a day; write it as 09:00–17:00.`)
    return [open.padStart(5, '0'), close.padStart(5, '0')]
  })
}

/** Dates as they stand in a field, in order and each once; whoever takes them says which is none. */
export function parseDates(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))].sort()
}

function partsOf(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
