import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const sources = ['src/ui', 'src/pages'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|astro)$/.test(name))
    .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(`${folder}/${name}`, 'utf8') })),
)

function having(pattern: RegExp): string[] {
  return sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name)
}

test('scripts keep nothing in the browser, and hear no messages of other pages', () => {
  expect(
    having(/localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open|postMessage|'message'/),
  ).toEqual([])
})

test('text is never made into elements but by the one piece that has cleaned it', () => {
  expect(having(/set:html/)).toEqual(['src/ui/Prose.astro'])
  expect(
    having(/(inner|outer)HTML\s*\+?=(?!=)|insertAdjacentHTML|document\.write|\beval\(|new Function\(/),
  ).toEqual([])
})
