import { SingleBar } from 'cli-progress'

export interface Progress {
  report(done: number, total: number): void
  end(): void
}

const LINES = 10

/** A bar where a person watches, and otherwise a plain line for every tenth; on standard error in any case. */
export function openProgress(what: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? bar(what, stream) : lines(what, stream)
}

function bar(what: string, stream: NodeJS.WriteStream): Progress {
  const single = new SingleBar({
    format: `${what} {bar} {value}/{total}`,
    stream,
    hideCursor: true,
    clearOnComplete: true,
  })
  let started = false
  return {
    report: (done, total) => {
      if (!started) single.start(total, done)
      started = true
      single.update(done)
    },
    end: () => single.stop(),
  }
}

function lines(what: string, stream: NodeJS.WriteStream): Progress {
  let told = 0
  return {
    report: (done, total) => {
      const tenth = Math.floor((done * LINES) / total)
      if (tenth <= told) return
      told = tenth
      stream.write(`${what}: ${done} of ${total}\n`)
    },
    end: () => undefined,
  }
}
