# dtgen. `make` builds, `make demo` shows, `make test` proves.

SHELL := /bin/bash -o pipefail
.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.SUFFIXES:

PREFIX ?= /usr/local
DESTDIR ?=
DIST := dist
LIB := $(DIST)/lib/dtgen

# The debug build that tests run from is in .build; what is shipped is built apart from it. Without
# cross-module optimisation each look at a node is a call, which counts its tree twice.
RELEASE := .build/release-static
RELEASE_FLAGS := -c release --scratch-path $(RELEASE) -Xswiftc -static-executable \
	-Xswiftc -cross-module-optimization -Xswiftc -use-ld=lld -Xlinker -s

CC := $(shell command -v clang || command -v cc)
TARGET := $(shell uname -m)-unknown-linux-gnu
NEED := .ci/need

COMMAND_SOURCES := $(shell find Sources -path Sources/dtgen-dev -prune -o -path Sources/dtgen-eval \
	-prune -o -path Sources/DTGenTestSupport -prune -o -path Sources/dtgen/Runtime -prune -o \
	-path Sources/guest-init -prune -o -path Sources/guest-modules -prune -o \
	-path Sources/vhost-block -prune -o -print)
LIBRARY_SOURCES := $(shell find Sources/PlatformDescription -name '*.swift' | LC_ALL=C sort)
# A directory changes when a file in it comes or goes.
LIBRARY_DIRECTORIES := $(shell find Sources/PlatformDescription -type d)
EVALUATOR_SOURCES := $(wildcard Sources/dtgen-eval/*.c)

.PHONY: build library completions man deb demo test boot boot-demo bench fuzz corpus docs format lint \
	install install-library uninstall clean help

help:
	@printf '%s\n' \
	  'make build      dist/, a tree that runs from anywhere' \
	  'make library    libdtgen for C and Rust, shared and static, into dist/' \
	  'make man        manual pages, into dist/; make completions what bash, zsh and fish complete' \
	  'make deb        packages for Debian, into dist/deb' \
	  'make demo       a description, its device tree, and one that is refused' \
	  'make test       all tests, against dist/' \
	  'make boot       boots guests, and compares what they do with what is said; BOOT=--list, dma/' \
	  'make boot-demo  a guest that is confined, and its twin that silently is not' \
	  'make bench      timings, as a table; BENCH=--markdown, --json, --quick' \
	  'make fuzz       feeds the reader and the checker with hostile bytes, for a minute' \
	  'make corpus     lints the device trees of Debian'"'"'s arm64 kernel' \
	  'make docs       the documentation as one archive, dist/dtgen.doccarchive' \
	  'make format     formats the sources' \
	  'make lint       checks the formatting, as CI does' \
	  'make install    copies the command to PREFIX ($(PREFIX)), below DESTDIR; install-library the library' \
	  'make clean      removes what was built'

## What is shipped

build: $(DIST)/bin/dtgen $(LIB)/dtgen-eval $(LIB)/libPlatformDescription.so $(LIB)/dtgen-entry.swift

$(DIST)/bin/dtgen: Package.swift $(COMMAND_SOURCES)
	@$(NEED) swift libfdt-dev zlib1g-dev
	swift build $(RELEASE_FLAGS) --product dtgen
	@mkdir -p $(@D)
	install -m 755 $(RELEASE)/release/dtgen $@.new && mv $@.new $@

# Dynamic, because it loads objects; in C, because it does little else.
$(LIB)/dtgen-eval: Makefile $(EVALUATOR_SOURCES) $(wildcard Sources/dtgen-eval/*.h)
	@$(NEED) swift
	@mkdir -p $(@D)
	$(CC) -std=c11 -O2 -Wall -Wextra -Wpedantic -Werror -fstack-protector-strong -fPIE -pie \
	  -Wl,-z,relro,-z,now -s -o $@.new $(EVALUATOR_SOURCES) -ldl && mv $@.new $@

# What a description imports and is linked with. The interface beside the module lets a compiler of
# another version read it; no run path, because dtgen-eval is told where the user's Swift is. The tests
# build it with its accesses checked, which takes a seventh of the time of packing a model.
$(LIB)/libPlatformDescription.so: Makefile $(LIBRARY_SOURCES) $(LIBRARY_DIRECTORIES)
	@$(NEED) swift
	@rm -rf $(LIB)/PlatformDescription.swiftmodule
	@mkdir -p $(LIB)/PlatformDescription.swiftmodule
	swiftc -emit-library -O -wmo -parse-as-library -module-name PlatformDescription \
	  -swift-version 6 -enable-upcoming-feature ExistentialAny \
	  -enable-upcoming-feature InternalImportsByDefault \
	  -enable-upcoming-feature MemberImportVisibility -warnings-as-errors \
	  -enable-library-evolution -no-toolchain-stdlib-rpath -enforce-exclusivity=unchecked \
	  -emit-module-path $(LIB)/PlatformDescription.swiftmodule/$(TARGET).swiftmodule \
	  -emit-module-interface-path \
	    $(LIB)/PlatformDescription.swiftmodule/$(TARGET).swiftinterface \
	  -Xlinker -soname -Xlinker libPlatformDescription.so -Xlinker -s \
	  -o $@.new $(LIBRARY_SOURCES)
	@rm -f $(LIB)/PlatformDescription.swiftmodule/*.{abi.json,swiftdoc,swiftsourceinfo,private.swiftinterface}
	@mv $@.new $@

$(LIB)/dtgen-entry.swift: Sources/dtgen/Runtime/dtgen-entry.swift
	@mkdir -p $(@D)
	install -m 644 $< $@

## What a VMM links

# With the Swift runtime and libfdt in it, so that who links it needs neither; all but what dtgen.h declares
# is local, so that it gets along with another copy of the runtime.
VERSION := $(shell sed -n 's/.*Tool(name: "dtgen", version: "\(.*\)").*/\1/p' Sources/Diagnostics/Report/Report+Tool.swift)
SONAME := libdtgen.so.$(word 1,$(subst ., ,$(VERSION)))
TOOLS = $(dir $(realpath $(shell command -v swiftc)))
SWIFT_STATIC = $(abspath $(TOOLS)../lib/swift_static/linux)
OBJECT := $(RELEASE)/dtgen.o
LIBRARY_FILES := $(DIST)/lib/libdtgen.a $(DIST)/lib/libdtgen.so.$(VERSION) $(DIST)/include/dtgen.h \
	$(DIST)/lib/pkgconfig/dtgen.pc

library: $(LIBRARY_FILES)

$(OBJECT): Package.swift Makefile $(COMMAND_SOURCES)
	@$(NEED) swift libfdt-dev
	swift build $(RELEASE_FLAGS) --product CDTGen
	$(TOOLS)ld.lld -r -S -o $@.all --whole-archive $(RELEASE)/release/libCDTGen.a --no-whole-archive \
	  $(SWIFT_STATIC)/$(shell uname -m)/swiftrt.o -L$(SWIFT_STATIC) -lswiftCore -lswiftSynchronization \
	  -lswift_StringProcessing -lswift_RegexParser \
	  "$$(find /usr/lib /usr/lib64 -name libfdt.a -print -quit 2>/dev/null)"
	$(TOOLS)llvm-objcopy --wildcard --keep-global-symbol='dtgen_*' --strip-unneeded $@.all $@.new
	@rm -f $@.all && mv $@.new $@

$(DIST)/lib/libdtgen.a: $(OBJECT)
	@mkdir -p $(@D)
	@rm -f $@.new
	$(TOOLS)llvm-ar rcsD $@.new $(OBJECT) && mv $@.new $@

$(DIST)/lib/libdtgen.so.$(VERSION): $(OBJECT) Sources/CDTGen/Library/exports.map
	@mkdir -p $(@D)
	$(TOOLS)clang++ -shared -fuse-ld=lld -o $@.new $(OBJECT) -Wl,-soname,$(SONAME) -Wl,--gc-sections -Wl,-z,defs \
	  -Wl,-z,relro,-z,now -Wl,-s -Wl,--version-script,Sources/CDTGen/Library/exports.map \
	  -static-libstdc++ -static-libgcc
	@mv $@.new $@
	ln -sf $(@F) $(@D)/$(SONAME)
	ln -sf $(SONAME) $(@D)/libdtgen.so

$(DIST)/include/dtgen.h: Sources/CDTGenInterface/dtgen.h
	@mkdir -p $(@D)
	install -m 644 $< $@

# Relative to itself, so that what is installed may be moved.
$(DIST)/lib/pkgconfig/dtgen.pc: Sources/CDTGen/Library/dtgen.pc.in Makefile Sources/Diagnostics/Report/Report+Tool.swift
	@mkdir -p $(@D)
	sed 's/@VERSION@/$(VERSION)/' $< >$@

install-library: library
	install -d '$(DESTDIR)$(PREFIX)/include' '$(DESTDIR)$(PREFIX)/lib/pkgconfig'
	install -m 644 $(DIST)/include/dtgen.h '$(DESTDIR)$(PREFIX)/include/'
	install -m 644 $(DIST)/lib/pkgconfig/dtgen.pc '$(DESTDIR)$(PREFIX)/lib/pkgconfig/'
	cp -P $(DIST)/lib/libdtgen.* '$(DESTDIR)$(PREFIX)/lib/'

## What helps at a prompt

SHARE := $(DIST)/share
COMPLETIONS := $(SHARE)/bash-completion/completions/dtgen $(SHARE)/zsh/site-functions/_dtgen \
	$(SHARE)/fish/vendor_completions.d/dtgen.fish

completions: $(COMPLETIONS)

$(SHARE)/bash-completion/completions/dtgen: SHELL_OF_IT := bash
$(SHARE)/zsh/site-functions/_dtgen: SHELL_OF_IT := zsh
$(SHARE)/fish/vendor_completions.d/dtgen.fish: SHELL_OF_IT := fish

$(COMPLETIONS): $(DIST)/bin/dtgen
	@mkdir -p $(@D)
	$< --generate-completion-script $(SHELL_OF_IT) >$@

# ArgumentParser's own tool writes the pages; it is built once. Their date is that of the last change.
MANUAL_TOOL := .build/manual/debug/generate-manual
PARSER := .build/checkouts/swift-argument-parser
PAGES := $(SHARE)/man/man1/dtgen.1

man: $(PAGES)

$(MANUAL_TOOL):
	@$(NEED) swift
	[[ -d $(PARSER) ]] || swift package resolve
	swift build --package-path $(PARSER) --scratch-path .build/manual --product generate-manual

$(PAGES): $(DIST)/bin/dtgen $(MANUAL_TOOL)
	@mkdir -p $(@D)
	@rm -f $(@D)/*
	$(MANUAL_TOOL) $< --multi-page --output-directory $(@D) \
	  --date "$$(git log -1 --format=%cs 2>/dev/null || echo 2026-01-01)"

## What is installed

install: build completions man
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/lib/dtgen' '$(DESTDIR)$(PREFIX)/share'
	install -m 755 $(DIST)/bin/dtgen '$(DESTDIR)$(PREFIX)/bin/dtgen'
	cp -R $(LIB)/. '$(DESTDIR)$(PREFIX)/lib/dtgen/'
	cp -R $(SHARE)/. '$(DESTDIR)$(PREFIX)/share/'

# dist/deb/*.deb: the command, what evaluates descriptions, the library, and its header.
deb: build library completions man
	@$(NEED) binutils
	.ci/deb

uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/include/dtgen.h' '$(DESTDIR)$(PREFIX)/lib/pkgconfig/dtgen.pc' \
	  '$(DESTDIR)$(PREFIX)/lib/'libdtgen.{a,so,so.*}
	rm -f '$(DESTDIR)$(PREFIX)/bin/dtgen'
	rm -rf '$(DESTDIR)$(PREFIX)/lib/dtgen'
	rm -f '$(DESTDIR)$(PREFIX)/share/man/man1/'dtgen{,.*}.1 \
	  $(COMPLETIONS:$(SHARE)/%='$(DESTDIR)$(PREFIX)/share/%')

## What shows and proves it

DEMO := fixtures/platforms/protected-guest/platform.swift
DEMO_REFUSED := fixtures/rejected/pool-outside-memory

demo: build
	@printf '\n\033[1m$$ dtgen build %s -o dist/demo\033[0m\n' $(DEMO)
	@$(DIST)/bin/dtgen build $(DEMO) -o $(DIST)/demo
	@printf '\n\033[1m$$ cd %s && dtgen build platform.swift\033[0m\n' $(DEMO_REFUSED)
	@cd $(DEMO_REFUSED) && ! $(CURDIR)/$(DIST)/bin/dtgen build platform.swift -o $(CURDIR)/$(DIST)/demo
	@printf '\nrefused, as it should be\n'

test: build library
	@$(NEED) libfdt-dev zlib1g-dev device-tree-compiler acpica-tools qemu-system-arm qemu-system-misc \
	  qemu-system-x86 pkg-config gcc rustc dt-schema report-schemas \
	  libvirt-clients libvirt-daemon-driver-qemu
	swift test --disable-xctest

# The kernels are built once, and kept in the user's cache; the guests' logs are in .build/boot. What is
# tied ends with this make, and takes its guests along.
BOOT ?=
BOOT_NEEDS := libfdt-dev device-tree-compiler qemu-system-arm qemu-system-misc qemu-system-x86

boot: build
	@$(NEED) $(BOOT_NEEDS)
	swift build --product vhost-block
	swift run dtgen-dev boot --tied $(BOOT)

boot-demo: build
	@$(NEED) $(BOOT_NEEDS)
	swift run dtgen-dev boot-demo --tied

bench: build library
	@$(NEED) libfdt-dev zlib1g-dev device-tree-compiler acpica-tools qemu-system-arm
	@.ci/corpus || echo 'without it, trees that QEMU writes are read'
	swift run -c release dtgen-dev bench $(BENCH)

fuzz: build
	@$(NEED) libfdt-dev zlib1g-dev qemu-system-arm qemu-system-x86
	.ci/fuzz

# Each error that is left has to have its verdict in Corpus.md.
corpus: build
	@$(NEED) libfdt-dev zlib1g-dev
	.ci/corpus
	swift run -c release dtgen-dev corpus

docs:
	@$(NEED) swift libfdt-dev zlib1g-dev
	swift build --target PlatformLint
	swift build --target PlatformDescription
	@mkdir -p $(DIST)
	.ci/docs $(DIST)/dtgen.doccarchive

format:
	@$(NEED) swift
	swift format -i -r Sources Tests Package.swift

lint:
	@$(NEED) swift
	swift format lint --strict -r Sources Tests Package.swift

clean:
	rm -rf .build $(DIST)
