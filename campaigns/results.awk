# Reads the file kernels, the mutants that there are, those by machine that change
# nothing, and results/*, and prints README's tables. See campaigns/results.

FILENAME ~ /kernels$/ {
	if (!/^#/ && NF) {
		version[++versions] = $1
		package[$1] = $3
	}
	next
}

FILENAME ~ /mutants-now$/ { mutant[++mutants] = $0; next }
FILENAME ~ /equivalent$/ { equivalent[$1]; next }

FNR == 1 {
	part = FILENAME
	sub(/.*\//, "", part)
	sub(/\.[0-9]+of[0-9]+$/, "", part)
	seen[part]
	next
}

/^# exit status [0-9]+, / {
	if ($4 + 0 > status[part])
		status[part] = $4 + 0
	next
}

part ~ /^(run|stress)-/ && /^(PASS|FAIL|ERROR): / {
	verdict = $1 == "PASS:" ? "" : $1 " "
	sub(/^[A-Z]+: [^:]*: /, "")
	sub(/, of .*/, "")
	text[part] = verdict $0
}
part ~ /^stress-/ && /^stress, / {
	# How many, and of what: kernels differ in what they can count.
	gsub(/^[^:]*: (at least )?| \(.*/, "")
	moved[part] += $1
	sub(/^[0-9]*/, "")
	unit[part] = $0
}
part ~ /^mutants-/ && !/^#/ { result[$2 " " $1 " " $NF] = $3; next }
# What does not compile is in each shard.
part ~ /^by-machine-/ && !/^#/ && !((part, $1) in counted) {
	counted[part, $1]
	n[part, $3 == "alive" && $1 in equivalent ? "equivalent" : $3]++
	if ($3 == "killed" && $1 in equivalent)
		noticed = noticed " " $1
}
part ~ /^bisect-/ && /^(not )?ok / { count[part]++; n[part, $1]++ }
part ~ /^(bench|span|model)$/ { last[part] = $0 }

# What a part says, or that it was not run.
function say(part)
{
	if (!(part in seen))
		return "-"
	if (part ~ /^run-/)
		return text[part]
	if (part ~ /^stress-/)
		return (status[part] ? "FAIL" : "pass") ", " moved[part] unit[part]
	if (part ~ /^mutants-/)
		return n[part, "killed"] + 0 " of " count[part]
	if (part ~ /^bisect-/)
		return n[part, "ok"] + 0 " of " count[part]
}

END {
	for (i = 1; i <= mutants; i++) {
		split(mutant[i], of, " ")
		part = "mutants-" of[1]
		if (!(part in seen))
			continue
		count[part]++
		if (mutant[i] in result) {
			n[part, result[mutant[i]]]++
			if (of[2] == "no-second-invalidation")
				second[of[1]] = result[mutant[i]]
		} else {
			missing[part] = missing[part] " " of[2]
		}
	}
	for (part in missing) {
		print "results: make proof PART=" part " MUTANTS='" substr(missing[part], 2) \
			"': these were not run as they are now" > "/dev/stderr"
		exit 2
	}
	if (noticed) {
		print "results: mutants/by-machine.equivalent has what a test sees;" \
			" take it out:" noticed > "/dev/stderr"
		exit 2
	}
	print "| kernel | tests | without the second invalidation | mutants killed | with KASAN, lockdep, ... | with KCSAN | patches after which all passes | 10 min of stress |"
	print "|---|---|---|---|---|---|---|---|"
	for (i = 1; i <= versions; i++) {
		v = version[i]
		printf "| %s (%s) | %s | %s | %s | %s | %s | %s | %s |\n", v, package[v],
		       say("run-" v), v in second ? second[v] : "-", say("mutants-" v),
		       say("run-" v "-debug"), say("run-" v "-kcsan"),
		       say("bisect-" v), say("stress-" v)
	}
	for (i = 1; i <= split("arm64 arm64-64k", arch, " "); i++) {
		part = "run-" version[1] "-" arch[i]
		if (part in seen)
			printf "| %s (%s), %s | %s | - | - | - | - | - | - |\n", version[1],
			       package[version[1]], arch[i], say(part)
	}
	part = "by-machine-" version[1]
	if (part in seen)
		printf "\nMutants of %s that are made by machine: %d killed, %d live; " \
		       "%d change nothing, %d do not compile.\n", version[1],
		       n[part, "killed"], n[part, "alive"], n[part, "equivalent"],
		       n[part, "uncompiled"]
	for (i = 1; i <= split("bench span model", name, " "); i++)
		if (name[i] in seen && status[name[i]])
			printf "\n%s: FAIL: %s\n", name[i], last[name[i]]
}
