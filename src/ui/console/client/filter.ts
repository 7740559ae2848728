import { find, findAll } from '../../client/find.ts'

/** A list that a look takes in needs no box above it. */
const MANY = 12

/** Puts a box above a long list, and shows the rows whose names have what stands in it, in whatever group they are. */
export function filterRows(list: HTMLElement): void {
  const rows = findAll('[data-name]', list)
  if (rows.length <= MANY) return
  const box = boxFor(list.dataset.filterable ?? '')
  const field = find<HTMLInputElement>('input', box)
  const groups = findAll<HTMLDetailsElement>('details', list)
  const wereOpen = new Map(groups.map((group) => [group, group.open]))
  find('legend', list) ? find('.hint', list)?.after(box) : list.prepend(box)
  field?.addEventListener('input', () => {
    const asked = field.value.trim().toLowerCase()
    for (const row of rows) row.hidden = !row.dataset.name?.includes(asked)
    for (const group of groups) {
      const has = asked !== '' && find('[data-name]:not([hidden])', group) !== null
      group.hidden = asked !== '' && !has
      group.open = asked === '' ? (wereOpen.get(group) ?? false) : has
    }
    const shown = rows.filter((row) => !row.hidden).length
    find('output', box)?.replaceChildren(asked === '' ? '' : `${shown} of ${rows.length}`)
  })
  // What narrows a list is no field of the form around it, and Enter must not send that.
  field?.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault()
  })
  field?.addEventListener('input', (event) => event.stopPropagation())
}

function boxFor(what: string): HTMLElement {
  const box = document.createElement('p')
  box.className = 'filter-box'
  const label = document.createElement('label')
  const field = document.createElement('input')
  field.type = 'search'
  field.autocomplete = 'off'
  label.append(`Filter ${what} `, field)
  box.append(label, document.createElement('output'))
  return box
}
