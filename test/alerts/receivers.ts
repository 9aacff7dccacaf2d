/** A webhook and a mail server of our own, on loopback, that take what is sent and sometimes refuse it. */
import { createServer as createHttp, type IncomingMessage } from 'node:http'
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net'

export interface Hooked { readonly key: string; readonly signature: string; readonly body: string; readonly attempt: number }
export interface HookReceiver {
  readonly url: string
  /** All requests answered with success, in order. */
  readonly taken: Hooked[]
  /** Requests in all. */
  readonly asked: Hooked[]
  close(): Promise<void>
}

/** `refuse` says with which status a request is refused; null takes it. */
export async function openHook(refuse: (asked: Hooked, count: number) => number | null = () => null, delayMs = 0): Promise<HookReceiver> {
  const taken: Hooked[] = []
  const asked: Hooked[] = []
  const read = async (request: IncomingMessage): Promise<string> => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    return Buffer.concat(parts).toString('utf8')
  }
  const header = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? '')
  const server = createHttp((request, response) => {
    read(request).then(async (body) => {
      const hooked: Hooked = { key: header(request, 'idempotency-key'), signature: header(request, 'readout-signature'), body, attempt: Number(header(request, 'readout-attempt')) }
      asked.push(hooked)
      const status = refuse(hooked, asked.length)
      if (status === null) taken.push(hooked)
      if (delayMs > 0) await new Promise((resolve) => { setTimeout(resolve, delayMs) })
      response.writeHead(status ?? 204).end()
    }, () => undefined)
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, taken, asked, close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()) }) }
}

export interface Letter { readonly from: string; readonly to: string; readonly source: string; readonly id: string }
export interface MailReceiver { readonly url: string; readonly letters: Letter[]; close(): Promise<void> }

/** Speaks as much of SMTP (RFC 5321) as a client needs. `refuse` answers the end of some letters with a temporary error. */
export async function openMailbox(refuse: (count: number) => boolean = () => false): Promise<MailReceiver> {
  const letters: Letter[] = []
  const sockets = new Set<Socket>()
  let count = 0
  const server = createTcp((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    let [buffer, from, to] = ['', '', '']
    let data: string | null = null
    const say = (line: string): void => { if (socket.writable) socket.write(`${line}\r\n`) }
    say('220 mail.test')
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      buffer += chunk
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end)
        buffer = buffer.slice(end + 2)
        if (data !== null) {
          if (line !== '.') {
            data += `${line.startsWith('..') ? line.slice(1) : line}\n`
            continue
          }
          count++
          if (refuse(count)) say('451 come again')
          else {
            letters.push({ from, to, source: data, id: /^message-id:\s*(<[^>]+>)/imu.exec(data)?.[1] ?? '' })
            say('250 taken')
          }
          data = null
        } else if (/^(?:EHLO|HELO)/iu.test(line)) say('250 mail.test')
        else if (/^MAIL FROM:/iu.test(line)) { from = /<([^>]*)>/u.exec(line)?.[1] ?? ''; say('250 ok') }
        else if (/^RCPT TO:/iu.test(line)) { to = /<([^>]*)>/u.exec(line)?.[1] ?? ''; say('250 ok') }
        else if (/^DATA/iu.test(line)) { data = ''; say('354 go on') }
        else if (/^QUIT/iu.test(line)) { say('221 bye'); socket.end() }
        else say('250 ok')
      }
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, letters, close: () => new Promise((resolve) => { for (const socket of sockets) socket.destroy(); server.close(() => resolve()) }) }
}
