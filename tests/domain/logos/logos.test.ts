import { findLogo, removeLogo, setLogo } from '../../../src/domain/logos/logos.ts'
import { getPage } from '../../../src/domain/page.ts'
import { LOGO, PNG_LOGO } from '../../support/logos.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" ${attributes}>${inside}</svg>`

describe('the logo of the page', () => {
  test('is there for each ground until it is replaced or taken away', async ({ site }) => {
    await set(site, LOGO.content)
    await set(site, PNG_LOGO.content, 'dark')
    const named = async () => {
      const { logo, darkLogo } = await getPage(site.ctx.read)
      return [logo, darkLogo]
    }
    expect(await named()).toEqual([LOGO.file, PNG_LOGO.file])
    expect((await findLogo(site.ctx.read, LOGO.file))?.toString('base64')).toBe(LOGO.content)
    await set(site, PNG_LOGO.content)
    expect(await named()).toEqual([PNG_LOGO.file, PNG_LOGO.file])
    expect(await findLogo(site.ctx.read, LOGO.file)).toBeUndefined()
    const remove = () => site.as('administrator', (tx) => removeLogo(tx, 'light'))
    await remove()
    expect(await named()).toEqual([null, PNG_LOGO.file])
    await expect(remove()).rejects.toMatchObject({ code: 'not-found' })
  })

  test('may be drawn with whatever draws', async ({ site }) => {
    const drawings = [
      svg('<path d="M0 0h9"/>'),
      `<?xml version="1.0"?>\n<!-- ours --><svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>`,
      `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">${svg('<style>path{fill:red}</style>')}`,
      svg('<defs><path id="p"/></defs><use href="#p"/><image href="data:image/png;base64,AAAA"/>'),
      svg('<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'),
    ]
    for (const drawing of drawings) await set(site, base64(drawing))
  })

  test('is refused where it could run something, is another thing or is too large', async ({ site }) => {
    const refused = [
      'GIF89a',
      '',
      '<html></html>',
      'a logo',
      svg('<script>alert(1)</script>'),
      // Read as ISO-2022-JP the first quote after the escape is half a sign, and the handler an attribute.
      `<?xml version="1.0" encoding="ISO-2022-JP"?>${svg('<g id="\x1b$B"a\x1b(B=" onload=\'alert(1)\' b=""/>')}`,
      svg('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'),
      svg('<SCRIPT/>'),
      svg('', 'onload="alert(1)"'),
      svg('', 'ONLOAD="alert(1)"'),
      svg('<foreignObject/>'),
      svg('<h:img xmlns:h="http://www.w3.org/1999/xhtml"/>'),
      svg('<h:img xmlns:h="http://www.w3.org/1999/&#120;html"/>'),
      svg('<a href="javascript:alert(1)"/>'),
      svg('<set attributeName="href" to="javascript:alert(1)"/>'),
      svg('<use href="https://elsewhere.example/a.svg#x"/>'),
      svg('<image xlink:href="//elsewhere.example/a.png"/>'),
      svg('<image href="data:image/svg+xml,x"/>'),
      `<!DOCTYPE svg [<!ENTITY s "x">]>${svg('&s;')}`,
      `<?xml-stylesheet href="x.xsl" type="text/xsl"?>${svg('')}`,
      svg(`<path d="${'M0 0'.repeat(17_000)}"/>`),
      '\u0089PNG\r\n',
    ]
    for (const text of refused) {
      const setting = set(site, base64(text))
      await expect(setting, text.slice(0, 80)).rejects.toMatchObject({
        code: 'invalid',
        fields: [{ pointer: '/content' }],
      })
    }
    expect((await getPage(site.ctx.read)).logo).toBeNull()
  })
})

function set(site: Site, content: string, ground: 'light' | 'dark' = 'light') {
  return site.as('administrator', (tx) => setLogo(tx, ground, { content }))
}
