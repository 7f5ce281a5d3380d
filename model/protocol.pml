/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A migration to device memory, and all who look at the same two pages, as in
 * mm/migrate_device.c, mm/mmu_notifier.c, mm/hmm.c and lib/test_hmm.c. A step is
 * what is under one lock: the page table lock for pte[], subscriptions->lock for
 * invalidate_seq, the user_lock of mirror m for spte[2 * m] and the next.
 */
mtype = { stale, current, cpu3, cpu2, cpu1, cpu0, device1, device0, old, zero, migration, none };
mtype = { NO_SECOND_INVALIDATION, CLOSED_BEFORE, OPENED_AFTER, OPENED_AND_NEVER_CLOSED, BRACKET_FOR_NONE_ONLY,
	  BRACKET_FOR_ZERO_PAGES_ONLY, ONE_PAGE_SHORT_AT_THE_START, REPLACES_WHAT_IS_NO_HOLE, NO_FIRST_INVALIDATION,
	  ENTRIES_STAY_WHILE_COPIED, NO_SET_SEQ, SET_SEQ_WITHOUT_LOCK, SET_SEQ_BEFORE_LOCK,
	  OWNER_FILTERS_EVERY_MIRROR, MAPPED_WITHOUT_SEQUENCE, RETRIES_WITH_THE_OLD_SEQUENCE };
#define is(mutant)	(MUTANT == mutant)
#define A	0			/* the mirror that migrates */
#define B	1			/* any other */

mtype pte[2] = { old, none };		/* the CPU page table: page 1 is a hole */
mtype spte[4] = none;			/* the page tables of the two mirrors */
byte active_invalidate_ranges, invalidate_seq = 2, interval_seq[2] = 1;
mtype latest[2] = { old, zero };	/* where the last write to a page went */
mtype copy_of[2] = none;		/* what the device page is a true copy of */
byte discards;
#define is_hole(entry)	(entry == none || entry == zero)
#define device(i)	(device0 + i)
#define new_page(i)	(cpu0 + 2 * discards + i)
#define is_latest(entry) (entry == latest[i] || entry == device(i) && copy_of[i] == latest[i])

/*
 * 1: A hole is replaced only inside an invalidation that covers it.
 * 3: No mirror keeps what it read before, and no read gets old data.
 * 4: An entry that is no hole any more is kept.
 * 5: A mirror that faults on the new entry gets the new data.
 */
#define check(property, condition)	assert(ONLY && ONLY != property || (condition))

inline check_mirrors() {
	for (i : 0 .. 3) {
		if :: spte[i] == none || spte[i] == pte[i % 2] :: else ->
			printf("@%d %c still maps: page %d, %e\n", _pid, 'A' + i / 2, i % 2, spte[i]) fi;
		check(3, spte[i] == none || spte[i] == pte[i % 2])
	}
}

inline read(entry) {
	printf("@%d reads %e data: page %d, %e\n", _pid, (is_latest(entry) -> current : stale), i, entry);
	check(5, is_latest(entry) || entry != device(i));
	check(3, is_latest(entry) || entry == device(i))
}

inline write(entry) {
	printf("@%d writes: page %d, %e\n", _pid, i, entry);
	copy_of[i] = (copy_of[i] == entry || entry == device(i) -> none : copy_of[i]);
	latest[i] = entry
}
inline choose(page0, page1) { if :: page0 -> i = 0 :: page1 -> i = 1 fi }

/* The callback. While A migrates it keeps what it has not collected. */
inline invalidate(m) {
	if :: is(SET_SEQ_BEFORE_LOCK) -> interval_seq[m] = cur_seq :: else fi;
	atomic {
		interval_seq[m] = (is(SET_SEQ_WITHOUT_LOCK) || is(NO_SET_SEQ) && own && m == A ->
				   interval_seq[m] : cur_seq);	/* mmu_interval_set_seq() */
		if
		:: own && (m == A && !collected || m == B && is(OWNER_FILTERS_EVERY_MIRROR))
		:: else -> spte[2 * m + first] = none; spte[2 * m + last] = none;
			printf("@%d has %c drop %d to %d\n", _pid, 'A' + m, first, last)
		fi
	}
	if :: is(SET_SEQ_WITHOUT_LOCK) -> interval_seq[m] = cur_seq :: else fi
}

#define invalidation byte cur_seq, i, first, last; bool own, collected, inside
inline invalidate_start() {
	d_step {
		active_invalidate_ranges++; invalidate_seq = invalidate_seq | 1; cur_seq = invalidate_seq;
		printf("@%d invalidates %d to %d: sequence %d\n", _pid, first, last, cur_seq)
	}
	invalidate(A); invalidate(B); inside = true
}

inline invalidate_end() {
	d_step {
		active_invalidate_ranges--; inside = false;
		invalidate_seq = invalidate_seq + (active_invalidate_ranges == 0);
		printf("@%d ends to invalidate: sequence %d\n", _pid, invalidate_seq)
	}
}

inline read_begin(m) {			/* waits for the end of an invalidation */
	atomic {
		seq = (is(RETRIES_WITH_THE_OLD_SEQUENCE) && seq -> seq : interval_seq[m]);
		printf("@%d begins to read: sequence %d\n", _pid, seq);
		invalidate_seq != seq
	}
}

inline insert_page(i) {
	atomic {
		if
		:: src[i] == zero && (is_hole(pte[i]) || is(REPLACES_WHAT_IS_NO_HOLE)) ->
			printf("@%d replaces %e: page %d, %e\n", _pid, pte[i], i, device(i));
			check(1, inside && first <= i && i <= last);
			check(4, is_hole(pte[i]));
			pte[i] = device(i)
		:: else -> src[i] = (src[i] == zero -> none : src[i])
		fi
	}
}

#define is_covered(i) (src[i] == zero && !is(NO_SECOND_INVALIDATION) && \
		       !(is(BRACKET_FOR_NONE_ONLY) && pte[i] != none) && \
		       !(is(BRACKET_FOR_ZERO_PAGES_ONLY) && pte[i] != zero))

active proctype migrator() {
	invalidation; byte seq;
	mtype src[2] = none, entry[2] = none;	/* src: a page that migrates, zero for a hole */

	d_step { own = true; last = 1 }		/* migrate_vma_setup() */
	if :: is(NO_FIRST_INVALIDATION) :: else -> invalidate_start() fi;
	atomic {
		src[0] = (is_hole(pte[0]) -> zero : pte[0]); pte[0] = (is_hole(pte[0]) -> pte[0] : migration);
		src[1] = (is_hole(pte[1]) -> zero : pte[1]); pte[1] = (is_hole(pte[1]) -> pte[1] : migration);
		printf("@%d collects %e, %e\n", _pid, src[0], src[1]); collected = true
	}
	if :: inside -> invalidate_end() :: else fi;
	if :: is(ENTRIES_STAY_WHILE_COPIED) :: else -> d_step { spte[0] = none; spte[1] = none } fi;
	atomic { printf("@%d copies\n", _pid);	/* in the window */
		 for (i : 0 .. 1) { copy_of[i] = (src[i] == latest[i] || src[i] == zero -> src[i] : none) } }
	d_step {				/* migrate_vma_pages() */
		first = (is_covered(0) && !(is(ONE_PAGE_SHORT_AT_THE_START) && is_covered(1)) -> 0 : 1);
		last = (is_covered(1) -> 1 : 0)
	}
	if :: first > last || is(OPENED_AFTER) :: else -> invalidate_start() fi;
	if :: first <= last && is(CLOSED_BEFORE) -> invalidate_end() :: else fi;
	insert_page(0); insert_page(1);
	if :: first <= last && is(OPENED_AFTER) -> invalidate_start() :: else fi;
	if :: inside && !is(OPENED_AND_NEVER_CLOSED) -> invalidate_end() :: else fi;
	atomic { printf("@%d returns from migrate_vma_pages()\n", _pid); check_mirrors() }
	atomic { printf("@%d finalizes\n", _pid);
		 for (i : 0 .. 1) { pte[i] = (pte[i] == migration -> device(i) : pte[i]) } }
again:	read_begin(A);				/* map what there is: no fault */
	d_step { entry[0] = pte[0]; entry[1] = pte[1] }
	atomic {
		if :: interval_seq[A] != seq && !is(MAPPED_WITHOUT_SEQUENCE) -> goto again :: else fi;
		for (i : 0 .. 1) {
			if :: (is(MAPPED_WITHOUT_SEQUENCE) -> src[i] == none : entry[i] != device(i)) :: else ->
				spte[i] = device(i); printf("@%d maps: page %d, %e\n", _pid, i, spte[i]);
				write(device(i)) fi
		}
	}
}

/* B or A, at any time. The other does nothing to pte[] that the CPU cannot do. */
active proctype mirror() {
	byte m, seq, i; mtype entry = none;
	atomic { if :: m = B :: m = A fi; printf("@%d is %c\n", _pid, 'A' + m) }
progress: do
	:: break
	:: atomic {
		choose(spte[2 * m] != none, spte[2 * m + 1] != none); read(spte[2 * m + i]);
		if :: spte[2 * m + i] != zero -> write(spte[2 * m + i]) :: true fi
	   }
	:: true ->
again:		read_begin(m);
		atomic {			/* hmm_range_fault() */
			choose(pte[0] != migration, pte[1] != migration);
			pte[i] = (pte[i] == none -> zero : pte[i]); entry = pte[i];
			printf("@%d gets: page %d, %e\n", _pid, i, entry)
		}
		atomic {			/* mmu_interval_read_retry() */
			if :: interval_seq[m] != seq -> goto again :: else fi;
			spte[2 * m + i] = entry; printf("@%d maps: page %d, %e\n", _pid, i, entry)
		}
	od
}

active proctype cpu() {
	invalidation;
	if
	:: atomic {
		choose(pte[0] != migration, pte[1] != migration);
		if :: pte[i] = (pte[i] == none -> zero : pte[i]); read(pte[i])
		   :: pte[i] != zero -> pte[i] = (pte[i] == none -> new_page(i) : pte[i]); write(pte[i]) fi
	   }
	:: atomic { choose(pte[0] == zero, pte[1] == zero); first = i; last = i }
		invalidate_start();		/* wp_page_copy() */
		atomic { if :: pte[i] == zero -> pte[i] = new_page(i); write(pte[i]) :: else fi };
		invalidate_end()
	fi
}

active proctype discard() {			/* MADV_DONTNEED */
	invalidation;
	if :: last = 0 :: last = 1 :: first = 1; last = 1 fi;
	invalidate_start();
	atomic { printf("@%d discards %d to %d\n", _pid, first, last); discards++;
		 for (i : first .. last) { pte[i] = none; latest[i] = zero } }
	invalidate_end()
}
active proctype quiet() { byte i; atomic { timeout -> check_mirrors() } }
