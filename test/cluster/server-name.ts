/**
 * The host that a TLS ClientHello asks for (RFC 8446 4.1.2, RFC 6066 3); empty when the bytes are not one, name none, or
 * do not reach as far as its name.
 */
export function serverName(hello: Buffer): string {
  try {
    if (hello[0] !== 22 || hello[5] !== 1) return '';
    // Record header 5, handshake header 4, version 2, random 32, then three vectors with their lengths in front.
    let at = 43;
    at += 1 + hello.readUInt8(at);
    at += 2 + hello.readUInt16BE(at);
    at += 1 + hello.readUInt8(at);
    const end = at + 2 + hello.readUInt16BE(at);
    at += 2;
    while (at < end) {
      const [type, length] = [hello.readUInt16BE(at), hello.readUInt16BE(at + 2)];
      // Extension 0: length of the list, kind of name, length of the name, the name.
      if (type === 0) return hello.toString('ascii', at + 9, at + 9 + hello.readUInt16BE(at + 7));
      at += 4 + length;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return '';
}
