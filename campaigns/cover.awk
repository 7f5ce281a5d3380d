# Goes behind globs.awk. Reads mutants, and last a list of tests, and prints a few of these:
# with each mutant one of them fails. It takes, again and again, the test that most of the
# mutants name that are left.

FNR == 1 { file++ }
file < ARGC - 1 {
	if (FNR == 1)
		first[++mutants] = globs + 1
	read_glob()
	last[mutants] = globs
	next
}
{
	test[++tests] = $0
	for (m = 1; m <= mutants; m++)
		for (i = first[m]; i <= last[m]; i++)
			if (kind[i] == "Fails" && $0 ~ pattern[i])
				names[tests, m]
}
END {
	for (;;) {
		best = most = 0
		for (t = 1; t <= tests; t++) {
			n = 0
			for (m = 1; m <= mutants; m++)
				n += !(m in killed) && ((t, m) in names)
			if (n > most) {
				most = n
				best = t
			}
		}
		if (!best)
			break
		print test[best]
		for (m = 1; m <= mutants; m++)
			if ((best, m) in names)
				killed[m]
	}
}
