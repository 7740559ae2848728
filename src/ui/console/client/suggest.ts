import { findAll } from '../../client/find.ts'

/** Offers, while a text is empty, words for the chosen state; a click puts them there. */
export function suggestTexts(form: HTMLFormElement): void {
  for (const place of findAll('[data-suggests]', form)) {
    const text = form.elements.namedItem(place.dataset.suggests ?? '')
    if (!(text instanceof HTMLTextAreaElement)) continue
    const buttons = findAll<HTMLButtonElement>('button', place)
    const offer = () => {
      const status = new FormData(form).get('status')
      for (const button of buttons) button.hidden = (button.dataset.status ?? status) !== status
      place.hidden = text.value.trim() !== '' || buttons.every(({ hidden }) => hidden)
    }
    for (const button of buttons) {
      button.addEventListener('click', () => {
        text.value = button.textContent
        text.focus()
        // As if it had been typed: it is kept as a draft, and what it does is shown.
        text.dispatchEvent(new InputEvent('input', { bubbles: true }))
      })
    }
    form.addEventListener('input', offer)
    offer()
  }
}
