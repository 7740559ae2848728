import { find, findAll } from '../../client/find.ts'

/** A button that has been pressed says so and is not pressed again, until the page is back. */
export function sendOnce(form: HTMLFormElement): void {
  form.addEventListener('submit', () => {
    form.ariaBusy = 'true'
    // After the browser has taken what it sends, the pressed button among it.
    setTimeout(() => {
      for (const button of findAll<HTMLButtonElement>('button', form)) button.disabled = true
      find('[data-form-state]', form)?.replaceChildren('Sending …')
    })
  })
  addEventListener('pageshow', () => {
    form.ariaBusy = null
    for (const button of findAll<HTMLButtonElement>('button', form)) button.disabled = false
    find('[data-form-state]', form)?.replaceChildren('')
  })
}
