/**
 * The page's one accent colour, made readable: as light or dark as each theme's ground needs for text.
 * Source of the contrast formula: WCAG 2.2, "contrast ratio"; of the colour space: OKLab by Björn Ottosson.
 */
export function accentStyles(accent: string): string {
  const { light, dark } = accentTones(accent)
  return `:root{--page-accent:${light}}@media (prefers-color-scheme:dark){:root{--page-accent:${dark}}}`
}

/** What becomes of the accent colour on each theme's ground. */
export function accentTones(accent: string): { light: string; dark: string } {
  return { light: readableOn(accent, LIGHT_GROUND), dark: readableOn(accent, DARK_GROUND) }
}

/** How a colour reads on each theme's ground, 1 to 21: text needs 4.5. */
export function accentContrasts(accent: string): { light: number; dark: number } {
  const colour = fromHex(accent)
  return { light: contrast(colour, LIGHT_GROUND), dark: contrast(colour, DARK_GROUND) }
}

/** Grounds of the style sheet, a little nearer to the middle, so that tinted ones are covered. */
const LIGHT_GROUND: Rgb = [0.95, 0.95, 0.95]
const DARK_GROUND: Rgb = [0.13, 0.13, 0.14]

/** WCAG AA for text of any size. */
const READABLE = 4.5

type Rgb = [number, number, number]

/** The colour itself when it reads well on this ground, or else the nearest lightness of the same hue that does. */
export function readableOn(accent: string, ground: Rgb): string {
  const step = luminance(ground) > 0.5 ? -0.01 : 0.01
  let [lightness, a, b] = toOklab(fromHex(accent))
  let colour = fromHex(accent)
  while (contrast(colour, ground) < READABLE && lightness >= 0 && lightness <= 1) {
    lightness += step
    colour = fromOklab([lightness, a, b])
  }
  return toHex(colour)
}

export function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

export function fromHex(hex: string): Rgb {
  const part = (index: number) => Number.parseInt(hex.slice(index, index + 2), 16) / 255
  return [part(1), part(3), part(5)]
}

function toHex(rgb: Rgb): string {
  const two = (part: number) =>
    Math.round(part * 255)
      .toString(16)
      .padStart(2, '0')
  return `#${rgb.map(two).join('')}`
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map(linear) as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

function encoded(part: number): number {
  const clamped = Math.min(1, Math.max(0, part))
  return clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055
}

function toOklab(rgb: Rgb): Rgb {
  const [red, green, blue] = rgb.map(linear) as Rgb
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ]
}

function fromOklab([lightness, a, b]: Rgb): Rgb {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ]
}
