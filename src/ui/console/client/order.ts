import Sortable from 'sortablejs'
import { find, findAll } from '../../client/find.ts'

/** What stands where, so that a move that fails can be taken back. */
interface Place {
  parent: ParentNode
  next: Element | null
}

/**
 * Moves components and groups without a new page: by handle or by the buttons, one request a move, said aloud. The form
 * around them is sent as its buttons would send it.
 */
export function moveInPlace(order: HTMLElement): void {
  const form = order.closest('form')
  if (!form) return
  let moves = Promise.resolve()
  const send = (moved: HTMLElement, from: Place, name: 'component' | 'section') => {
    const fields = new URLSearchParams()
    for (const [field, value] of new FormData(form)) fields.append(field, String(value))
    // The page stays for many moves, and the form's key counts for one; a move names its place, so it may arrive twice.
    fields.delete('once')
    fields.set(name, name === 'component' ? componentMove(moved) : sectionMove(moved))
    // One after the other: each is decided upon what the one before has come to.
    moves = moves.then(async () => {
      const answer = await fetch(location.pathname, {
        method: 'POST',
        body: fields,
        redirect: 'manual',
      }).catch(() => undefined)
      const isDone = answer?.type === 'opaqueredirect'
      // What it stood before may have been moved on meanwhile.
      if (!isDone) from.parent.insertBefore(moved, from.next?.parentNode === from.parent ? from.next : null)
      tidy(order)
      say(
        isDone
          ? placeWords(moved)
          : `${nameOf(moved)} could not be moved. Load the page again and look where it stands.`,
      )
    })
  }

  addHandles(order)
  let from: Place | undefined
  const dragged = (name: 'component' | 'section') => ({
    animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120,
    onStart: ({ item }: { item: HTMLElement }) => {
      from = placeOf(item)
    },
    onEnd: ({ item }: { item: HTMLElement }) => {
      if (from && (from.parent !== item.parentNode || from.next !== item.nextElementSibling))
        send(item, from, name)
    },
  })
  for (const list of findAll('[data-order-list]', order)) {
    new Sortable(list, {
      group: 'components',
      handle: '.handle',
      draggable: '[data-id]',
      ...dragged('component'),
    })
  }
  new Sortable(order, { handle: '.section-handle', draggable: '[data-group]', ...dragged('section') })

  order.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[data-move]')
    const row = button?.closest<HTMLElement>('[data-id]')
    if (!button || !row) return
    event.preventDefault()
    const before = placeOf(row)
    if (!step(row, button.dataset.move === 'up')) return
    send(row, before, 'component')
    tidy(order)
    // At an end the button that was pressed rests, and the other one goes on.
    const next = button.disabled ? find<HTMLButtonElement>('button[data-move]:not(:disabled)', row) : button
    next?.focus()
  })
}

/** One place up or down, over rows that a filter hides, and at an end into the next group; false where there is none. */
function step(row: HTMLElement, isUp: boolean): boolean {
  const list = row.parentElement
  const others = [...(list?.children ?? [])].filter((one) => one === row || !(one as HTMLElement).hidden)
  const other = others[others.indexOf(row) + (isUp ? -1 : 1)]
  if (other !== undefined) {
    isUp ? other.before(row) : other.after(row)
    return true
  }
  const group = row.closest<HTMLDetailsElement>('[data-group]')
  const into = isUp ? group?.previousElementSibling : group?.nextElementSibling
  const target = into instanceof HTMLDetailsElement ? find('[data-order-list]', into) : null
  if (!target || !(into instanceof HTMLDetailsElement)) return false
  into.open = true
  isUp ? target.append(row) : target.prepend(row)
  return true
}

function addHandles(order: HTMLElement): void {
  for (const row of findAll('[data-id]', order)) row.prepend(handle('handle'))
  for (const summary of findAll('[data-group] > summary', order)) summary.prepend(handle('section-handle'))
}

/** For the mouse and the thumb alone: by keyboard there are the buttons. */
function handle(name: string): HTMLElement {
  const grip = document.createElement('span')
  grip.className = name
  grip.ariaHidden = 'true'
  grip.textContent = '⠿'
  return grip
}

/** After a move: how many there are, what is empty, and which buttons have somewhere to go. */
function tidy(order: HTMLElement): void {
  const rows = findAll('[data-id]', order)
  const groups = findAll('[data-group]', order)
  for (const group of groups) {
    const count = findAll('[data-id]', group).length
    find('summary .quiet', group)?.replaceChildren(String(count))
    const empty = find('[data-order-empty]', group)
    if (empty) empty.hidden = count > 0
  }
  for (const row of rows) {
    const group = row.closest('[data-group]')
    const [up, down] = findAll<HTMLButtonElement>('button[data-move]', row)
    if (up) up.disabled = row.previousElementSibling === null && group === groups[0]
    if (down) down.disabled = row.nextElementSibling === null && group === groups.at(-1)
  }
}

function componentMove(row: HTMLElement): string {
  const next = row.nextElementSibling as HTMLElement | null
  return [
    row.dataset.id,
    row.closest<HTMLElement>('[data-group]')?.dataset.group,
    next?.dataset.id ?? '-',
  ].join(' ')
}

function sectionMove(group: HTMLElement): string {
  const next = group.nextElementSibling as HTMLElement | null
  return [group.dataset.group, next?.dataset.group ?? 'last'].join(' ')
}

function placeOf(moved: HTMLElement): Place {
  return { parent: moved.parentNode as ParentNode, next: moved.nextElementSibling }
}

function placeWords(moved: HTMLElement): string {
  const all = [...(moved.parentElement?.children ?? [])].filter(
    (one) => 'id' in (one as HTMLElement).dataset || 'group' in (one as HTMLElement).dataset,
  )
  const group =
    moved.dataset.id === undefined ? undefined : moved.closest<HTMLElement>('[data-group]')?.dataset.groupName
  return `${nameOf(moved)} is number ${all.indexOf(moved) + 1} of ${all.length}${group ? ` in ${group}` : ''}.`
}

function nameOf(moved: HTMLElement): string {
  return moved.dataset.groupName ?? find('.order-name a', moved)?.textContent ?? ''
}

function say(words: string): void {
  find('#announcement')?.replaceChildren(words)
}
