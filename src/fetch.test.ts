import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkAddress, fetchBytes, fetchPage, isPrivateAddress } from './fetch.ts'

describe('private addresses', () => {
  test.each(['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0', '100.64.0.1', '::1', '::', 'fe80::1', 'fc00::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::7f00:1', '64:ff9b::7f00:1', 'ff02::1', '224.0.0.1', '255.255.255.255', 'not an address'])('%s is private', (address) => {
    expect(isPrivateAddress(address)).toBe(true)
  })
  test.each(['93.184.216.34', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
    expect(isPrivateAddress(address)).toBe(false)
  })
  test.each(['http://127.0.0.1/', 'http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://127.1/', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://localhost/', 'http://a.localhost/', 'http://LOCALHOST./', 'http://169.254.169.254/latest', 'http://[fe80::1]/', 'http://①②⑦.0.0.1/'])('%s is refused before anything is sent', (address) => {
    expect(() => checkAddress(address)).toThrowError(/not a public address/)
  })
  test.each(['ftp://example.org/', 'file:///etc/passwd', 'javascript:alert(1)', 'http://user:pass@example.org/', 'no address'])('%s is no address to fetch', (address) => {
    expect(() => checkAddress(address)).toThrow()
  })
})

describe('a hostile server', () => {
  let server: Server
  let base = ''
  const allow = ['127.0.0.1']
  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? ''
      if (path === '/page') response.writeHead(200, { 'content-type': 'text/html; charset=windows-1251' }).end('<p>text</p>')
      else if (path === '/loop') response.writeHead(302, { location: '/loop' }).end()
      else if (path === '/inside') response.writeHead(302, { location: 'http://10.0.0.1/secret' }).end()
      else if (path === '/metadata') response.writeHead(307, { location: 'http://[::ffff:169.254.169.254]/' }).end()
      else if (path === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end()
      else if (path === '/bomb') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(8_000_000)))
      else if (path === '/big') response.writeHead(200).end(Buffer.alloc(3_000_000))
      else if (path === '/odd') response.writeHead(200, { 'content-encoding': 'zip' }).end('x')
      else if (path === '/broken') response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')
      else if (path === '/gone') response.writeHead(410).end()
      else if (path === '/cut') { response.writeHead(200, { 'content-length': '1000' }).write('short'); response.destroy() }
      // '/hang' and '/drip' never end.
      else if (path === '/drip') { response.writeHead(200); const timer = setInterval(() => response.write('.'), 50); response.on('close', () => clearInterval(timer)) }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => { server.closeAllConnections(); server.close() })

  test('gives a page with its type and charset', async () => {
    expect(await fetchPage(`${base}/page`, { allow })).toMatchObject({ mediaType: 'text/html', charset: 'windows-1251', url: `${base}/page` })
  })
  test.each([
    ['/loop', 'redirects'], ['/inside', 'private'], ['/metadata', 'private'], ['/file', 'address'], ['/bomb', 'size'], ['/big', 'size'], ['/odd', 'encoding'], ['/broken', 'network'], ['/cut', 'network'], ['/hang', 'timeout'], ['/drip', 'timeout'],
  ])('%s ends with %s', async (path, code) => {
    const started = performance.now()
    await expect(fetchBytes(`${base}${path}`, { allow, timeoutMs: 800, maxBytes: 1_000_000 })).rejects.toMatchObject({ name: 'FetchError', code })
    expect(performance.now() - started).toBeLessThan(5000)
  })
  test('an answer that is no success is told with its status', async () => {
    await expect(fetchPage(`${base}/gone`, { allow })).rejects.toMatchObject({ code: 'status', status: 410 })
  })
  test('without leave the same server is not reached', async () => {
    await expect(fetchBytes(`${base}/page`)).rejects.toMatchObject({ code: 'private' })
  })
})
