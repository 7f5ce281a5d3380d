# Reads splat.deny, splat.allow, expected-failures, expected-skips, expected-tests,
# what QEMU said, the console and the results, in this order; see verdict/judge.

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
	if (!/^#/ && $1 "" == version "")
		expected[$2] = $0
	next
}

name == "expected-skips" {
	if (!/^#/ && $1 "" == version "") {
		gsub(/\./, "\\.", $2)
		gsub(/\*/, "[A-Za-z0-9_]*", $2)
		may_skip[++may_skips] = "^" $2 "$"
	}
	next
}

name == "expected-tests" {
	if (!/^#/ && $1 "" == version "")
		expected_tests = $2
	next
}

name == "qemu.txt" {
	if (!qemu_said)
		qemu_said = $0
	next
}

name == "console.txt" {
	if (/ Linux version / && !kernel) {
		kernel = $0
		sub(/.*Linux version /, "", kernel)
	}
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

# From here on it is the results: p is the program that runs, t a test.

/^# init: / {
	if (!init_said)
		init_said = substr($0, 3)
	next
}

/^# program [A-Za-z0-9_-]+$/ {
	if (p)
		broken(program[p] " has no exit status")
	program[p = ++programs] = $3
	running = ""
	next
}

/^# exit status [A-Za-z0-9_-]+ [0-9]+$/ {
	if (!p || $4 != program[p])
		broken("an exit status of " $4 ", which does not run")
	else {
		exit_status[p] = $5
		stuck[p] = running
	}
	p = 0
	next
}

/^TAP version 13$/ { tap[p]++; next }

/^1\.\.[0-9]?[0-9]?[0-9]?[0-9]$/ {
	if (!p || p in plan)
		broken("a second plan, or one of no program: " $0)
	planned += plan[p] = substr($0, 4) + 0
	next
}

/^# +RUN +[A-Za-z0-9_.]+ \.\.\.$/ {
	running = $3
	runs[p]++
	next
}

# Before 6.12 the harness gives a skipped test no name.
/^ok [0-9]+ # SKIP/ && running { sub(/#/, running " #") }

/^(not )?ok [0-9]+ [A-Za-z0-9_.]+( # (SKIP|XFAIL|XPASS).*)?$/ {
	ok = !sub(/^not /, "")
	if (!p)
		broken("a result of no program: " $0)
	else if ($2 != ++results[p])
		broken("result " results[p] " is missing: " $0)
	else if ($3 != running && !odd[p])
		odd[p] = $0
	test[++tests] = $3
	program_of[tests] = p
	skip[tests] = $5 == "SKIP"
	detail[tests] = notes
	if (ok && skip[tests]) {
		skipped++
		reason_of[tests] = $0
		sub(/.*# SKIP */, "", reason_of[tests])
		if (!partial && !may_be_skipped($3))
			broken("skipped, and expected-skips does not list it: " $3)
	} else if (ok && $5 != "XFAIL" && $3 in expected)
		fail(tests, "passed, and expected-failures lists it")
	else if (ok && $5 ~ /^X/ && !($3 in expected))
		fail(tests, $5 ", and expected-failures does not list it")
	else if (ok || $3 in expected)
		passed += !(tolerated[tests] = !ok)
	else
		fail(tests, out_of_time ? "ran out of time" : "failed")
	not_ok[p] += !ok
	notes = running = ""
	out_of_time = 0
	next
}

/^# taint [0-9]+$/ {
	taint += $3
	taints++
	next
}
/^# end$/ { end++; next }

/ok [0-9]+ ([A-Za-z0-9_]+\.|#)/ && !/^#/ {
	broken("a result that cannot be read: " $0)
}

/^# [A-Za-z0-9_]+: Test terminated by timeout$/ { out_of_time = 1; next }

# How much was done so far.
/^# stress, [a-z]+, [0-9]+ s: / {
	said[$3] = substr($0, 3)
	next
}

/^# .*:.*:.*/ { if (length(notes) < 600) notes = notes $0 "\n" }

function broken(why) { if (!reason) reason = why }

function fail(t, why)
{
	failed++
	failure[t] = why
}

function may_be_skipped(test,    i)
{
	for (i = 1; i <= may_skips; i++)
		if (test ~ may_skip[i])
			return 1
	return 0
}

# What is wrong with one program.
function check_program(p)
{
	if (tap[p] != 1)
		broken(program[p] " says 'TAP version 13' " tap[p] + 0 " times")
	if (!(p in plan))
		broken("there is no plan of " program[p])
	else if (results[p] < plan[p])
		broken(results[p] + 0 " of " plan[p] " results" \
		       (stuck[p] ? ", the last test to start was " stuck[p] : ""))
	else if (results[p] > plan[p])
		broken(results[p] " results, and a plan of " plan[p])
	# A program without the harness of kselftest does not say what runs.
	if (runs[p] && odd[p])
		broken("a result of a test that did not run: " odd[p])
	if (!(p in exit_status) || exit_status[p] != (not_ok[p] ? 256 : 0))
		broken(program[p] " ended with wait status '" exit_status[p] \
		       "' after " not_ok[p] + 0 " results not ok")
}

function how_qemu_ended()
{
	if (ended == "killed")
		return "QEMU was killed"
	if (ended ~ /^status ([2-9]|[0-9][0-9])/)
		return "QEMU ended with " ended \
		       (substr(ended, 8) > 128 ? \
			", by signal " substr(ended, 8) - 128 : "")
	if (ended !~ /^(status|silent|limit) /)
		return "nothing says how QEMU ended"
	if (!kernel && qemu_said)
		return "QEMU said: " qemu_said
	return ""
}

function xml(text)
{
	gsub(/&/, "\\&amp;", text)
	gsub(/</, "\\&lt;", text)
	gsub(/>/, "\\&gt;", text)
	gsub(/"/, "\\&quot;", text)
	return text
}

function property(name, value)
{
	printf "<property name=\"%s\" value=\"%s\"/>\n", name, xml(value) > junit
}

# testcase(CLASS, NAME, ELEMENT, MESSAGE, TEXT): ELEMENT says how it failed, or "".
function testcase(class, name, element, message, text)
{
	printf "<testcase classname=\"%s\" name=\"%s\">", class, name > junit
	if (element)
		printf "<%s message=\"%s\">%s</%s>", element, xml(message),
		       xml(text), element > junit
	print "</testcase>" > junit
}

# The tests of one program, as a subtest: one line for each of the plan, also for
# those that did not run, whose names nobody has said.
function ktap_program(p,    t, n, line, lines, i, all)
{
	if (p in plan && !plan[p] && !results[p]) {
		printf "ok %d %s # SKIP no test was asked for\n", p, program[p] > ktap
		return
	}
	all = results[p] + (stuck[p] != "")
	if (all < plan[p])
		all = plan[p]
	if (all)
		printf "    KTAP version 1\n    # Subtest: %s\n    1..%d\n",
		       program[p], all > ktap
	for (t = 1; t <= tests; t++) {
		if (program_of[t] != p)
			continue
		lines = failure[t] ? split(detail[t], line, "\n") : 0
		for (i = 1; i < lines; i++)
			print "    " line[i] > ktap
		printf "    %sok %d %s%s\n", (failure[t] ? "not " : ""), ++n, test[t],
		       skip[t] ? " # SKIP " reason_of[t] : \
		       tolerated[t] ? " # XFAIL" : "" > ktap
	}
	if (stuck[p])
		printf "    not ok %d %s # did not end\n", ++n, stuck[p] > ktap
	while (n < all)
		printf "    not ok %d unknown # did not run\n", ++n > ktap
	printf "%sok %d %s\n", (bad[p] || !(p in exit_status) || \
	       results[p] != plan[p] ? "not " : ""), p, program[p] > ktap
}

END {
	if (p)
		stuck[p] = running
	if (ended ~ /^(silent|limit)/) {
		split(ended, limit, " ")
		broken("the machine hung" (running ? " in " running : \
		       programs && !p ? ", most likely when it unloaded test_hmm" : "") \
		       " (" (limit[1] == "silent" ? "no line for " : "not done after ") \
		       limit[2] " s under " accel ")")
	} else if (!programs)
		broken("there is no plan: no test was started")
	for (i = 1; i <= programs; i++)
		check_program(i)
	if (end != 1)
		broken("the end marker is missing")
	if (!all_said)
		broken("the console ends before the run does")
	if (taints != 1)
		broken("the taint was reported " taints + 0 " times")
	if (tests == skipped)
		broken("nothing was tested")
	if (!partial && expected_tests == "")
		broken("expected-tests does not know " version)
	else if (!partial && expected_tests != tests)
		broken(tests + 0 " tests, and expected-tests says " expected_tests)
	if (init_said)
		reason = init_said
	qemu = how_qemu_ended()
	if (qemu)
		reason = reason ? reason " (" qemu ")" : qemu
	complained = splats || taint > 0
	verdict = failed || complained ? 1 : reason ? 2 : 0

	# For people.
	for (i = 1; i <= tests; i++)
		if (failure[i]) {
			printf "FAILED %s: %s\n%s", test[i], failure[i], detail[i]
			bad[program_of[i]] = 1
		} else if (tolerated[i])
			printf "expected failure: %s\n", expected[test[i]]
		else if (skip[i])
			printf "skipped %s: %s\n", test[i], reason_of[i]
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
	       planned == "" ? "none" : planned

	# For machines: a test of its own for all that is not a result.
	log_text = ""
	for (i = 1; i in splat; i++)
		log_text = log_text splat[i] "\n"
	printf "KTAP version 1\n1..%d\n", programs + 2 > ktap
	for (i = 1; i <= programs; i++)
		ktap_program(i)
	if (reason)
		printf "# %s\n", reason > ktap
	printf "%sok %d complete\n", (reason ? "not " : ""), programs + 1 > ktap
	for (i = 1; i in splat; i++)
		printf "# %s\n", splat[i] > ktap
	printf "%sok %d kernel-log\n", (complained ? "not " : ""),
	       programs + 2 > ktap

	for (i = 1; i <= programs; i++)
		hung += stuck[i] != ""
	printf "<testsuite name=\"hmm %s\" tests=\"%d\" failures=\"%d\" " \
	       "errors=\"%d\" skipped=\"%d\" time=\"%d\">\n<properties>\n", what,
	       tests + hung + 2, failed + complained, hung + (reason != ""),
	       skipped, seconds > junit
	property("kernel", kernel)
	property("accelerator", accel (why ? ": " why : ""))
	property("partial", partial ? "yes" : "no")
	print "</properties>" > junit
	for (i = 1; i <= tests; i++)
		testcase(program[program_of[i]], test[i], failure[i] ? "failure" : \
			 skip[i] || tolerated[i] ? "skipped" : "",
			 failure[i] ? failure[i] : tolerated[i] ? \
			 expected[test[i]] : reason_of[i],
			 failure[i] ? detail[i] : "")
	for (i = 1; i <= programs; i++)
		if (stuck[i])
			testcase(program[i], stuck[i], "error", "did not end", "")
	testcase("run", "complete", reason ? "error" : "", reason, "")
	testcase("run", "kernel-log", complained ? "failure" : "",
		 "taint " taint + 0, log_text)
	print "</testsuite>" > junit
	exit 10 + verdict	# an awk that fails ends with 2
}
