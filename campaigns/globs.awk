# What campaigns/mutants shares between its awks: the lines of a mutant that name tests,
# KIND: GLOB [KERNEL...], those for the kernel version.

function regex(glob)
{
	gsub(/\./, "\\.", glob)
	gsub(/\*/, "[A-Za-z0-9_]*", glob)
	return "^" glob "$"
}

function read_glob(	i, mine)
{
	if (/^Hangs: in /) {
		# Where it ends it is no different from a panic.
		kind[++globs] = "Panics"
		pattern[globs] = regex($3)
	}
	if (!/^(Fails|May|Panics): /)
		return
	mine = NF == 2
	for (i = 3; i <= NF; i++)
		mine = mine || $i "" == version ""
	if (!mine)
		return
	kind[++globs] = substr($1, 1, length($1) - 1)
	text[globs] = $2
	pattern[globs] = regex($2)
}

# Is a test named by a line of this kind?
function is(test, of,	i, found)
{
	for (i = 1; i <= globs; i++)
		if (kind[i] == of && test ~ pattern[i])
			found = used[i] = 1
	return found
}
