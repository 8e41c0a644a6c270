# Two commands on a fresh machine: `make demo` and `make test`.

SYSTEM_PACKAGES = pkg-config libopenblas0 libpng-dev zlib1g-dev libreadline-dev libpcre2-dev libjansson-dev libyaml-dev
TEST_PACKAGES = nodejs
DATA_PACKAGES = dataset-fashion-mnist oxygen-icon-theme
BENCHMARK_PACKAGES = lua5.4 python3
LIMN = .build/release/limn

.PHONY: demo test sanitize sanitize-address sanitize-thread bench bench-language bench-tensors build setup swift

demo: build
	$(LIMN) run notebooks/dcgan.md
	@echo "Pictures: $(CURDIR)/notebooks/dcgan.out/images"

test: setup
	Scripts/install-packages $(TEST_PACKAGES)
	swift build --build-tests
	swift test --skip-build

# Tests once more, under a sanitizer that finds memory that is read or written where it must not be (the engine's and the language's), and
# one that finds threads in each other's way (the engine's). Builds stand in folders of their own; each takes some minutes.
#
# The machine's handlers end with jumps to each other, of which sanitizers make calls, and the stack overflows. So in LimnLanguage the
# first does not watch variables on the stack (Package.swift), and the second cannot run it; it has one thread. Tests that measure the
# stack want variables where they are, not moved elsewhere. OpenBLAS is not instrumented.
sanitize: sanitize-address sanitize-thread

sanitize-address: FILTER = .
sanitize-thread: FILTER = LimnTensorTests
sanitize-address sanitize-thread: export LIMN_SANITIZER = $(@:sanitize-%=%)
sanitize-address sanitize-thread: export ASAN_OPTIONS = detect_leaks=0:detect_stack_use_after_return=0
sanitize-address sanitize-thread: sanitize-%: setup
	swift build --build-tests --sanitize $* --scratch-path .build-$*
	swift test --skip-build --sanitize $* --scratch-path .build-$* --filter '$(FILTER)'

# Limn beside its peers, in turn, in one run. PEER is a Python that has torch 2.13.0 (CPU) and numpy:
#   python3 -m venv ~/peer && ~/peer/bin/pip install torch==2.13.0+cpu numpy && make bench PEER=~/peer/bin/python
PEER = python3

bench: bench-language bench-tensors

bench-language: build
	Scripts/install-packages $(BENCHMARK_PACKAGES)
	Benchmarks/language/run --limn $(LIMN)

bench-tensors: build
	python3 Benchmarks/tensors/compare.py --limn $(LIMN) --peer $(PEER)

build: setup
	swift build -c release

setup: swift
	Scripts/install-packages $(SYSTEM_PACKAGES) $(DATA_PACKAGES)

swift:
	@command -v swift >/dev/null || { echo "Limn is built with Swift 6.2 or newer: https://www.swift.org/install" >&2; exit 1; }
