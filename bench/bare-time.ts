import { median } from './bench.ts'
import { startChild } from './processes.ts'
import type { RawAnswer } from './raw-answer.ts'

const WARM_UP = 20
const TIMES = 60

/**
 * How long whoever asks a bare node:http server waits for these bytes, one question after the other, in milliseconds:
 * the least that anybody could wait for them on this machine.
 */
export async function bareMs(answer: RawAnswer, method: 'GET' | 'POST' = 'GET'): Promise<number> {
  const bare = startChild(['bench/bare-server.ts'], { input: JSON.stringify(answer) })
  try {
    const url = `http://127.0.0.1:${await bare.says(/^(\d+)$/m)}`
    const took: number[] = []
    for (let time = 0; time < WARM_UP + TIMES; time += 1) {
      const startedAt = performance.now()
      await (await fetch(url, { method })).arrayBuffer()
      took.push(performance.now() - startedAt)
    }
    return median(took.slice(WARM_UP))
  } finally {
    await bare.stop()
  }
}

/** An answer that everybody gets, with nothing but its type beside the bytes. */
export function plainAnswer(type: string, body: string | Buffer, status = 200): RawAnswer {
  const bytes = Buffer.from(body)
  const headers = ['content-type', type, 'content-length', String(bytes.length)]
  return { status, headers, body: bytes.toString('base64'), ifNoneMatch: null }
}
