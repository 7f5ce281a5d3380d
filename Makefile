# The only entry point; `make help` says what there is.

ifneq ($(CURDIR),$(realpath $(dir $(lastword $(MAKEFILE_LIST)))))
$(error this works in its own folder: make -C $(dir $(lastword $(MAKEFILE_LIST))))
endif

VERSIONS := $(shell awk '!/^\#/ { print $$1 }' kernels)
KERNEL := $(firstword $(VERSIONS))

# With these, what fails would pass, or not run.
$(foreach flag,i k t,$(if $(findstring $(flag),$(firstword -$(MAKEFLAGS))), \
	$(error make -$(flag) is for other makefiles)))
MAKEFLAGS += --no-print-directory

# Options are given on the command line, from which they are exported. In the
# environment they are meant for somebody else.
OPTIONS := KDIR UPTO TESTS DEBUG STRESS SEED MUTANTS SHARD TOPIC SIGNOFF TRAILER \
	CC LLVM MUTANT TIMEOUT CPUS ACCEL SILENCE JOBS PROOF PART IN_TREE ARCH
$(foreach option,$(OPTIONS),$(if $(filter environment,$(origin $(option))), \
	$(eval override undefine $(option))))

ifneq ($(KDIR),)
ifneq ($(filter-out run stress shell discard,$(MAKECMDGOALS)),)
$(error KDIR is for run, stress, shell and discard)
endif
ifneq ($(words $(KDIR)),1)
$(error the path of KDIR has a space in it)
endif
override KDIR := $(abspath $(KDIR))
export KDIR
KERNEL := $(shell vm/version-of $(KDIR))
ifeq ($(KERNEL),)
$(error KDIR=$(KDIR) is not taken)
endif
endif

ifneq ($(ARCH),)
ifneq ($(IN_TREE)$(filter-out run stress,$(MAKECMDGOALS)),)
$(error ARCH is for run and stress, without IN_TREE)
endif
endif

# The one that is named, or all
NAMED = $(filter command,$(firstword $(origin KERNEL)))

.PHONY: run help test stress mutants by-machine proof model bench drm bisect shell edit export \
	compare discard update packages clean distclean

run: packages
	@vm/$(if $(IN_TREE),in-tree,run) $(KERNEL)

help:
	@sed -n 's/^#: \{0,1\}//p' Makefile

#: make [run]       boot the kernel with the series, run its tests, say how it went
#: make test        everything that has to pass before a change lands
#: make stress      all at once and at random, for ten minutes: hmm-stress
#: make mutants     apply each mutant in turn, and see the tests that it names fail
#: make by-machine  the same with mutants that are made by machine, of KERNEL
#: make proof       run all that README states, and put it into results/: hours
#: make model       check the protocol exhaustively
#: make bench       what the topic fill-holes-fast is worth
#: make drm         the KUnit tests of the topic drm_pagemap
#: make bisect      build and boot after each patch of the series
#: make shell       a prompt on the kernel with the series
#: make edit        put the series into build/linux-VERSION as commits on a branch
#: make export      write that branch back to patches/VERSION
#: make compare     what the backport to KERNEL changed, patch by patch
#: make discard     throw that branch's changes away
#: make update      take the package of KERNEL that its suite has now into the file kernels
#: make clean       delete build; packages and objects in the cache stay
#: make distclean   delete those too
#:
#: KERNEL=7.3       a version of the file kernels, of which the first is taken; test,
#:                  mutants: that one alone, not all
#: UPTO=TOPIC       run, stress, shell, mutants, bisect: the series up to that topic
#: KDIR=DIR         run, stress, shell: a tree of such a version, or a newer one, with the
#:                  series of the nearest version below; it is copied, not changed
#: DEBUG=1          run, stress, shell: with KASAN, lockdep, kmemleak, ... (vm/debug.config)
#: DEBUG=kcsan      the same: with KCSAN (vm/kcsan.config)
#: ARCH=arm64       run, stress: cross-built, and emulated by QEMU's machine virt;
#:                  arm64-64k: with pages of 64 KiB
#: STRESS=SECONDS   stress: for how long
#: SEED=NUMBER      stress: begin as the run that named this number
#: TESTS='-t NAME'  run: arguments for the tests
#: IN_TREE=1        run: run_vmtests.sh -t hmm in place of our own way to run them
#: CC=, LLVM=1      the compiler, as the kernel's make takes it
#: ACCEL=kvm, tcg   what boots: how; TIMEOUT=, SILENCE=SECONDS: when it hangs; CPUS=N
#: MUTANTS='NAME'   mutants, by-machine, proof: these
#: PROOF=N          mutants, proof: with each mutant every Nth of the tests that it does not
#:                  name; full: all, and the slow ones
#: JOBS=N           mutants, by-machine, bisect, proof: N machines side by side
#: SHARD=2/4        mutants, by-machine, proof: every fourth, from the second on; bisect:
#:                  the second quarter of the patches
#: PART='run-7.3'   proof: these parts (campaigns/proof has a list)
#: SIGNOFF=1        export: to build/signed-VERSION, signed off by git's user here;
#:                  TOPIC=TOPIC: that one; TRAILER='TOKEN: VALUE': before the sign-off

test: packages
	@t/all $(if $(NAMED),$(KERNEL))

stress: packages
	@STRESS=$(or $(STRESS),600) vm/run $(KERNEL)

mutants: packages
	@set -e; for version in $(if $(NAMED),$(KERNEL),$(VERSIONS)); do \
		campaigns/mutants $$version $(MUTANTS); done

by-machine: packages
	@campaigns/by-machine $(KERNEL) $(MUTANTS)

proof:
	@ARCH=arm64 vm/install
	@campaigns/proof $(PART)

model: packages
	@model/run

bench: packages
	@bench/run $(KERNEL)

drm: packages
	@vm/drm $(KERNEL)

bisect: packages
	@campaigns/bisect $(KERNEL)

shell: packages
	@vm/shell $(KERNEL)

edit: packages
	@tree/edit $(KERNEL)

export: packages
	@tree/export $(KERNEL)

compare: packages
	@tree/compare $(KERNEL)

discard:
	@tree/discard $(KERNEL)

update: packages
	@tree/fetch --update $(KERNEL)

packages:
	@vm/install

clean:
	@mkdir -p build && flock --nonblock --conflict-exit-code 75 build/lock rm -rf build || \
		{ [ $$? != 75 ] || echo 'a run is at work in build' >&2; exit 2; }

distclean: clean
	@top=$(CURDIR) && . tree/common && rm -rf "$$cache"
