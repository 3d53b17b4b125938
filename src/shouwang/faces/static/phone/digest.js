// What an item holds, in one hash that the server's receipt must echo: every value and photo by its name.
const Digest = (() => {
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const turned = (word, by) => (word >>> by) | (word << (32 - by));

  // Plain HTTP pages have no crypto.subtle, and a village office may well be one (FIPS 180-4).
  function tables() {
    const first = [], round = [];
    for (let n = 2; round.length < 64; n += 1) {
      let prime = true;
      for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
      if (!prime) continue;
      if (first.length < 8) first.push((Math.sqrt(n) * 2 ** 32) | 0);
      round.push((Math.cbrt(n) * 2 ** 32) | 0);
    }
    return [first, round];
  }

  function plain(bytes) {
    const [state, round] = tables(), length = bytes.length, data = new Uint8Array(((length + 72) >> 6) << 6);
    data.set(bytes);
    data[length] = 0x80;
    const view = new DataView(data.buffer), w = new Int32Array(64);
    view.setUint32(data.length - 8, length / 2 ** 29);
    view.setUint32(data.length - 4, length << 3);
    for (let block = 0; block < data.length; block += 64) {
      for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(block + i * 4);
      for (let i = 16; i < 64; i += 1) {
        const x = w[i - 15], y = w[i - 2];
        w[i] = (w[i - 16] + (turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)) + w[i - 7] + (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10))) | 0;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i += 1) {
        const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + round[i] + w[i]) | 0;
        const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = (state[i] + word) | 0; });
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  const of = async (bytes) => (globalThis.crypto?.subtle ? hex(await crypto.subtle.digest("SHA-256", bytes)) : plain(bytes));
  const words = (text) => new TextEncoder().encode(text);
  const even = (text) => words(text.replace(/\r\n?/g, "\n"));

  async function item({ fields, photos }) {
    const lines = [];
    for (const [name, value] of Object.entries(fields)) {
      for (const one of [value].flat()) lines.push(`${name}=${await of(even(one))}`);
    }
    for (const [name, photo] of Object.entries(photos)) {
      if (photo) lines.push(`${name}:${await of(new Uint8Array(await photo.arrayBuffer()))}`);
    }
    return of(words(lines.sort().join("\n")));
  }

  return { item, plain };
})();
