import { find, findAll } from '../../client/find.ts'

interface Entry {
  name: string
  path: string
}

/** Every place of the console by its name: Ctrl or ⌘ and K, some letters, Enter. */
export function offerPalette(): void {
  const menu = find('.console-head .menu')
  if (!menu) return
  const palette = dialog()
  document.body.append(palette)
  const field = find<HTMLInputElement>('input', palette)
  const list = find('ul', palette)
  if (!field || !list) return
  let entries: Entry[] = []
  let chosen = 0

  const draw = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean)
    const shown = entries.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
    chosen = Math.max(0, Math.min(chosen, shown.length - 1))
    list.replaceChildren(...shown.map((entry, index) => option(entry, index, index === chosen)))
    field.setAttribute('aria-activedescendant', shown.length > 0 ? `palette-${chosen}` : '')
    find(`#palette-${chosen}`)?.scrollIntoView({ block: 'nearest' })
    find('.empty', palette)?.toggleAttribute('hidden', shown.length > 0)
  }
  const open = () => {
    if (palette.open) return
    entries = places()
    chosen = 0
    field.value = ''
    palette.showModal()
    draw()
    addIncidents((found) => {
      entries = [...entries, ...found]
      draw()
    })
  }

  menu.before(opener(open))
  addEventListener('keydown', (event) => {
    if (
      event.key.toLowerCase() !== 'k' ||
      !(event.ctrlKey || event.metaKey) ||
      event.altKey ||
      event.shiftKey
    )
      return
    event.preventDefault()
    palette.open ? palette.close() : open()
  })
  field.addEventListener('input', () => {
    chosen = 0
    draw()
  })
  field.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const count = list.childElementCount
      chosen = count === 0 ? 0 : (chosen + step + count) % count
      draw()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      find(`#palette-${chosen}`)?.click()
    }
  })
  palette.addEventListener('click', (event) => {
    // Beside what stands in it, which fills it, the dialog is its backdrop.
    if (event.target === palette) palette.close()
  })
}

/** What the head and the menu of this very page lead to: nobody is offered more than those. */
function places(): Entry[] {
  return findAll<HTMLAnchorElement>('.console-head a.button, .console-head nav a').map((link) => ({
    name: link.textContent.trim(),
    path: link.getAttribute('href') ?? '',
  }))
}

/** Open incidents, as the public JSON has them. */
async function addIncidents(add: (entries: Entry[]) => void): Promise<void> {
  const mayPost = find('.console-head a[href="/admin/incidents/new"]') !== null
  try {
    const answer = await fetch('/api/v2/incidents/unresolved.json')
    if (!answer.ok) return
    const { incidents } = (await answer.json()) as { incidents: { id: string; name: string }[] }
    add(
      incidents.flatMap(({ id, name }) => [
        { name, path: `/admin/incidents/${id}` },
        ...(mayPost ? [{ name: `Post an update: ${name}`, path: `/admin/incidents/${id}#form-update` }] : []),
      ]),
    )
  } catch (error) {
    // A bad line: the places of the menu stand there all the same.
    if (!(error instanceof TypeError)) throw error
  }
}

function dialog(): HTMLDialogElement {
  const palette = document.createElement('dialog')
  palette.className = 'palette'
  palette.ariaLabel = 'Go to'
  const body = document.createElement('div')
  body.className = 'palette-body'
  body.append(
    made('input', {
      type: 'text',
      role: 'combobox',
      'aria-label': 'Go to',
      'aria-expanded': 'true',
      'aria-controls': 'palette-list',
      'aria-autocomplete': 'list',
      autocomplete: 'off',
      placeholder: 'Go to …',
    }),
    made('ul', { class: 'plain', id: 'palette-list', role: 'listbox', 'aria-label': 'Places' }),
    made('p', { class: 'empty small', hidden: '' }, 'Nothing here is called that.'),
  )
  palette.append(body)
  return palette
}

function made(name: string, attributes: Record<string, string>, text = ''): HTMLElement {
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value)
  element.textContent = text
  return element
}

function opener(open: () => void): HTMLElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button is-quiet palette-opener'
  const keys = document.createElement('kbd')
  keys.textContent = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘K' : 'Ctrl K'
  button.append('Go to … ', keys)
  button.addEventListener('click', open)
  return button
}

function option({ name, path }: Entry, index: number, isChosen: boolean): HTMLElement {
  const item = document.createElement('li')
  item.id = `palette-${index}`
  item.role = 'option'
  item.ariaSelected = String(isChosen)
  item.textContent = name
  item.addEventListener('click', () => {
    // To another part of this very page no other page comes.
    item.closest('dialog')?.close()
    location.assign(path)
  })
  return item
}
