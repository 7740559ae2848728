import type { HomeComponents } from '../domain/status-page/views.ts'

/** "10 components" */
export function countWords(count: number): string {
  return count === 1 ? '1 component' : `${count.toLocaleString('en')} components`
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
    `${working.toLocaleString('en')} of ${countWords(all.length)} are working.`,
    ...(more > 0
      ? [`The worst of the others stand here; ${more.toLocaleString('en')} more are marked in their groups.`]
      : []),
  ]
}
