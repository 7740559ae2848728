/** A logo that draws a triangle and a bar; its file is named by what it holds. */
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 16"><path d="M2 14L8 2l6 12z" fill="#2f' +
  '5bd7"/><path d="M20 4h24v8H20z" fill="#1b1d22"/></svg>'
export const LOGO = { file: '6f4c4e8a0ec4e861.svg', content: Buffer.from(SVG).toString('base64') }

/** Three pixels. */
export const PNG_LOGO = {
  file: '0e35c7e0fcdaf853.png',
  content:
    'iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAIAAACUgoPjAAAAE0lEQVR4nGN4+eLpyxdP9aOvAwAlagbO' +
    '7CImJAAAAABJRU5ErkJggg==',
}
