# Reads splat.deny, splat.allow, expected-failures, the console and the
# results, in this order; see vm/verdict.

{ name = FILENAME; sub(/.*\//, "", name) }

name == "splat.deny" {
	if (!/^#/ && NF)
		deny[++denied] = $0
	next
}

name == "splat.allow" {
	if (!/^#/ && NF)
		allow[++allowed] = $0
	next
}

name == "expected-failures" {
	if (!/^#/ && $1 == version)
		expected[$2] = $0
	next
}

name == "console.txt" {
	if (/ init: end of the console$/)
		all_said = 1
	for (i = 1; i <= denied; i++)
		if ($0 ~ deny[i])
			break
	if (i > denied)
		next
	for (i = 1; i <= allowed; i++)
		if ($0 ~ allow[i])
			next
	if (++splats <= 8)
		splat[splats] = $0
	next
}

# From here on it is the results.

/^TAP version 13$/ { next }

/^1\.\.[0-9]+$/ {
	if (plan != "")
		broken("a second plan: " $0)
	plan = substr($0, 4) + 0
	next
}

/^# +RUN +[A-Za-z0-9_.]+ \.\.\.$/ { running = $3; next }

# Before 6.12 the harness gives a skipped test no name.
/^ok [0-9]+ # SKIP/ && running { sub(/#/, running " #") }

/^(not )?ok [0-9]+ [A-Za-z0-9_.]+( # (SKIP|XFAIL|XPASS).*)?$/ {
	ok = !sub(/^not /, "")
	if ($2 != ++results)
		broken("result " results " is missing: " $0)
	test[results] = $3
	skip[results] = $5 == "SKIP"
	detail[results] = notes
	notes = ""
	running = ""
	if (ok && skip[results])
		skipped++
	else if (ok && $5 != "XFAIL" && $3 in expected)
		fail(results, "passed, and expected-failures lists it")
	else if (ok || $3 in expected)
		passed += !(tolerated[results] = !ok)
	else
		fail(results, "failed")
	not_ok += !ok
	next
}

/^# exit status [0-9]+$/ { exit_status = $4; next }
/^# taint [0-9]+$/ { taint = $3; next }
/^# end$/ { end++; next }

/ok [0-9]+ / && !/^#/ {
	broken("a result that cannot be read: " $0)
}

# How much was done so far.
/^# stress, [a-z]+, [0-9]+ s: / {
	said[$3] = substr($0, 3)
	next
}

/^# .*:.*:.*/ { if (length(notes) < 600) notes = notes $0 "\n" }

function broken(why) { if (!reason) reason = why }

function fail(nr, why)
{
	failed++
	failure[nr] = why
}

function xml(text)
{
	gsub(/&/, "\\&amp;", text)
	gsub(/</, "\\&lt;", text)
	gsub(/>/, "\\&gt;", text)
	gsub(/"/, "\\&quot;", text)
	gsub(/[\001-\010\013\014\016-\037]/, "?", text)
	return text
}

function indent(text)
{
	gsub(/\n/, "\n    ", text)
	return "    " text
}

END {
	if (ended == "timeout")
		broken("the machine hung" \
		       (running ? " in " running : exit_status == "" ? "" : \
			", most likely when it unloaded test_hmm"))
	else if (plan == "")
		broken("there is no plan: no test was started")
	else if (results < plan)
		broken(results + 0 " of " plan " results" \
		       (running ? ", the last test to start was " running : ""))
	else if (results > plan)
		broken(results " results, and a plan of " plan)
	if (end != 1)
		broken("the end marker is missing")
	if (!all_said)
		broken("the console ends before the run does")
	if (taint == "")
		broken("the taint was not reported")
	if (exit_status != (not_ok ? 256 : 0))
		broken("hmm-tests ended with wait status '" exit_status \
		       "' after " not_ok + 0 " results not ok")
	if (results == skipped)
		broken("nothing was tested")
	complained = splats || taint > 0
	if (reason && ended == "killed")
		reason = reason " (QEMU was killed)"
	verdict = failed || complained ? 1 : reason ? 2 : 0

	# For people.
	for (i = 1; i <= results; i++)
		if (failure[i])
			printf "FAILED %s: %s\n%s", test[i], failure[i],
			       detail[i] ? detail[i] : ""
		else if (tolerated[i])
			printf "expected failure: %s\n", expected[test[i]]
	for (i in said)
		print said[i]
	if (complained)
		printf "KERNEL%s%s\n", (taint > 0 ? ", taint " taint : ""),
		       (running && reason ? ", while " running " ran" : "")
	for (i = 1; i in splat; i++)
		printf "    %s\n", splat[i]
	if (reason)
		printf "INCOMPLETE: %s\n", reason
	split("PASS FAIL ERROR", word, " ")
	printf "%s: %s, %s: %d passed, %d failed, %d skipped, of %s\n",
	       word[verdict + 1], what, accel, passed, failed, skipped,
	       plan == "" ? "none" : plan

	# For machines: a test of its own for all that is not a result.
	log_text = ""
	for (i = 1; i in splat; i++)
		log_text = log_text splat[i] "\n"
	print "KTAP version 1\n1..2" > ktap
	print "    KTAP version 1\n    1.." plan + 0 > ktap
	printf "<testsuite name=\"hmm-tests %s\" tests=\"%d\" " \
	       "failures=\"%d\" errors=\"%d\" skipped=\"%d\">\n", what,
	       results + 2, failed + complained, reason != "", skipped > junit
	for (i = 1; i <= results; i++) {
		note = skip[i] ? " # SKIP" : tolerated[i] ? " # XFAIL" : ""
		printf "    %sok %d %s%s\n", (failure[i] ? "not " : ""), i,
		       test[i], note > ktap
		printf "<testcase classname=\"hmm-tests\" name=\"%s\">",
		       test[i] > junit
		if (failure[i])
			printf "<failure message=\"%s\">%s</failure>",
			       failure[i], xml(detail[i]) > junit
		else if (skip[i] || tolerated[i])
			printf "<skipped/>" > junit
		print "</testcase>" > junit
	}
	if (reason)
		printf "# %s\n", reason > ktap
	printf "%sok 1 hmm-tests\n", (failed || reason ? "not " : "") > ktap
	printf "%sok 2 kernel-log\n", (complained ? "not " : "") > ktap
	printf "<testcase classname=\"run\" name=\"complete\">%s</testcase>\n",
	       (reason ? "<error message=\"" xml(reason) "\"/>" : "") > junit
	printf "<testcase classname=\"run\" name=\"kernel-log\">%s</testcase>\n",
	       (complained ? "<failure message=\"taint " taint + 0 "\">" \
	       xml(log_text) "</failure>" : "") > junit
	print "</testsuite>" > junit
	exit 10 + verdict	# an awk that fails ends with 2
}
