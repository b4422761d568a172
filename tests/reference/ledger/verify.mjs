// A second verifier, written from the specifications only and with Node's own cryptography.
// node verify.mjs LEDGER [PROOF.json ...] prints {"size", "root"} or exits 1 with what is wrong.
import { createHash, createPublicKey, verify } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, ...proofs] = process.argv.slice(2);
const sha = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const leaf = (entry) => sha(Buffer.from([0]), entry);
const node = (left, right) => sha(Buffer.from([1]), left, right);
const fail = (what) => {
  console.error(what);
  process.exit(1);
};
const check = (holds, what) => holds || fail(what);

// RFC 6962 2.1: MTH(D[n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n]))
function head(leaves) {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return leaves[0];
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return node(head(leaves.slice(0, k)), head(leaves.slice(k)));
}

// RFC 6962 2.1.1, read backwards: the root that an audit path leads to.
function rootOf(index, size, hash, path) {
  if (size === 1) return path.length === 0 ? hash : fail("the path is too long");
  check(path.length > 0, "the path is too short");
  let k = 1;
  while (k * 2 < size) k *= 2;
  const [rest, last] = [path.slice(0, -1), path.at(-1)];
  return index < k
    ? node(rootOf(index, k, hash, rest), last)
    : node(last, rootOf(index - k, size - k, hash, rest));
}

function openNote(text) {
  const [name, id, ...encoded] = readFileSync(join(folder, "key.pub"), "utf8").trim().split("+");
  const raw = Buffer.from(encoded.join("+"), "base64");
  check(sha(Buffer.from(`${name}\n`), raw).subarray(0, 4).toString("hex") === id, "key id");
  const body = text.slice(0, text.lastIndexOf("\n\n") + 1);
  const line = text.slice(body.length + 1);
  check(line.startsWith(`\u2014 ${name} `), "signature line");
  const signature = Buffer.from(line.trim().split(" ")[2], "base64");
  check(signature.subarray(0, 4).toString("hex") === id, "signature by another key");
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw.subarray(1)]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  check(verify(null, Buffer.from(body), key, signature.subarray(4)), "signature");
  const [origin, size, root] = body.split("\n");
  return { origin, size: Number(size), root: Buffer.from(root, "base64") };
}

function tilePath(kind, index, width) {
  let name = String(index % 1000).padStart(3, "0");
  for (let i = Math.floor(index / 1000); i > 0; i = Math.floor(i / 1000)) {
    name = `x${String(i % 1000).padStart(3, "0")}/${name}`;
  }
  return join(folder, "tile", kind, width === 256 ? name : `${name}.p/${width}`);
}

const { size, root } = openNote(readFileSync(join(folder, "checkpoint"), "utf8"));
const leaves = [];
for (let start = 0; start < size; start += 256) {
  const width = Math.min(256, size - start);
  const bundle = readFileSync(tilePath("entries", start / 256, width));
  let n = 0;
  for (let at = 0; at < bundle.length; n += 1) {
    const length = bundle.readUInt16BE(at);
    const entry = bundle.subarray(at + 2, at + 2 + length);
    const previous = leaves.length ? leaves.at(-1) : sha();
    const value = JSON.parse(entry.toString("utf8"));
    check(value.previous === previous.toString("hex"), `entry ${leaves.length} does not follow`);
    check(value.index === leaves.length, `entry ${leaves.length} has another index`);
    leaves.push(leaf(entry));
    at += 2 + length;
  }
  check(n === width, "number of entries");
}
check(head(leaves).equals(root), "root");
for (let level = 0, hashes = leaves; hashes.length; level += 1) {
  const above = [];
  for (let start = 0; start < hashes.length; start += 256) {
    const part = hashes.slice(start, start + 256);
    const file = tilePath(String(level), start / 256, part.length);
    check(existsSync(file) && readFileSync(file).equals(Buffer.concat(part)), file);
    if (part.length === 256) above.push(head(part));
  }
  hashes = above;
}
for (const file of proofs) {
  const proof = JSON.parse(readFileSync(file, "utf8"));
  const signed = openNote(proof.checkpoint);
  const path = proof.path.map((text) => Buffer.from(text, "hex"));
  const reached = rootOf(proof.index, signed.size, leaf(Buffer.from(proof.entry)), path);
  check(reached.equals(signed.root), `proof of entry ${proof.index}`);
}
console.log(JSON.stringify({ size, root: root.toString("hex") }));
