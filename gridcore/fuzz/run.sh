#!/usr/bin/env bash
# Feeds hostile bytes to every door for a bounded time: run.sh [SECONDS A TARGET, 15] [TARGET…]
# Works on a stable compiler: the coverage counters that libFuzzer steers by are a pass of LLVM.
# What ends badly is kept in found/, to be run again: run.sh 0 TARGET found/FILE
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-15}
shift || true
targets=(from_rows csv json geojson duties rosters)
files=()
for argument in "$@"; do
	if [ -e "$argument" ]; then files+=("$argument"); else named+=("$argument"); fi
done
[ -z "${named+set}" ] || targets=("${named[@]}")

host=$(rustc -vV | sed -n 's/^host: //p')
counters="-Cpasses=sancov-module -Ccodegen-units=1 --cfg fuzzing"
for option in level=4 inline-8bit-counters pc-table trace-compares; do
	counters+=" -Cllvm-args=-sanitizer-coverage-$option"
done
build=../../target/fuzz
# Given a target, cargo leaves build scripts and macros without counters.
RUSTFLAGS=$counters cargo build --release --target "$host" --target-dir "$build"

mkdir -p found
for target in "${targets[@]}"; do
	program=$build/$host/release/$target
	if [ ${#files[@]} -gt 0 ]; then
		"$program" "${files[@]}"
		continue
	fi
	mkdir -p "corpus/$target"
	log=found/$target.log
	if ! "$program" -max_total_time="$seconds" -seed=1 -max_len=4096 -timeout=20 -rss_limit_mb=3000 \
		-artifact_prefix="found/$target-" "corpus/$target" "seeds/$target" >"$log" 2>&1; then
		tail -n 40 "$log"
		exit 1
	fi
	printf '%-10s %s\n' "$target" "$(grep '^Done' "$log")"
done
