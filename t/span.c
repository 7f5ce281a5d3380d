// SPDX-License-Identifier: GPL-2.0
/*
 * All layouts of up to eight entries, through the function of the kernel that
 * chooses what the second invalidation covers. A large hole has four entries here; a
 * large page is offered for a small hole in layouts of up to five.
 * fill_holes.h is that function, taken from mm/migrate_device.c by t/span.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_SIZE		4096UL
#define PTRS_PER_PTE		4UL
#define HPAGE_PMD_NR		4UL
#define MIGRATE_PFN_VALID	1UL
#define MIGRATE_PFN_MIGRATE	2UL
#define MIGRATE_PFN_COMPOUND	4UL
#define MMU_NOTIFY_MIGRATE	7
#define MAX			8
#define START			(64 * PAGE_SIZE)
#define min(a, b)		((a) < (b) ? (a) : (b))
#define pte_index(addr)		((addr) / PAGE_SIZE % PTRS_PER_PTE)
#define pmd_off(mm, addr)	NULL

typedef int pmd_t;
struct page;
struct mm_struct;

struct vm_area_struct {
	struct mm_struct *vm_mm;
	bool anonymous, missing;
};

struct migrate_vma {
	struct vm_area_struct *vma;
	unsigned long *src, *dst, npages, start;
	void *pgmap_owner;
};

struct mmu_notifier_range {
	unsigned long start, end;
};

/* What has happened. */
static struct mmu_notifier_range raised;
static unsigned int starts, ends, refuses;
static bool outside, filled[MAX];

static bool vma_is_anonymous(struct vm_area_struct *vma)
{
	return vma->anonymous;
}

static bool userfaultfd_missing(struct vm_area_struct *vma)
{
	return vma->missing;
}

static struct page *migrate_pfn_to_page(unsigned long pfn)
{
	return pfn & MIGRATE_PFN_VALID ? (struct page *)&raised : NULL;
}

static unsigned long migrate_vma_nr_pages(unsigned long *src)
{
	return *src & MIGRATE_PFN_COMPOUND ? HPAGE_PMD_NR : 1;
}

static void mmu_notifier_range_init_owner(struct mmu_notifier_range *range,
					  int event, unsigned int flags,
					  struct mm_struct *mm,
					  unsigned long start,
					  unsigned long end, void *owner)
{
	range->start = start;
	range->end = end;
	outside |= event != MMU_NOTIFY_MIGRATE || owner != &raised;
}

static void mmu_notifier_invalidate_range_start(struct mmu_notifier_range *range)
{
	starts++;
	raised = *range;
}

static void mmu_notifier_invalidate_range_end(struct mmu_notifier_range *range)
{
	ends++;
	outside |= range->start != raised.start || range->end != raised.end;
}

/* Returns whether the entry still is a hole. */
static bool insert(unsigned long i, unsigned long nr)
{
	unsigned long addr = START + i * PAGE_SIZE;

	outside |= starts != 1 || ends || addr < raised.start ||
		   addr + nr * PAGE_SIZE > raised.end || filled[i];
	filled[i] = true;
	return !(refuses & 1U << i);
}

static void migrate_vma_insert_page(struct migrate_vma *migrate,
				    unsigned long addr, unsigned long *dst,
				    unsigned long *src)
{
	unsigned long nr = *dst & MIGRATE_PFN_COMPOUND ? HPAGE_PMD_NR : 1;

	if (!insert((addr - migrate->start) / PAGE_SIZE, nr))
		*src &= ~MIGRATE_PFN_MIGRATE;
}

/* The same of the topic fill-holes-fast. */
static bool migrate_vma_prepare_table(struct migrate_vma *migrate,
				      unsigned long addr, bool large)
{
	return true;
}

static bool migrate_vma_prepare_page(struct migrate_vma *migrate,
				     unsigned long addr, unsigned long dst)
{
	return true;
}

static bool migrate_vma_insert_huge_pmd_page(struct migrate_vma *migrate,
					     unsigned long addr,
					     struct page *page, pmd_t *pmdp)
{
	return insert((addr - migrate->start) / PAGE_SIZE, HPAGE_PMD_NR);
}

static bool migrate_vma_is_hole(unsigned long src);

static void migrate_vma_fill_table(struct migrate_vma *migrate,
				   unsigned long first, unsigned long nr)
{
	unsigned long i;

	for (i = first; i < first + nr; i++)
		if (migrate_vma_is_hole(migrate->src[i]) && !insert(i, 1))
			migrate->src[i] &= ~MIGRATE_PFN_MIGRATE;
}

#include "fill_holes.h"

static unsigned long checked;

static void check(const unsigned long *src, const unsigned long *dst,
		  unsigned long npages, bool refused)
{
	unsigned long s[MAX], d[MAX], first = npages, end = 0, i, nr;
	struct vm_area_struct vma = { .anonymous = true, .missing = refused };
	struct migrate_vma migrate = { &vma, s, d, npages, START, &raised };
	bool want[MAX] = {}, part[MAX] = {}, large[MAX] = {}, bad;

	for (i = 0; i < npages; i += nr) {
		unsigned long j;

		nr = 1;
		if ((src[i] & 3) != MIGRATE_PFN_MIGRATE)
			continue;
		if (src[i] & MIGRATE_PFN_COMPOUND)
			nr = HPAGE_PMD_NR;
		large[i] = nr > 1 && dst[i] & MIGRATE_PFN_COMPOUND;
		for (j = i; j < i + nr; j++) {
			part[j] = true;
			want[j] = !refused && dst[j] & MIGRATE_PFN_VALID &&
				  (large[i] ? j == i :
				   !(dst[j] & MIGRATE_PFN_COMPOUND));
			if (!want[j])
				continue;
			first = min(first, j);
			end = large[i] ? i + nr : j + 1;
		}
	}

	memcpy(s, src, sizeof(s));
	memcpy(d, dst, sizeof(d));
	memset(filled, 0, sizeof(filled));
	memset(&raised, 0, sizeof(raised));
	starts = ends = 0;
	outside = false;
	migrate_vma_fill_holes(&migrate);

	bad = outside || starts != !!end || ends != !!end ||
	      memcmp(filled, want, sizeof(want));
	if (end)
		bad |= raised.start != START + first * PAGE_SIZE ||
		       raised.end != START + end * PAGE_SIZE;
	for (i = 0; i < npages; i++) {
		/* Page entries are as they were, holes say whether they were filled. */
		if (part[i])
			bad |= !!(s[i] & MIGRATE_PFN_MIGRATE) !=
			       (want[i] && !(refuses & 1U << i)) ||
			       !!(s[i] & MIGRATE_PFN_COMPOUND) != large[i];
		else
			bad |= s[i] != src[i];
		bad |= d[i] != dst[i];
	}
	checked++;
	if (!bad)
		return;
	printf("# refused %d, refuses %x, range [%ld, %ld), src, dst:", refused,
	       refuses, (long)(raised.start / PAGE_SIZE) - 64,
	       (long)(raised.end / PAGE_SIZE) - 64);
	for (i = 0; i < npages; i++)
		printf(" %lx,%lx", src[i], dst[i]);
	printf("\n");
	exit(1);
}

/* Choose the entries from @i on. */
static void choose(unsigned long *src, unsigned long *dst, unsigned long i,
		   unsigned long npages)
{
	static const unsigned long srcs[] = {
		0, MIGRATE_PFN_VALID | MIGRATE_PFN_MIGRATE, MIGRATE_PFN_MIGRATE,
	};
	const unsigned long small = MIGRATE_PFN_VALID;
	unsigned long a, b, j;

	if (i == npages) {
		check(src, dst, npages, false);
		if (!refuses)
			check(src, dst, npages, true);
		return;
	}
	for (a = 0; a < 3; a++) {
		src[i] = srcs[a];
		for (b = 0; b < 2 + (npages <= 5); b++) {
			dst[i] = b ? small : 0;
			if (b == 2)
				dst[i] |= MIGRATE_PFN_COMPOUND;
			choose(src, dst, i + 1, npages);
		}
	}
	if (i % HPAGE_PMD_NR || i + HPAGE_PMD_NR > npages)
		return;
	src[i] = MIGRATE_PFN_MIGRATE | MIGRATE_PFN_COMPOUND;
	for (j = 1; j < HPAGE_PMD_NR; j++)
		src[i + j] = 0;
	for (b = 0; b < 1U << HPAGE_PMD_NR; b++) {
		for (j = 0; j < HPAGE_PMD_NR; j++)
			dst[i + j] = b & 1U << j ? small : 0;
		choose(src, dst, i + HPAGE_PMD_NR, npages);
	}
	memset(dst + i, 0, HPAGE_PMD_NR * sizeof(*dst));
	dst[i] = small | MIGRATE_PFN_COMPOUND;
	choose(src, dst, i + HPAGE_PMD_NR, npages);
}

int main(void)
{
	static const unsigned int patterns[] = { 0, 0xff, 0x2b };
	unsigned long src[MAX] = {}, dst[MAX] = {}, npages, i;

	for (i = 0; i < 3; i++) {
		refuses = patterns[i];
		for (npages = 1; npages <= MAX - 2 * !!i; npages++)
			choose(src, dst, 0, npages);
	}
	printf("# %lu layouts\n", checked);
	return 0;
}
