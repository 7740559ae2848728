import type { HomeComponents } from '../domain/status-page/views.ts'

/** "2,000" */
const grouped = new Intl.NumberFormat('en')

/** "10 components" */
export function countWords(count: number): string {
  return count === 1 ? '1 component' : `${grouped.format(count)} components`
}

/** How many components work, and where those stand that do not. */
export function workingSentences({
  sections,
  affected,
}: Extract<HomeComponents, { areMany: true }>): string[] {
  const all = sections.flatMap(({ components }) => components)
  const working = all.filter(({ status }) => status === 'operational').length
  if (working === all.length) return [`All ${countWords(all.length)} are working.`]
  const more = all.length - working - affected.length
  return [
    `${grouped.format(working)} of ${countWords(all.length)} are working.`,
    ...(more > 0
      ? [`The worst of the others stand here; ${grouped.format(more)} more are marked in their groups.`]
      : []),
  ]
}
