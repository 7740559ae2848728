import { spawnSync } from 'node:child_process'
import { BenchFailure } from './bench.ts'
import { cpuSeconds, output, outputOfCommand } from './processes.ts'

/** How a server stood a load. */
export interface LoadResult {
  requests: number
  seconds: number
  p50Ms: number
  p99Ms: number
  /** Answers with a status of 400 or more. */
  refused: number
  unanswered: number
}

/**
 * Who asks: `wrk` where it is installed, because it can ask more on one core than a server of Node can answer on
 * another; otherwise autocannon, which often runs out of its core first.
 */
export const ASKER = spawnSync('wrk', ['-v']).error === undefined ? 'wrk' : 'autocannon'

/** So many connections are kept open and ask without pause. */
export const CONNECTIONS = 64

/**
 * How processes that serve together stand a load of so many seconds, and the processor time that each request took of
 * theirs; null where the system does not tell.
 * @throws BenchFailure when a request was refused or got no answer: a fast failure is no figure
 */
export async function loaded(
  pids: number[],
  url: string,
  headers: Record<string, string>,
  seconds: number,
): Promise<LoadResult & { cpuMicros: number | null }> {
  const before = await cpuSeconds(pids)
  const result = await (ASKER === 'wrk' ? loadByWrk : loadByAutocannon)(url, headers, seconds)
  const after = await cpuSeconds(pids)
  const { requests, refused, unanswered } = result
  if (requests === 0 || refused + unanswered > 0)
    throw new BenchFailure(
      `${url}: of ${requests} requests ${refused} were refused, ${unanswered} not answered.`,
    )
  const cpuMicros = before === null || after === null ? null : ((after - before) / requests) * 1e6
  return { ...result, cpuMicros }
}

async function loadByWrk(url: string, headers: Record<string, string>, seconds: number): Promise<LoadResult> {
  const lines = Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`])
  const args = ['--threads', '1', '--connections', String(CONNECTIONS), '--duration', `${seconds}s`, ...lines]
  const said = await outputOfCommand('wrk', [...args, '--script', 'bench/wrk-result.lua', url])
  return JSON.parse(said.slice(said.lastIndexOf('\n')))
}

async function loadByAutocannon(
  url: string,
  headers: Record<string, string>,
  seconds: number,
): Promise<LoadResult> {
  const args = [url, String(seconds), String(CONNECTIONS), JSON.stringify(headers)]
  return JSON.parse(await output(['bench/load-by-autocannon.ts', ...args]))
}
