import { brotliCompressSync } from 'node:zlib'
import { loadBundle } from '../src/bundle.ts'
import { render } from '../src/page-cache/render.ts'

/** How long it takes to make documents, in milliseconds. */
export interface Renderings {
  /** The first one of the process, with all that it loads and prepares. */
  coldMs: number
  /** Later ones. */
  warmMs: number[]
  /** The document, in base64. */
  body: string
  compressedBytes: number
}

// A process of its own, because only its first rendering is cold: `render-page.ts ADDRESS TIMES`.
const [address = '/', times = '1'] = process.argv.slice(2)
const bundle = await loadBundle()

async function rendered(): Promise<{ ms: number; body: Buffer }> {
  const startedAt = performance.now()
  const { status, body } = await render(bundle.answer, `http://localhost${address}`)
  if (status !== 200) throw new Error(`${address} was answered with ${status}.`)
  return { ms: performance.now() - startedAt, body }
}

const cold = await rendered()
// The compiler has to see it a few times.
for (let time = 0; time < 2; time += 1) await rendered()
const warmMs: number[] = []
for (let time = 0; time < Number(times); time += 1) warmMs.push((await rendered()).ms)
const result: Renderings = {
  coldMs: cold.ms,
  warmMs,
  body: cold.body.toString('base64'),
  compressedBytes: brotliCompressSync(cold.body).length,
}
// A pipe takes only so much at once.
process.stdout.write(JSON.stringify(result), () => process.exit(0))
