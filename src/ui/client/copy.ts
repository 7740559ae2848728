// Alone in its file, so that what every page loads stays one.
const announcement = document.querySelector('#announcement')
const buttons = [...document.querySelectorAll<HTMLButtonElement>('[data-copies]')]

/** Wakes the buttons that copy a line, where the browser lets a page copy; without them a line can be selected. */
for (const button of buttons) {
  const field = button.previousElementSibling as HTMLInputElement
  field.onfocus = () => field.select()
  // Over plain http a browser has no clipboard for pages.
  button.hidden = !navigator.clipboard
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(field.value)
      for (const other of buttons) other.textContent = other === button ? 'Copied' : 'Copy'
      announcement?.replaceChildren('Copied.')
    } catch {
      // The reader has not allowed it: the selected line is theirs to copy.
      field.focus()
    }
  }
}

export {}
