# Two commands on a fresh machine: `make demo` and `make test`.

SYSTEM_PACKAGES = pkg-config libopenblas-dev libpng-dev zlib1g-dev libreadline-dev
TEST_PACKAGES = nodejs
DATA_PACKAGES = dataset-fashion-mnist oxygen-icon-theme
LIMN = .build/release/limn

.PHONY: demo test build setup swift

demo: build
	$(LIMN) run notebooks/dcgan.md
	@echo "Pictures: $(CURDIR)/notebooks/dcgan.out/images"

test: setup
	Scripts/install-packages $(TEST_PACKAGES)
	swift build --build-tests
	swift test --skip-build

build: setup
	swift build -c release

setup: swift
	Scripts/install-packages $(SYSTEM_PACKAGES) $(DATA_PACKAGES)

swift:
	@command -v swift >/dev/null || { echo "Limn is built with Swift 6.2 or newer: https://www.swift.org/install" >&2; exit 1; }
