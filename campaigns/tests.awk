# Reads what a program of the kselftest harness says with -l, a table of fixture, variants
# and tests, and prints the name of each test that it makes of them.

function end_fixture(	v, t)
{
	for (v = 1; v <= variants || v == 1; v++)
		for (t = 1; t <= tests; t++)
			print fixture "." (variants ? variant[v] "." : "") test[t]
	variants = tests = 0
}

/^# / { next }
/^--/ { end_fixture(); next }
{
	if (/^[^ ]/)
		fixture = $1
	# A long name of a variant reaches into the column of the tests.
	words = split(substr($0, 22), word, " ")
	if (substr($0, 22, 1) != " ")
		variant[++variants] = word[1]
	if (words && (words == 2 || word[1] != variant[variants]))
		test[++tests] = word[words]
}
END { end_fixture() }
