# Two commands on a fresh machine: `make demo` and `make test`.

SYSTEM_PACKAGES = pkg-config libopenblas0 libpng-dev zlib1g-dev libreadline-dev libpcre2-dev libjansson-dev libyaml-dev
TEST_PACKAGES = nodejs
DATA_PACKAGES = dataset-fashion-mnist oxygen-icon-theme
BENCHMARK_PACKAGES = lua5.4 python3
LIMN = .build/release/limn

.PHONY: demo test bench bench-language bench-tensors build setup swift

demo: build
	$(LIMN) run notebooks/dcgan.md
	@echo "Pictures: $(CURDIR)/notebooks/dcgan.out/images"

test: setup
	Scripts/install-packages $(TEST_PACKAGES)
	swift build --build-tests
	swift test --skip-build

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
