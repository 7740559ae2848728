import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { times } from './extent.ts'

/** What many readers of a page have seen together. */
export interface HerdCount {
  answers: number
  statuses: Record<string, number>
  /** Answers that told how old they are. */
  aged: number
  /** Answers with an earlier update than the same reader had seen before. */
  backward: number
  /** The latest update that anybody saw. */
  latest: number
  /** Connections that broke, and requests that were never answered. */
  broken: number
  p50Ms: number
  p99Ms: number
  longestMs: number
}

export interface Herd {
  end(): Promise<HerdCount>
  /** Ends it without asking what it has seen. */
  kill(): void
}

/**
 * How often they ask in a second, all together; 0: as often as they are answered, which takes the whole machine. The
 * quick mode shares it with other tests.
 */
const PER_SECOND = times({ quick: 1_000, full: 0 })

/** Lets so many readers ask for a page, in a process of their own, until it is ended. */
export function startHerd(url: string, readers: number, perSecond = PER_SECOND): Herd {
  const args = ['tests/faults/herd-process.ts', url, String(readers), String(perSecond)]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const said = text(child.stdout)
  const closed = once(child, 'close')
  return {
    end: async () => {
      child.stdin.end()
      const [code] = await closed
      if (code !== 0) throw new Error(`The herd ended with ${code}.`)
      return JSON.parse(await said)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

/** What one reader with a connection of its own was answered. */
export interface Seen {
  status: number
  age: string | null
  text: string
}

/** Readers beside the herd, each with a connection that is kept; all begin a request at the moment they are told. */
export function openReaders(count: number): { ask(url: string): Promise<Seen[]>; close(): void } {
  const agents = Array.from({ length: count }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
  return {
    ask: (url) => Promise.all(agents.map((agent) => read(url, agent))),
    close: () => {
      for (const agent of agents) agent.destroy()
    },
  }
}

async function read(url: string, agent: Agent): Promise<Seen> {
  const asking = request(url, { agent }).end()
  const [incoming] = await once(asking, 'response')
  return { status: incoming.statusCode, age: incoming.headers.age ?? null, text: await text(incoming) }
}
