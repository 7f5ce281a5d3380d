# The only entry point; `make help` says what there is.

VERSIONS = $(shell awk '!/^\#/ { print $$1 }' kernels)
KERNEL = $(firstword $(VERSIONS))
MAKEFLAGS += --no-print-directory
export UPTO TESTS DEBUG SEED SHARD TOPIC SIGNOFF TRAILER

ifneq ($(KDIR),)
override KDIR := $(abspath $(KDIR))
KERNEL = $(shell vm/version-of $(KDIR))
export KDIR
endif

.PHONY: run help test stress mutants bench bisect shell edit export compare discard packages clean distclean

run: packages
	@vm/run $(KERNEL)

help:
	@sed -n 's/^#: \{0,1\}//p' Makefile

#: make [run]       boot the kernel with the series, run hmm-tests, say how it went
#: make test        everything that has to pass before a change lands
#: make stress      all at once and at random, for ten minutes: the stress of hmm-tests
#: make mutants     apply each mutant in turn, and see the tests that it names fail;
#:                  of all kernels, or of KERNEL
#: make bench       what the topic fill-holes-fast is worth
#: make bisect      build and boot after each patch of the series
#: make shell       a prompt on the kernel with the series
#: make edit        put the series into build/linux-VERSION as commits on a branch
#: make export      write that branch back to patches/VERSION
#: make compare     what the backport to KERNEL changed, patch by patch
#: make discard     throw that branch's changes away
#: make clean       delete build; packages and objects in the cache stay
#: make distclean   delete those too
#:
#: KERNEL=7.3       a version of the file kernels
#: UPTO=TOPIC       run, stress, shell, mutants, bisect: the series up to that topic
#: KDIR=DIR         run, stress, shell: a tree of such a version; it is copied, not changed
#: DEBUG=1          run, stress, shell: with KASAN, lockdep, kmemleak, ... (vm/debug.config)
#: DEBUG=kcsan      the same: with KCSAN (vm/kcsan.config)
#: STRESS=SECONDS   stress: for how long
#: SEED=NUMBER      stress: begin as the run that named this number
#: TESTS='-t NAME'  run: arguments for hmm-tests
#: MUTANTS='NAME'   mutants: these; SHARD=2/4: every fourth, from the second on
#: SIGNOFF=1        export: to build/signed-VERSION, signed off by git's user here;
#:                  TOPIC=TOPIC: that one; TRAILER='TOKEN: VALUE': before the sign-off

test: packages
	@t/all

stress: packages
	@STRESS=$(or $(STRESS),600) vm/run $(KERNEL)

mutants: packages
	@set -e; for version in $(if $(filter file,$(origin KERNEL)),$(VERSIONS),$(KERNEL)); do \
		vm/mutants $$version $(MUTANTS); done

bench: packages
	@vm/bench $(KERNEL)

bisect: packages
	@vm/bisect $(KERNEL)

shell: packages
	@vm/shell $(KERNEL)

edit: packages
	@tree/edit $(KERNEL)

export: packages
	@tree/export $(KERNEL)

compare: packages
	@tree/compare $(KERNEL)

discard:
	@git -C build/linux-$(KERNEL) checkout --quiet --force --detach

packages:
	@mkdir -p build && vm/install

clean: packages
	@flock --nonblock build/lock rm -rf build || { echo 'a run is at work in build' >&2; exit 2; }

distclean: clean
	rm -rf "$${XDG_CACHE_HOME:-$$HOME/.cache}/second-invalidation"
