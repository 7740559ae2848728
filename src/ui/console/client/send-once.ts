import { find, findAll } from '../../client/find.ts'

/** A button that has been pressed says so and is not pressed again, until the page is back. */
export function sendOnce(form: HTMLFormElement): void {
  let pressed: HTMLButtonElement[] = []
  form.addEventListener('submit', () => {
    form.ariaBusy = 'true'
    // After the browser has taken what it sends, the pressed button among it.
    setTimeout(() => {
      pressed = findAll<HTMLButtonElement>('button:not(:disabled)', form)
      for (const button of pressed) button.disabled = true
      find('[data-form-state]', form)?.replaceChildren('Sending …')
    })
  })
  addEventListener('pageshow', () => {
    form.ariaBusy = null
    for (const button of pressed) button.disabled = false
    find('[data-form-state]', form)?.replaceChildren('')
  })
}
