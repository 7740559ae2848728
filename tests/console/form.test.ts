import { describe, expect, test } from 'vitest'
import { readForm } from '../../src/console/form.ts'

describe('a form with a file', () => {
  test('is read like any other, with the file as a text that can be carried', async () => {
    const parts = new FormData()
    parts.set('form', 'set-logo')
    parts.set('body', 'One.\r\nTwo.')
    parts.set('file', new File([new Uint8Array([0, 255, 13, 10])], 'a.png', { type: 'image/png' }))
    const form = await readForm(new Request('https://page.example/', { method: 'POST', body: parts }))
    expect([form.text('form'), form.text('body'), form.text('file')]).toEqual([
      'set-logo',
      'One.\nTwo.',
      'AP8NCg==',
    ])
  })
})
