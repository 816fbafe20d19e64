# Two commands matter: `make run` and `make test`. Each sets up first; what is there is left alone.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help

PORT ?= 8080
HOSTILE ?= 2000000
SEED ?= 1
TARGET ?= draft
TIME ?= 300
FEATURES ?=
PART ?=
# The tools, and a compiler that builds WebAssembly: only for what goes into the browser, never for the host.
WEB := source scripts/env.sh

.PHONY: help setup setup-build setup-test setup-prove setup-mutants test-fast test-all mutants run build release reproduce deb cli web dev lint test test-host test-e2e snapshots fuzz-quick fuzz gallery bench bench-receiver notices schema graph clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: setup-test ## Install what building and testing need

setup-build:
	@scripts/setup.sh build

setup-test:
	@scripts/setup.sh test

setup-prove:
	@scripts/setup.sh prove

setup-mutants:
	@scripts/setup.sh mutants

run: build ## Build all and serve it at http://localhost:8080 (PORT=8080), with a receiver of complaints
	@exec target/release/putright serve --dist dist --data data --port $(PORT)

build: setup-build ## Build the release into dist/, with its budget of bytes
	@$(MAKE) --no-print-directory web

release: ## Pack what is committed into target/release-archive: dist, the command line, checksums and the bill of materials
	@if [ -n "$$(git status --porcelain)" ]; then
	  echo "release: there are changes that are not committed, and an archive names its commit's time; commit them first" >&2
	  exit 1
	fi
	scripts/setup.sh release
	$(MAKE) --no-print-directory build FEATURES=notify,postgres,inbox-oidc,s3
	scripts/no-paths.sh dist
	program="$$(scripts/static.sh)"
	scripts/release.sh --program "$$program"
	if command -v dpkg-deb >/dev/null; then
	  scripts/deb.sh --program "$$program" --out target/release-archive
	  (cd target/release-archive && for package in *.deb; do sha256sum "$$package" >"$$package.sha256"; done)
	else
	  echo "release: no dpkg-deb here, so there is no Debian package"
	fi
	if command -v busybox >/dev/null; then
	  scripts/empty-machine.sh "$$(ls -t target/release-archive/*.tar.gz | head -n 1)"
	else
	  echo "release: no BusyBox here, so the archive was not tried on an empty machine"
	fi

reproduce: ## Build what is committed twice, in two folders, and say which files differ (PART=program or dist for one of the two)
	@scripts/setup.sh release
	scripts/reproduce.sh $(PART)

deb: ## Pack a Debian package into target/deb: the receiver with a systemd unit and an account of its own
	@$(MAKE) --no-print-directory build FEATURES=notify,postgres,inbox-oidc,s3
	scripts/deb.sh

cli: ## Build the command line, target/release/putright (FEATURES=postgres,notify,inbox-oidc,s3: see docs/receiver.md)
	cargo build --release --package putright-cli --features "$(FEATURES)"

# The command line comes first: Trunk's hook prerenders with it.
web: cli
	@$(WEB)
	trunk build --release
	node scripts/pack.mjs dist

dev: setup-build cli ## Serve the app at http://localhost:8081 and rebuild it on every change
	@$(WEB)
	# Trunk wants every folder that it is told to ignore to be there.
	mkdir -p dist data target tests
	trunk serve --dist target/dev

lint: ## Formatting, prose, names and lints, for the host and for the browser
	@told() { echo "$$ $$*"; "$$@"; }
	told cargo fmt --all --check
	told node scripts/prose.mjs
	told node scripts/names.mjs
	told cargo clippy --workspace --all-targets -- -D warnings
	told cargo clippy --package putright-server --package putright-cli --all-targets --features putright-cli/notify,putright-cli/postgres,putright-cli/inbox-oidc,putright-cli/s3 -- -D warnings
	$(WEB)
	if [ "$$PUTRIGHT_WEB_RUST" = none ]; then
	  echo "lint: no WebAssembly target (make setup installs it); the lints ran for the host alone"
	elif [ "$$PUTRIGHT_WEB_RUST" = debian ] && [ ! -x .tools/debian-rust/clippy-driver ]; then
	  echo "lint: no Clippy for the compiler that builds WebAssembly; the lints ran for the host alone"
	else
	  told cargo clippy --package putright --target wasm32-unknown-unknown -- -D warnings
	  told cargo clippy --package putright-endpoint-test --target wasm32-unknown-unknown -- -D warnings
	fi

test: setup-test ## Every test: the rules, the command line, then the release in a real browser
	@$(MAKE) --no-print-directory test-host
	$(MAKE) --no-print-directory web
	$(MAKE) --no-print-directory test-e2e

test-fast: setup-test ## The rules, and one walk through every page in every state, of the release in dist/
	cargo test --package putright-app
	PUTRIGHT_CHROMIUM="$$(scripts/chromium.sh)"
	export PUTRIGHT_CHROMIUM
	node --test --test-concurrency=2 tests/e2e/{states,heard}.test.mjs

test-all: setup-prove ## Every test, of every council and in Firefox too; writes docs/evidence.md
	@rm -rf target/evidence
	mkdir -p target/evidence
	export PUTRIGHT_PROVE=1 PUTRIGHT_EVIDENCE="$$PWD/target/evidence"
	$(MAKE) --no-print-directory test 2>&1 | tee target/evidence/test.log
	$(MAKE) --no-print-directory fuzz-quick
	node scripts/evidence.mjs target/evidence

mutants: setup-mutants ## Change the rules in one place at a time and see which changes no test notices; writes docs/mutation.md (SHARD=0/16, JOBS=2)
	node scripts/mutants.mjs run $(or $(SHARD),0/1)

test-host: ## The tests that need no browser
	cargo test --workspace --features putright-cli/notify,putright-cli/postgres,putright-cli/inbox-oidc,putright-cli/s3

test-e2e: ## The tests in a real browser, of the release in dist/
	@if ! compgen -G "tests/e2e/*.test.mjs" >/dev/null; then
	  echo "test: no tests in tests/e2e/"
	  exit
	fi
	PUTRIGHT_CHROMIUM="$$(scripts/chromium.sh)"
	export PUTRIGHT_CHROMIUM
	node --test --test-concurrency=2 tests/e2e/*.test.mjs

snapshots: setup-test ## Take the pictures of the main pages anew, of the release in dist/: look at them before you commit
	@PUTRIGHT_CHROMIUM="$$(scripts/chromium.sh)"
	export PUTRIGHT_CHROMIUM
	UPDATE=1 node --test tests/e2e/visual.test.mjs

fuzz-quick: ## Throw hostile inputs at every entrance (HOSTILE=2000000, SEED=1)
	PUTRIGHT_HOSTILE=$(HOSTILE) PUTRIGHT_HOSTILE_SEED=$(SEED) \
	  cargo test --profile hostile --package putright-app --test hostile -- --nocapture --test-threads=1

fuzz: ## The same by coverage, of one entrance, with nightly Rust and cargo-fuzz (TARGET=draft TIME=300)
	@if ! cargo +nightly fuzz --version >/dev/null 2>&1; then
	  echo "fuzz: needs nightly Rust and cargo-fuzz: cargo install cargo-fuzz --locked" >&2
	  exit 1
	fi
	mkdir -p fuzz/corpus/$(TARGET)
	PUTRIGHT_ENTRANCE=$(TARGET) cargo +nightly fuzz run --fuzz-dir fuzz entrance fuzz/corpus/$(TARGET) -- -max_total_time=$(TIME) -timeout=10 -max_len=200000

gallery: setup-build ## Draw every component in every state, target/gallery/index.html
	@mkdir -p target/gallery
	node_modules/.bin/sass --no-source-map --quiet style/main.scss target/gallery/app.css
	rm -rf target/gallery/pictures
	cp -r public/pictures target/gallery/pictures
	cargo run --quiet --package putright --example gallery -- target/gallery

bench: setup-test ## Measure the release in dist/ beside other forms and write docs/performance.md (BENCH="--quick": 15 minutes)
	@if [ ! -f dist/index.html ]; then
	  echo "bench: no dist/index.html; make build first" >&2
	  exit 1
	fi
	PUTRIGHT_CHROMIUM="$$(scripts/chromium.sh)"
	export PUTRIGHT_CHROMIUM
	mkdir -p bench/results
	NO_COLOR=1 cargo bench --quiet --package putright-app --bench domain | tee bench/results/domain.txt
	NO_COLOR=1 cargo bench --quiet --package putright-site --bench pages | tee bench/results/prerender.txt
	cd bench
	npm ci --no-audit --no-fund
	npm run build
	node run.mjs $(BENCH)

bench-receiver: ## Measure the receiver of target/release with a million complaints and beside Express; writes docs/receiver-performance.md
	@cd bench/receiver
	npm ci --no-audit --no-fund
	node run.mjs $(BENCH)

notices: ## Write NOTICES.md: whose work ships in the app
	node scripts/notices.mjs

schema: ## Write the published JSON Schemas again, of every file of a site and of a submission
	UPDATE=1 cargo test -p putright-site --test schemas published

graph: setup-build cli ## Draw docs/map.svg anew: the questions and outcomes
	node scripts/map.mjs

clean: ## Remove what was built; the tools stay (.tools, node_modules)
	cargo clean
	rm -rf dist
