# Reads the KTAP of the run of each mutant, named mutant-VERSION-MUTANT.ktap, and
# prints which test fails with which mutant, for people, and all of it to the
# file tsv. See campaigns/mutants.
#
# A column is a test, in all variants of its fixture. Of a fixture of many tests
# there is one column, with the number of results that failed.

FNR == 1 {
	mutant[++mutants] = FILENAME
	sub(/^mutant-[^-]*-/, "", mutant[mutants])
	sub(/\.ktap$/, "", mutant[mutants])
}

/^    (not )?ok / && !/ # did not (end|run)$/ {
	failed = sub(/not /, "")
	result($3, failed ? "F" : ".")
}

/^# panic in / { result($4, "P") }

function result(name, is,	part, parts, column)
{
	cell[mutants, name] = is
	if (is != ".")
		noticed[name] = 1
	if (name in column_of)
		return
	test[++tests] = name
	parts = split(name, part, ".")
	column = part[1] "." part[parts]
	column_of[name] = column
	if (column in seen)
		return
	seen[column] = 1
	if (!(part[1] in columns))
		fixture[++fixtures] = part[1]
	of_fixture[part[1], ++columns[part[1]]] = part[parts]
}

# What one mutant does in each column and in each fixture.
function add_up(m,	i, is, column, part)
{
	split("", ran)
	split("", bad)
	split("", panic)
	for (i = 1; i <= tests; i++) {
		if (!((m, test[i]) in cell))
			continue
		is = cell[m, test[i]]
		column = column_of[test[i]]
		split(column, part, ".")
		ran[column]++
		ran[part[1]]++
		bad[column] += is == "F"
		bad[part[1]] += is == "F"
		if (is == "P")
			panic[column] = panic[part[1]] = 1
	}
}

function mark(of, counted)
{
	if (!(of in ran))
		return " "
	if (of in panic)
		return "P"
	if (!bad[of])
		return "."
	if (counted)
		return bad[of]
	return bad[of] == ran[of] ? "#" : "+"
}

# Names, in lines of 100 columns.
function fill(head, names,	n, i, word, line)
{
	n = split(names, word, " ")
	line = head
	for (i = 1; i <= n; i++) {
		if (length(line) + 1 + length(word[i]) > 100) {
			print line
			line = "       "
		}
		line = line " " word[i]
	}
	print line
}

END {
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for (m = 1; m <= mutants; m++)
		if (length(mutant[m]) > width)
			width = length(mutant[m])

	print "# all that failed in a column, + some, P the kernel panicked," \
	      " . none, blank: not run"
	head = sprintf("%-" width "s", "")
	for (f = 1; f <= fixtures; f++) {
		name = fixture[f]
		counted[f] = columns[name] > 10
		if (counted[f]) {
			head = head sprintf(" %4s", name)
			continue
		}
		head = head " "
		legend[f] = ""
		for (c = 1; c <= columns[name]; c++) {
			letter = substr(letters, ++used, 1)
			head = head letter
			legend[f] = legend[f] " " letter "=" of_fixture[name, c]
		}
	}
	print head
	for (m = 1; m <= mutants; m++) {
		add_up(m)
		line = sprintf("%-" width "s", mutant[m])
		for (f = 1; f <= fixtures; f++) {
			name = fixture[f]
			if (counted[f]) {
				line = line sprintf(" %4s", mark(name, 1))
				continue
			}
			line = line " "
			for (c = 1; c <= columns[name]; c++)
				line = line mark(name "." of_fixture[name, c])
		}
		sub(/ +$/, "", line)
		print line
	}
	for (f = 1; f <= fixtures; f++)
		if (!counted[f])
			fill(fixture[f] ":", legend[f])

	line = "mutant"
	for (i = 1; i <= tests; i++)
		line = line "\t" test[i]
	print line > tsv
	for (m = 1; m <= mutants; m++) {
		line = mutant[m]
		for (i = 1; i <= tests; i++)
			line = line "\t" ((m, test[i]) in cell ? cell[m, test[i]] : "")
		print line > tsv
	}

	print "tests that no mutant fails:"
	for (i = 1; i <= tests; i++) {
		if (test[i] in noticed)
			continue
		name = test[i]
		sub(/\.[^.]*$/, "", name)
		if (name != group)
			fill_group()
		group = name
		unnoticed = unnoticed " " substr(test[i], length(name) + 2)
	}
	fill_group()
}

function fill_group()
{
	if (unnoticed != "")
		fill("    " group ":", unnoticed)
	unnoticed = ""
}
