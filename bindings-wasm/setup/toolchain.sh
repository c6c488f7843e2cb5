#!/usr/bin/env bash
# toolchain.sh DIR: finds or makes a rustc that can build for wasm32 and leaves its name in DIR/rustc-path.
#
# First choice is the toolchain at hand, then `rustup target add`. Where neither has the target's standard library, Debian's
# rustc-web builds it from Debian's own sources: its packages are unpacked inside DIR and nothing is installed.
#   WASM_NO_RUSTUP=1     do not ask rustup
#   WASM_FORCE_DEBIAN=1  ignore the toolchain at hand too, to test the last resort
set -euo pipefail
mkdir -p "$1"
dir=$(cd "$1" && pwd)
target=wasm32-unknown-unknown
say() { printf '[wasm toolchain] %s\n' "$*" >&2; }
has_std() {
  local lib
  lib=$("$1" --print target-libdir --target $target 2>/dev/null) && compgen -G "$lib/libstd*.rlib" >/dev/null
}
candidate() { apt-cache policy "$1" 2>/dev/null | awk '/Candidate:/ && !seen++ { print $2 }'; }

debian() {
  local prefix=$dir/rust-web work=$dir/work version std llvm number source hash lib
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || {
    say "no standard library for $target: run 'rustup target add $target'"
    exit 1
  }
  version=$(candidate rustc-web)
  if [ -z "$version" ] || [ "$version" = '(none)' ]; then
    if [ "$(id -u)" = 0 ]; then apt-get update -qq; else sudo apt-get update -qq; fi
    version=$(candidate rustc-web)
  fi
  [ -n "$version" ] && [ "$version" != '(none)' ] || { say "Debian has no rustc-web here"; exit 1; }
  rustc=$prefix/rustc
  if [ -f "$prefix/version" ] && [ "$(cat "$prefix/version")" = "$version" ]; then return; fi

  std=$(apt-cache show "libstd-rust-web-dev=$version" | grep '^Depends' | grep -oE 'libstd-rust-web-[0-9.]+[0-9]' | sort -u)
  llvm=$(apt-cache show "$std=$version" | grep '^Depends' | grep -oE 'libllvm[0-9]+' | sort -u)
  number=${llvm#libllvm}
  say "unpacking rustc-web $version, $std, $llvm, lld-$number"
  rm -rf "$prefix" "$work"
  mkdir -p "$prefix" "$work/debs"
  (cd "$work/debs" && apt-get download -qq "rustc-web=$version" "libstd-rust-web-dev=$version" "$std=$version" \
    "rust-web-src=$version" "$llvm" "lld-$number")
  for deb in "$work"/debs/*.deb; do
    case $deb in
      */rust-web-src_*) dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$work" --wildcards './usr/src/rustc-*/library/*' ;;
      *) dpkg-deb -x "$deb" "$prefix" ;;
    esac
  done
  rm -rf "$prefix/usr/share" "$work/debs"
  # rustc looks for its linker here; Debian keeps it with LLVM.
  mkdir -p "$prefix/usr/lib/rustlib/x86_64-unknown-linux-gnu/bin"
  ln -sfn "../../../llvm-$number/bin/lld" "$prefix/usr/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld"
  cat > "$rustc" <<'SH'
#!/bin/sh
prefix=$(dirname "$(readlink -f "$0")")/usr
LD_LIBRARY_PATH="$prefix/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "$prefix/bin/rustc" "$@"
SH
  chmod +x "$rustc"

  say "building the standard library for $target"
  source=$(echo "$work"/usr/src/rustc-*/library)
  hash=$("$rustc" -vV | awk '/commit-hash/ { print $2 }')
  printf '[source.crates-io]\nreplace-with = "vendored"\n[source.vendored]\ndirectory = "%s"\n' "$source/vendor" > "$work/vendor.toml"
  (
    cd "$source"
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET RUSTC_WRAPPER
    # The standard library is built with unstable features; this allows them for this one build.
    RUSTC=$rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$work/target CARGO_INCREMENTAL=0 \
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zforce-unstable-if-unmarked -Cembed-bitcode=yes --remap-path-prefix=$source=/rustc/$hash/library" \
      cargo --config "$work/vendor.toml" build -q -Zavoid-dev-deps --offline --locked --release \
      --target $target --manifest-path sysroot/Cargo.toml
  )
  lib=$prefix/usr/lib/rustlib/$target/lib
  mkdir -p "$lib"
  cp "$work/target/$target/release/deps/"*.rlib "$lib/"
  rm -rf "$lib"/libsysroot-*.rlib "$work"
  has_std "$rustc"
  echo "$version" > "$prefix/version"
}

rustc=rustc
if [ -n "${WASM_FORCE_DEBIAN:-}" ]; then
  debian
elif has_std rustc; then
  :
elif [ -z "${WASM_NO_RUSTUP:-}" ] && command -v rustup >/dev/null &&
  timeout 180 rustup target add $target >&2 && has_std rustc; then
  :
else
  debian
fi
echo "$rustc" > "$dir/rustc-path"
say "$("$rustc" -V)"
