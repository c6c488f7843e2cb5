#!/usr/bin/env bash
# build.sh DIR: builds the module with DIR's rustc, generates its bindings, shrinks it, and leaves all of it in pkg/.
set -euo pipefail
tools=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
root=$(cd .. && pwd)
rustc=$(cat "$tools/rustc-path")
target=wasm32-unknown-unknown

# Another rustc would throw away what the usual one has built.
[ "$rustc" = rustc ] && built=$root/target || built=$tools/target
# --config adds to a developer's own flags; the prefixes keep the paths of this machine out of panic messages.
RUSTC=$rustc CARGO_TARGET_DIR=$built cargo build --locked -p gridcore-wasm --lib --profile wasm --target $target \
  --config "target.$target.rustflags=['--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo','--remap-path-prefix=$root=/gridcore']"

rm -rf pkg
"$tools/bindgen" "$built/$target/wasm/gridcore_wasm.wasm" pkg
plain=$(stat -c %s pkg/gridcore_wasm_bg.wasm)
# Debian's own wasm-opt breaks the module without a word: only the pinned one of npm is used.
node_modules/.bin/wasm-opt -O3 pkg/gridcore_wasm_bg.wasm -o pkg/small.wasm
mv pkg/small.wasm pkg/gridcore_wasm_bg.wasm
node --input-type=module -e '
  import { readFileSync, writeFileSync } from "node:fs";
  const text = readFileSync("pkg/gridcore_wasm_bg.wasm").toString("base64");
  writeFileSync("pkg/inline.js", `export default ${JSON.stringify(text)};\n`);
  writeFileSync("pkg/inline.d.ts", "declare const text: string;\nexport default text;\n");
'
printf 'gridcore_wasm_bg.wasm: %s bytes, %s after wasm-opt, %s gzipped\n' "$plain" \
  "$(stat -c %s pkg/gridcore_wasm_bg.wasm)" "$(gzip -9 -c pkg/gridcore_wasm_bg.wasm | wc -c)"
