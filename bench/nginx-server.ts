import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from './free-port.ts'
import { type Child, startCommand } from './processes.ts'
import { headerIn, type RawAnswer } from './raw-answer.ts'

/** Whether there is an nginx to compare with. */
export const hasNginx = spawnSync('nginx', ['-v']).status === 0

/**
 * One worker of nginx that sends an answer of the program from a file, compressed as it is, with the same headers; but
 * for the tag, which is nginx's own, so that it answers "not modified" as it always does.
 */
export async function startNginx(
  folder: string,
  address: string,
  answer: RawAnswer,
): Promise<Child & { origin: string }> {
  await mkdir(folder, { recursive: true })
  const port = await freePort()
  await writeFile(path.join(folder, 'answer'), Buffer.from(answer.body, 'base64'))
  await writeFile(path.join(folder, 'nginx.conf'), configOf(folder, address, answer, port))
  const server = startCommand('nginx', ['-c', path.join(folder, 'nginx.conf'), '-p', folder])
  const origin = `http://127.0.0.1:${port}`
  while ((await fetch(origin + address).catch(() => undefined)) === undefined) server.assertRunning()
  return { ...server, origin }
}

function configOf(folder: string, address: string, answer: RawAnswer, port: number): string {
  const own = /^(content-type|content-length|etag)$/i
  const lines = answer.headers.flatMap((name, index) =>
    index % 2 === 0 && !own.test(name)
      ? [`add_header ${name} ${quoted(answer.headers[index + 1] ?? '')};`]
      : [],
  )
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (it) => `${it}_temp_path ${folder}/${it};`,
  )
  return `daemon off; master_process off; ${process.getuid?.() === 0 ? 'user root;' : ''}
    pid ${folder}/pid; error_log stderr; events { worker_connections 512; }
    http {
      access_log off; sendfile on; open_file_cache max=10; keepalive_requests 1000000000; ${temporary.join(' ')}
      server {
        listen 127.0.0.1:${port};
        location = ${address} {
          root ${folder};
          try_files /answer =404;
          types {}
          default_type ${quoted(headerIn(answer, 'content-type'))};
          ${lines.join('\n          ')}
        }
      }
    }`
}

function quoted(text: string): string {
  return `"${text.replace(/["\\$]/g, '\\$&')}"`
}
