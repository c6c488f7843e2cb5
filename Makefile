# make demo   the sample city and its map; needs cargo alone
# make test   everything that CI checks; sets up what it needs inside the checkout (.venv, .cache, target, node_modules)
# make lint | docs | bench | fuzz | fmt | clean, and the finer targets below; ARGS goes on to the runner:
#   make test-rust ARGS='--test tree_faults'    make test-python ARGS='-k faults'    make test-js ARGS='package'
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.ONESHELL:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
CACHE := .cache
VENV := .venv
PY := $(VENV)/bin/python
WASM := $(CACHE)/wasm
JS := bindings-wasm
NPM := npm --prefix bindings-wasm

# The bindings are no test binaries of their own: their tests run on the built packages.
RUST_TESTED := --workspace --exclude gridcore-python --exclude gridcore-wasm
CORE := Cargo.toml Cargo.lock $(shell find gridcore \( -path gridcore/tests -o -path gridcore/examples \
	-o -path gridcore/fuzz \) -prune -o -type f -print)

export PYRIGHT_PYTHON_CACHE_DIR := $(CURDIR)/$(CACHE)/pyright
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
export RUFF_CACHE_DIR := $(CURDIR)/$(CACHE)/ruff
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: demo test bench bench-core fuzz lint docs fmt clean \
	lint-rust lint-wasm lint-python docs-rust docs-python \
	test-rust test-python test-types test-js test-package test-browser conformance parity

demo:
	cargo run --locked --release -p gridcore --example zhongshan --features geo,samples

STAGES := lint docs-rust test-rust fuzz test-python test-types test-js test-package test-browser parity
test:
	@report=
	for stage in $(STAGES); do
		printf '\n━━ %s\n' "$$stage"
		start=$$SECONDS
		$(MAKE) "$$stage"
		report+=$$(printf '%5d s  %s' $$((SECONDS - start)) "$$stage")$$'\n'
	done
	printf '\n━━ all passed\n%s%5d s  in all\n' "$$report" "$$SECONDS"

# One table with gridcore beside its peers; `make bench-core` is each operation of the core by itself.
bench: $(CACHE)/wheel.stamp $(CACHE)/dist.stamp
	$(PYTHON) benches/run.py $(ARGS)

bench-core:
	cargo bench --locked -p gridcore-benches $(ARGS)

# Hostile bytes at every door, 15 seconds each:   make fuzz ARGS='600 csv'   for ten minutes at one
fuzz:
	gridcore/fuzz/run.sh $(ARGS)

# ── style and warnings ──────────────────────────────────────────────────────────────────────────────────────────────
lint: lint-rust lint-wasm lint-python

lint-rust:
	cargo fmt --all --check
	cargo fmt --manifest-path gridcore/fuzz/Cargo.toml --check
	cargo clippy --locked --workspace --all-targets --all-features -- -D warnings
	cargo clippy --locked -p gridcore --no-default-features -- -D warnings

# The core is linted above: there a lint that counts bytes does not see other bytes for a 32-bit target.
# A borrowed rustc has no clippy: then its own warnings have to do.
lint-wasm: $(WASM)/rustc-path
	@rustc=$$(cat $(WASM)/rustc-path)
	if [ "$$rustc" = rustc ]; then
		cargo clippy --locked --no-deps -p gridcore-wasm --target wasm32-unknown-unknown -- -D warnings
		cargo clippy --locked --no-deps -p gridcore-wasm --no-default-features --target wasm32-unknown-unknown -- -D warnings
	else
		RUSTC=$$rustc RUSTFLAGS='-D warnings' cargo check --locked -p gridcore-wasm \
			--target wasm32-unknown-unknown --target-dir $(WASM)/target
	fi

lint-python: $(CACHE)/venv.stamp
	$(VENV)/bin/ruff format --check bindings-python
	$(VENV)/bin/ruff check bindings-python

fmt: $(CACHE)/venv.stamp
	cargo fmt --all
	cargo fmt --manifest-path gridcore/fuzz/Cargo.toml
	$(VENV)/bin/ruff format bindings-python
	$(VENV)/bin/ruff check --fix bindings-python

# ── documentation ───────────────────────────────────────────────────────────────────────────────────────────────────
docs: docs-rust docs-python

docs-rust:
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps -p gridcore --all-features

docs-python: $(CACHE)/wheel.stamp
	$(PY) -m pdoc -o target/doc-python gridcore

# ── tests ───────────────────────────────────────────────────────────────────────────────────────────────────────────
test-rust:
	cargo test --locked $(RUST_TESTED) --all-features $(ARGS)

test-python: $(CACHE)/wheel.stamp
	$(PY) -m pytest -p no:cacheprovider -c bindings-python/pyproject.toml bindings-python/tests $(ARGS)

# The stub says what the extension has; the types are complete for whoever installs the package; our own code is strict.
# Not from the root: there the checkers would take the Rust crate's folder, gridcore, for the package.
test-types: $(CACHE)/wheel.stamp
	(cd bindings-python; PATH=$(CURDIR)/$(VENV)/bin:$$PATH
		stubtest gridcore
		pyright --verifytypes gridcore --ignoreexternal >../$(CACHE)/types.txt || { cat ../$(CACHE)/types.txt; exit 1; }
		pyright)

test-js: $(CACHE)/dist.stamp
	$(NPM) run --silent check
	$(NPM) run --silent test:node -- $(ARGS)

# What is packed is what is checked: the archive is unpacked beside the consumers that import it.
test-package: $(CACHE)/consumer.stamp
	$(NPM) run --silent lint:package
	node $(CACHE)/consumer/node.js

test-browser: $(CACHE)/consumer.stamp $(CACHE)/chromium
	$(NPM) run --silent test:browser -- $(ARGS)

# The shared vectors in all three languages. `make test` runs them too, as part of each language's tests.
conformance: $(CACHE)/wheel.stamp $(CACHE)/dist.stamp
	cargo test --locked -p gridcore-conformance
	$(PY) -m pytest -p no:cacheprovider -c bindings-python/pyproject.toml bindings-python/tests/*conformance*
	$(NPM) run --silent test:node -- conformance

# Whether the three languages offer the same: reads the installed Python package and the JavaScript types.
parity: $(CACHE)/wheel.stamp $(CACHE)/dist.stamp
	GRIDCORE_PARITY=full cargo test --locked -p gridcore-conformance -- parity

# ── what the tests need ─────────────────────────────────────────────────────────────────────────────────────────────
$(CACHE)/venv.stamp: bindings-python/requirements.txt
	@mkdir -p $(CACHE)
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

# The wheel, not an editable install: the tests see what users get.
$(CACHE)/wheel.stamp: $(CACHE)/venv.stamp $(CORE) bindings-python/Cargo.toml bindings-python/pyproject.toml \
		$(shell find bindings-python/src bindings-python/python -type f -not -name '*.pyc')
	rm -rf target/wheels
	$(PY) -m maturin build --release --locked --compatibility linux -m bindings-python/Cargo.toml --out target/wheels
	$(PY) -m pip install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall target/wheels/*.whl
	touch $@

$(WASM)/rustc-path: $(JS)/setup/toolchain.sh
	$(JS)/setup/toolchain.sh $(WASM)

$(WASM)/bindgen: $(JS)/setup/bindgen/Cargo.toml $(JS)/setup/bindgen/Cargo.lock $(JS)/setup/bindgen/src/main.rs
	cargo build --locked --release --manifest-path $< --target-dir $(WASM)/bindgen-target
	cp $(WASM)/bindgen-target/release/bindgen $@
	rm -rf $(WASM)/bindgen-target

$(CACHE)/node.stamp: $(JS)/package-lock.json $(JS)/.npmrc
	@mkdir -p $(CACHE)
	$(NPM) ci --silent
	touch $@

$(CACHE)/pkg.stamp: $(WASM)/rustc-path $(WASM)/bindgen $(CACHE)/node.stamp $(CORE) $(JS)/Cargo.toml \
		$(JS)/setup/build.sh $(shell find $(JS)/src -type f)
	$(JS)/setup/build.sh $(WASM)
	touch $@

$(CACHE)/dist.stamp: $(CACHE)/pkg.stamp $(JS)/tsconfig.json $(JS)/tsconfig.base.json $(shell find $(JS)/js -type f)
	rm -rf $(JS)/dist
	$(NPM) run --silent build
	touch $@

$(CACHE)/consumer.stamp: $(CACHE)/dist.stamp $(JS)/package.json $(shell find $(JS)/tests/consumer -type f)
	rm -rf $(CACHE)/consumer
	mkdir -p $(CACHE)/consumer/node_modules
	npm pack ./$(JS) --silent --pack-destination $(CACHE)/consumer >/dev/null
	tar -xzf $(CACHE)/consumer/gridcore-*.tgz -C $(CACHE)/consumer/node_modules
	mv $(CACHE)/consumer/node_modules/package $(CACHE)/consumer/node_modules/gridcore
	cp $(JS)/tests/consumer/* $(CACHE)/consumer/
	touch $@

$(CACHE)/chromium: $(JS)/setup/chromium.sh
	$(JS)/setup/chromium.sh $@

clean:
	rm -rf $(CACHE) $(VENV) target zhongshan.html bindings-python/.mypy_cache $(JS)/node_modules $(JS)/pkg $(JS)/dist
